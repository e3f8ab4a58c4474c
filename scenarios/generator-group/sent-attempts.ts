// Attempts as they go over the brokers: of a sign-up not the form that somebody filled in, but which newcomer of the plan it was, for the
// rehearsal has that plan and puts the form in again.
import type { SignUpAttempt } from '../../sim/adapters/our-shop/attempts.ts';
import type { Newcomer } from '../../sim/model/newcomers.ts';
import type { RecordedAttempt } from '../cell/recorded-attempt.ts';

type SignUpForm = Pick<
  SignUpAttempt,
  'email' | 'name' | 'nickname' | 'gender' | 'birthYear' | 'region' | 'marketingConsent'
>;
type SentSignUp = Omit<SignUpAttempt, keyof SignUpForm> & { newcomer: number };
export type SentAttempt = Exclude<RecordedAttempt, { kind: 'sign-up' }> | SentSignUp;

/** Takes the forms out. @throws Error for a sign-up of somebody whom the plan does not have */
export function withoutForms(
  attempts: readonly RecordedAttempt[],
  newcomers: readonly Newcomer[],
): SentAttempt[] {
  const indexOf = new Map(newcomers.map(({ email, index }) => [email, index]));
  return attempts.map((attempt) => {
    if (attempt.kind !== 'sign-up') return attempt;
    const newcomer = indexOf.get(attempt.email);
    if (newcomer === undefined)
      throw new Error('A sign-up was attempted of somebody who is none of the plan’s newcomers.');
    const { kind, attemptedAtMs, answer, httpStatus, customerId } = attempt;
    return { kind, attemptedAtMs, answer, httpStatus, customerId, newcomer };
  });
}

/** Puts them in again. @throws Error for a newcomer whom the plan does not have */
export function withForms(
  attempts: readonly SentAttempt[],
  newcomers: readonly Newcomer[],
): RecordedAttempt[] {
  const byIndex = new Map(newcomers.map((newcomer) => [newcomer.index, newcomer]));
  return attempts.map((attempt) => {
    if (attempt.kind !== 'sign-up') return attempt;
    const { newcomer: index, ...known } = attempt;
    const newcomer = byIndex.get(index);
    if (newcomer === undefined)
      throw new Error(`A sign-up was told of newcomer ${index}; the plan has ${newcomers.length}.`);
    return { ...known, ...formOf(newcomer) };
  });
}

function formOf({ email, name, nickname, person }: Newcomer): SignUpForm {
  const { gender, birthYear, region, marketingConsent } = person;
  return { email, name, nickname, gender, birthYear, region, marketingConsent };
}
