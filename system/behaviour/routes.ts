// HTTP of the behaviour log for shoppers. Whose actions they are comes from the session alone; a name in the body is refused.
import { BehaviourAccepted, BehaviourBatch } from '../contract/behaviour.ts';
import { bearerSecurity, type RequestHook, sessionOf } from '../customers/authentication.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { ProblemError, problemResponses } from '../platform/http/problems.ts';
import type { Intake } from './intake.ts';

const STATUS_OF: Record<string, number> = {
  'invalid-request': 400,
  'too-many-requests': 429,
  'temporarily-unavailable': 503,
};

/** Adds POST /behaviour. */
export function registerBehaviourRoutes(
  app: HttpApp,
  deps: { intake: Intake; authenticate: RequestHook },
): void {
  app.post(
    '/behaviour',
    {
      onRequest: deps.authenticate,
      schema: {
        tags: ['behaviour'],
        security: bearerSecurity,
        body: BehaviourBatch,
        response: { 202: BehaviourAccepted, ...problemResponses },
      },
    },
    async (request, reply) => {
      const answer = await deps.intake.take(sessionOf(request).customerId, request.body.actions);
      if (answer.kind === 'accepted') return reply.code(202).send({ acceptedCount: answer.acceptedCount });
      const { code, detail, retryAfterMs } = answer;
      throw new ProblemError({
        status: STATUS_OF[code] ?? 503,
        code,
        detail,
        ...(retryAfterMs !== null && {
          headers: { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) },
        }),
      });
    },
  );
}
