// Sign-ups that the generator attempted, as the audit knows them.
import type { SignUpAttempt } from '../../../sim/adapters/our-shop/attempts.ts';
import { attemptTable, auditedKind } from '../rules/attempt-kind.ts';
import { signUpsHappenOnce } from './sign-ups-happen-once.ts';

const attempts = attemptTable({
  name: 'sign_ups',
  rowsOf: (attempt: SignUpAttempt) => [attempt],
  columns: {
    email: ['text NOT NULL', ({ email }) => email],
    name: ['text', ({ name }) => name],
    nickname: ['text', ({ nickname }) => nickname],
    gender: ['text', ({ gender }) => gender],
    birth_year: ['integer', ({ birthYear }) => birthYear],
    region: ['text', ({ region }) => region],
    marketing_consent: ['boolean', ({ marketingConsent }) => marketingConsent],
    answer: ['text NOT NULL', ({ answer }) => answer],
    http_status: ['integer', ({ httpStatus }) => httpStatus],
    customer_id: ['integer', ({ customerId }) => customerId],
  },
  indexed: [],
});

export const signUps = auditedKind<SignUpAttempt>('sign-up', {
  tables: [attempts],
  rules: [signUpsHappenOnce],
});
