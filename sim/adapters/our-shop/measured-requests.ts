// Requests of people with their tokens: sent, measured, and repeated once with a fresh token when the shop says 401.
import type { BehaviourAnswer, BehaviourReport } from '../../../system/contract/behaviour.ts';
import type { SessionView, SignUpBody } from '../../../system/contract/customers.ts';
import type { Measures } from '../../engine/measuring/measures.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { HttpClient, HttpResult } from '../../engine/transport/http-client.ts';
import { type CatalogueRead, reportCatalogueRead } from './catalogue-reads.ts';
import { isSuccess, problemCode, reportRequest } from './request-verdict.ts';
import type { ShopRequest } from './requests-of.ts';
import { ROUTES } from './routes.ts';
import type { SessionsOfPeople } from './sessions-of-people.ts';

export type MeasuredRequests = {
  /** Sends with the person's token. `intendedMs` is the user's action: waiting for a fresh token counts from it, too. */
  send(personId: number, request: ShopRequest, intendedMs: number): Promise<HttpResult>;
  /** Signs in with what `request` says; an answer of success opened a session. */
  signIn(personId: number, request: ShopRequest, intendedMs: number): Promise<HttpResult>;
  /** Signs somebody up; an answer of success opened a session of the person that it names. */
  signUp(intendedMs: number, form: SignUpBody): Promise<HttpResult>;
  /**
   * Tells the shop what the person did. Measured by whoever tells it, not as a request: nobody waits in front of it. Null where no
   * answer came.
   */
  tell(personId: number, actions: readonly BehaviourReport[]): Promise<BehaviourAnswer | null>;
  /** Turns the person's refresh token into new tokens; true when the shop gave some. */
  renew(personId: number): Promise<boolean>;
};

export type RequestDeps = {
  timeline: Timeline;
  http: HttpClient;
  sessions: SessionsOfPeople;
  measures: Measures;
  httpDeadlineMs: number;
  /** Takes every product page and list that the shop answered; left out where nobody asks. */
  onRead?: ((read: CatalogueRead) => void) | undefined;
};

/** The requests of everybody, each with the token of its person. */
export function createMeasuredRequests(deps: RequestDeps): MeasuredRequests {
  const { http, measures, sessions, timeline, onRead, httpDeadlineMs: deadlineMs } = deps;

  function sendOnce(
    { route, path, body }: ShopRequest,
    intendedMs: number,
    accessToken: string | null,
  ): Promise<HttpResult> {
    measures.count('requestsSent');
    return http.send({ method: route.method, path, accessToken, body }).then((result) => {
      reportRequest(measures, { route, intendedMs, deadlineMs, result });
      reportCatalogueRead(measures, { route, path, intendedMs, result }, onRead);
      return result;
    });
  }

  const renew = (personId: number) =>
    sessions.refresh(personId, async (refreshToken) => {
      const request = { route: ROUTES.refresh, path: '/sessions/refresh', body: { refreshToken } };
      const result = await sendOnce(request, timeline.nowMs(), null);
      return result.kind === 'answer' && isSuccess(result) ? (result.json() as SessionView) : null;
    });

  async function post(personId: number, actions: readonly BehaviourReport[]): Promise<HttpResult> {
    const accessToken = sessions.accessTokenOf(personId);
    const result = await http.send({ method: 'POST', path: '/behaviour', accessToken, body: { actions } });
    if (result.kind === 'no-answer' && result.reason === 'starved') measures.starved(result.lacked);
    return result;
  }

  return {
    async send(personId, request, intendedMs) {
      const first = await sendOnce(request, intendedMs, sessions.accessTokenOf(personId));
      if (first.kind !== 'answer' || first.status !== 401 || !(await renew(personId))) return first;
      return sendOnce(request, intendedMs, sessions.accessTokenOf(personId));
    },
    async signIn(personId, request, intendedMs) {
      const result = await sendOnce(request, intendedMs, null);
      if (result.kind === 'answer' && isSuccess(result))
        sessions.keep(personId, result.json() as SessionView);
      return result;
    },
    async signUp(intendedMs, form) {
      const request = { route: ROUTES.signUp, path: '/customers', body: form };
      const result = await sendOnce(request, intendedMs, null);
      if (result.kind === 'answer' && isSuccess(result)) {
        const session = result.json() as SessionView;
        sessions.keep(session.customerId, session);
      }
      return result;
    },
    async tell(personId, actions) {
      const first = await post(personId, actions);
      if (first.kind !== 'answer' || first.status !== 401 || !(await renew(personId))) return told(first);
      return told(await post(personId, actions));
    },
    renew,
  };
}

/** The answer of POST /behaviour in the words of the socket; null where it may have been taken in without saying so. */
function told(result: HttpResult): BehaviourAnswer | null {
  if (result.kind === 'no-answer') return null;
  if (isSuccess(result)) return { kind: 'accepted', acceptedCount: 0 };
  const code = problemCode(result) ?? `HTTP ${result.status}`;
  const isFault = result.status >= 500 || result.status === 408;
  if (isFault && code !== 'temporarily-unavailable') return null;
  const seconds = Number(result.headers['retry-after'] ?? Number.NaN);
  return {
    kind: 'refused',
    code,
    detail: '',
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : null,
  };
}
