// HTTP of the behaviour log for operators: what was done, newest first, and how much of it over time.
import {
  BehaviourHistogram,
  BehaviourPage,
  BehaviourQuery,
  HistogramQuery,
} from '../../contract/behaviour.ts';
import { bearerSecurity, type RequestHook, requireRole } from '../../customers/authentication.ts';
import type { HttpApp } from '../../platform/http/http.ts';
import { ProblemError, problemResponses } from '../../platform/http/problems.ts';
import type { Clock } from '../../platform/settings/clock.ts';
import type { LookUp } from './look-up.ts';

/** Adds GET /operator/behaviour/actions and /operator/behaviour/histogram. */
export function registerLookUpRoutes(
  app: HttpApp,
  deps: { lookUp: LookUp; clock: Clock; authenticate: RequestHook },
): void {
  const { lookUp, clock } = deps;
  const onRequest = [deps.authenticate, requireRole('operator')];
  const schema = { tags: ['operator'], security: bearerSecurity };

  app.get(
    '/operator/behaviour/actions',
    {
      onRequest,
      schema: {
        ...schema,
        querystring: BehaviourQuery,
        response: { 200: BehaviourPage, ...problemResponses },
      },
    },
    async ({ query }) => orRefuse(await lookUp.page(query)),
  );

  app.get(
    '/operator/behaviour/histogram',
    {
      onRequest,
      schema: {
        ...schema,
        querystring: HistogramQuery,
        response: { 200: BehaviourHistogram, ...problemResponses },
      },
    },
    async ({ query }) => orRefuse(await lookUp.histogram(query, clock.now())),
  );
}

function orRefuse<Answer extends object>(answer: Answer | string): Answer {
  if (typeof answer !== 'string') return answer;
  throw new ProblemError({ status: 400, code: 'invalid-request', detail: answer });
}
