import { expect, it } from 'vitest';
import type { SignUpAttempt } from '../../sim/adapters/our-shop/attempts.ts';
import { describeNewcomers } from '../../sim/history/rows/describe-person.ts';
import { planNewcomers } from '../../sim/model/newcomers.ts';
import type { RecordedAttempt } from '../cell/recorded-attempt.ts';
import { withForms, withoutForms } from './sent-attempts.ts';

const growth = { model: 'bass', durationMs: 10_000, peopleCount: 5 } as const;
const newcomers = describeNewcomers(planNewcomers({ seed: 1, asOfMs: 0, growth }), 1);

it('sends which newcomer signed up and nothing that they filled in, and the rehearsal has the form again', () => {
  const attempts: RecordedAttempt[] = newcomers.map(({ email, name, nickname, person }): SignUpAttempt => {
    const { gender, birthYear, region, marketingConsent } = person;
    const form = { email, name, nickname, gender, birthYear, region, marketingConsent };
    return { kind: 'sign-up', ...form, attemptedAtMs: 1, answer: 'accepted', httpStatus: 201, customerId: 9 };
  });
  const sent = withoutForms(attempts, newcomers);
  const text = JSON.stringify(sent);
  for (const { email, name, nickname } of newcomers)
    for (const secret of [email, name, nickname]) expect(text).not.toContain(secret);
  expect(withForms(JSON.parse(text), newcomers)).toEqual(attempts);
});

it('refuses a sign-up of nobody in the plan', () => {
  expect(() => withForms([{ kind: 'sign-up', newcomer: 99 } as never], newcomers)).toThrow('newcomer 99');
});
