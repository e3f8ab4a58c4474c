// HTTP of the recommendations: a customer's own lists, and what everybody looks at for whoever asks.
import Type from 'typebox';
import {
  RECOMMENDATION_KINDS,
  RecommendationPage,
  RecommendationQuery,
} from '../contract/recommendations.ts';
import { bearerSecurity, type RequestHook, sessionOf } from '../customers/authentication.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { problemResponses } from '../platform/http/problems.ts';
import type { ReadPage } from './lists-reading.ts';
import { EVERYBODY } from './store.ts';

const OWN_KINDS = RECOMMENDATION_KINDS.filter((kind) => kind !== 'trending');

/** Adds GET /recommendations/:kind. */
export function registerRecommendationRoutes(
  app: HttpApp,
  deps: { readPage: ReadPage; authenticate: RequestHook },
): void {
  const { readPage, authenticate } = deps;
  const answers = {
    querystring: RecommendationQuery,
    response: { 200: RecommendationPage, ...problemResponses },
  };
  app.get(
    '/recommendations/trending',
    { schema: { tags: ['recommendations'], ...answers } },
    async ({ query }) => readPage(EVERYBODY, 'trending', query.page ?? 0),
  );
  app.get(
    '/recommendations/:kind',
    {
      onRequest: authenticate,
      schema: {
        tags: ['recommendations'],
        security: bearerSecurity,
        params: Type.Object({ kind: Type.Enum([...OWN_KINDS]) }),
        ...answers,
      },
    },
    async (request) => readPage(sessionOf(request).customerId, request.params.kind, request.query.page ?? 0),
  );
}
