// Requests of one person with their token: sent, measured, and repeated once with a fresh token when the shop says 401.
import type { SessionView } from '../../system/contract/customers.ts';
import type { HttpClient, HttpResult } from './http-client.ts';
import type { Measures } from './measures.ts';
import { isSuccess, reportRequest } from './request-verdict.ts';
import { ROUTES, type Route } from './routes.ts';
import type { SessionsOfPeople } from './sessions-of-people.ts';
import type { Timeline } from './timeline.ts';

export type MeasuredRequests = {
  /** Sends with the person's token. `intendedMs` is the user's action: waiting for a fresh token counts from it, too. */
  send(route: Route, path: string, intendedMs: number, body?: unknown): Promise<HttpResult>;
  /** Signs in by password; true when the shop opened a session. */
  signIn(intendedMs: number, credentials: { email: string; password: string }): Promise<HttpResult>;
  /** Turns the person's refresh token into new tokens. */
  renew(): Promise<boolean>;
};

export type RequestDeps = {
  timeline: Timeline;
  http: HttpClient;
  sessions: SessionsOfPeople;
  measures: Measures;
  httpDeadlineMs: number;
};

/** The requests of one person. */
export function createMeasuredRequests(deps: RequestDeps, personId: number): MeasuredRequests {
  const { http, measures, sessions, timeline } = deps;

  async function sendOnce(
    route: Route,
    path: string,
    options: { intendedMs: number; accessToken: string | null; body?: unknown },
  ): Promise<HttpResult> {
    const { intendedMs, accessToken, body } = options;
    measures.count('requestsSent');
    const result = await http.send({ method: route.method, path, accessToken, body });
    reportRequest(measures, { route, intendedMs, deadlineMs: deps.httpDeadlineMs, result });
    return result;
  }

  const renew = () =>
    sessions.refresh(personId, async (refreshToken) => {
      const options = { intendedMs: timeline.nowMs(), accessToken: null, body: { refreshToken } };
      const result = await sendOnce(ROUTES.refresh, '/sessions/refresh', options);
      return result.kind === 'answer' && isSuccess(result) ? (result.json() as SessionView) : null;
    });

  return {
    async send(route, path, intendedMs, body) {
      const accessToken = sessions.accessTokenOf(personId);
      const first = await sendOnce(route, path, { intendedMs, accessToken, body });
      if (first.kind !== 'answer' || first.status !== 401 || !(await renew())) return first;
      return sendOnce(route, path, { intendedMs, accessToken: sessions.accessTokenOf(personId), body });
    },
    async signIn(intendedMs, credentials) {
      const options = { intendedMs, accessToken: null, body: credentials };
      const result = await sendOnce(ROUTES.signIn, '/sessions', options);
      if (result.kind === 'answer' && isSuccess(result))
        sessions.keep(personId, result.json() as SessionView);
      return result;
    },
    renew,
  };
}
