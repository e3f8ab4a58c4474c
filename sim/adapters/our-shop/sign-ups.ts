// How a newcomer becomes a customer: the sign-up form as one measured request, and what the shop made of it. The session
// that a sign-up opens is kept for the visit that follows.
import type { SessionView, SignUpBody } from '../../../system/contract/customers.ts';
import { atLeastMsOf, endedMsOf } from '../../engine/measuring/request-report.ts';
import type { SignUp } from '../../engine/shop-adapter.ts';
import type { Newcomer } from '../../model/newcomers.ts';
import type { OurShopHooks, SignUpAttempt } from './attempts.ts';
import type { MeasuredRequests } from './measured-requests.ts';
import { answerOf, isSuccess } from './request-verdict.ts';

/** From the moment a newcomer means to send the form to the answer that confirms the account. */
const CONFIRMED = 'signUp.confirmed';

export type SignUpDeps = OurShopHooks & {
  requests: MeasuredRequests;
  httpDeadlineMs: number;
  password: string;
};

/**
 * Signs people up at the shop of system/contract. A newcomer sends the form once: who gets no account goes away, and
 * counts in `signUp.confirmed` as "at least the deadline"; whose form the end of the run cut off, as "at least so long".
 */
export function createSignUp(deps: SignUpDeps): SignUp {
  const { measures, requests, httpDeadlineMs } = deps;

  return async (newcomer, intendedMs) => {
    measures.count('signUpsAttempted');
    const form = formOf(newcomer);
    const result = await requests.signUp(intendedMs, { ...form, password: deps.password });
    const customerId =
      isSuccess(result) && result.kind === 'answer' ? (result.json() as SessionView).customerId : null;
    const isStarved = result.kind === 'no-answer' && result.reason === 'starved';
    if (customerId !== null) measures.sample(CONFIRMED, intendedMs, endedMsOf(result) - intendedMs);
    else if (!isStarved)
      measures.censored(CONFIRMED, intendedMs, atLeastMsOf(result, intendedMs, httpDeadlineMs));
    measures.count(customerId === null ? 'signUpsFailed' : 'signUpsConfirmed');
    const attempt: SignUpAttempt = {
      kind: 'sign-up',
      ...form,
      attemptedAtMs: deps.attemptedAt(intendedMs).attemptedAtMs,
      answer: answerOf(result),
      httpStatus: result.kind === 'answer' ? result.status : null,
      customerId,
    };
    deps.onAttempt(attempt);
    return customerId;
  };
}

function formOf({ email, name, nickname, person }: Newcomer): Omit<SignUpBody, 'password'> {
  const { gender, birthYear, region, marketingConsent } = person;
  return { email, name, nickname, gender, birthYear, region, marketingConsent };
}
