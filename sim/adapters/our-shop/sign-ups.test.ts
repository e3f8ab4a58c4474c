import { beforeEach, describe, expect, it } from 'vitest';
import type { SignUpBody } from '../../../system/contract/customers.ts';
import type { Measures } from '../../engine/measuring/measures.ts';
import { createVirtualTimeline } from '../../engine/timing/virtual-timeline.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import type { HttpRequest } from '../../engine/transport/request-text.ts';
import { describeNewcomers } from '../../history/rows/describe-person.ts';
import { planNewcomers } from '../../model/newcomers.ts';
import type { Attempt } from './attempts.ts';
import { createMeasuredRequests } from './measured-requests.ts';
import { createSessionsOfPeople } from './sessions-of-people.ts';
import { createSignUp } from './sign-ups.ts';

const growth = { model: 'bass', durationMs: 10_000, peopleCount: 1 } as const;
const [newcomer] = describeNewcomers(planNewcomers({ seed: 1, asOfMs: 0, growth }), 1);
const SESSION = { customerId: 31, accessToken: 'a', accessTokenExpiresInSeconds: 9, refreshToken: 'r' };

let samples: [metric: string, intendedMs: number, durationMs: number, isCensored: boolean][];
let counts: string[];
let attempts: Attempt[];
let sent: HttpRequest[];
beforeEach(() => {
  [samples, counts, attempts, sent] = [[], [], [], []];
});

const measures: Measures = {
  sample: (metric, intendedMs, durationMs) => void samples.push([metric, intendedMs, durationMs, false]),
  censored: (metric, intendedMs, durationMs) => void samples.push([metric, intendedMs, durationMs, true]),
  count: (counter) => void counts.push(counter),
  requestEnded: (_at, end) => void counts.push(end.ok ? 'ok' : end.failure),
  failed: () => undefined,
  starved: (code) => void counts.push(code),
};

/** Signs the newcomer up, who meant to at 1,000, at a shop that answers `result`; sent at 1,010, ended at 1,200. */
async function signUp(result: { status: number; body?: unknown } | 'timeout') {
  const sessions = createSessionsOfPeople(() => 'none');
  const answer: HttpResult =
    result === 'timeout'
      ? { kind: 'no-answer', reason: 'timeout', sentMs: 1_010, endedMs: 1_200 }
      : {
          kind: 'answer',
          status: result.status,
          headers: {},
          json: () => result.body,
          sentMs: 1_010,
          answeredMs: 1_200,
        };
  const http = {
    async send(request: HttpRequest) {
      sent.push(request);
      return answer;
    },
    cutOff: () => undefined,
    close: async () => undefined,
  };
  const asking = { timeline: createVirtualTimeline(), http, sessions, measures, httpDeadlineMs: 5_000 };
  const customerId = await createSignUp({
    measures,
    requests: createMeasuredRequests(asking),
    httpDeadlineMs: 5_000,
    password: 'correct horse',
    attemptedAt: (intendedMs) => ({ attemptedAtMs: intendedMs - 900, phase: 'measure' }),
    onAttempt: (attempt) => void attempts.push(attempt),
  })(newcomer!, 1_000);
  return { customerId, sessions };
}

const ofMetric = (metric: string) => samples.filter(([name]) => name === metric);

describe('a sign-up', () => {
  it('sends the form of the contract and keeps the session that it opened', async () => {
    const { customerId, sessions } = await signUp({ status: 201, body: SESSION });
    expect(customerId).toBe(31);
    expect(sessions.accessTokenOf(31)).toBe('a');
    const { email, name, nickname, person } = newcomer!;
    const { gender, birthYear, region, marketingConsent } = person;
    const form: Omit<SignUpBody, 'password'> = {
      email,
      name,
      nickname,
      gender,
      birthYear,
      region,
      marketingConsent,
    };
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/customers',
        accessToken: null,
        body: { ...form, password: 'correct horse' },
      },
    ]);
    expect(attempts).toEqual([
      { kind: 'sign-up', ...form, attemptedAtMs: 100, answer: 'accepted', httpStatus: 201, customerId: 31 },
    ]);
  });

  it('is measured from the moment it was meant for to the confirmed account, as a request and by itself', async () => {
    await signUp({ status: 201, body: SESSION });
    expect(ofMetric('signUp.confirmed')).toEqual([['signUp.confirmed', 1_000, 200, false]]);
    expect(ofMetric('http.response/POST /customers')[0]?.slice(1)).toEqual([1_000, 200, false]);
    expect(ofMetric('http.service/POST /customers')[0]?.slice(1)).toEqual([1_000, 190, false]);
    expect(counts).toEqual(['signUpsAttempted', 'requestsSent', 'ok', 'signUpsConfirmed']);
  });

  it.each([
    ['refused', { status: 409, body: { code: 'email-taken' } }, 409],
    ['unknown', { status: 503, body: { code: 'temporarily-unavailable' } }, 503],
    ['unknown', 'timeout', null],
  ] as const)('that ends %s gives nobody and counts at its deadline', async (answer, result, httpStatus) => {
    const { customerId } = await signUp(result);
    expect(customerId).toBeNull();
    expect(attempts[0]).toMatchObject({ answer, httpStatus, customerId: null });
    expect(ofMetric('signUp.confirmed')).toEqual([['signUp.confirmed', 1_000, 5_000, true]]);
    expect(counts.at(-1)).toBe('signUpsFailed');
  });
});
