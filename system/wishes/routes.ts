// HTTP of the wish list. Whose list it is comes from the session alone, so nobody can name somebody else's.
import Type from 'typebox';
import { Id } from '../contract/common.ts';
import { MAX_WISHES, WishList } from '../contract/wishes.ts';
import { bearerSecurity, type RequestHook, sessionOf } from '../customers/authentication.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { notFound, ProblemError, problemResponses } from '../platform/http/problems.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { addWish, listWishes, removeWish } from './store.ts';

const WishParams = Type.Object({ productId: Id }, { additionalProperties: false });

/** Adds GET /wishes, PUT and DELETE /wishes/:productId. */
export function registerWishRoutes(
  app: HttpApp,
  deps: { database: Database; clock: Clock; authenticate: RequestHook },
): void {
  const { database, clock } = deps;
  const onRequest = deps.authenticate;
  const schema = { tags: ['wishes'], security: bearerSecurity };
  const onProduct = { ...schema, params: WishParams, response: { 204: Type.Null(), ...problemResponses } };

  app.get(
    '/wishes',
    { onRequest, schema: { ...schema, response: { 200: WishList, ...problemResponses } } },
    async (request) => ({ items: await listWishes(database, sessionOf(request).customerId) }),
  );

  app.put('/wishes/:productId', { onRequest, schema: onProduct }, async (request, reply) => {
    const { productId } = request.params;
    const { customerId } = sessionOf(request);
    const outcome = await addWish(database, { customerId, productId, at: clock.now() });
    if (outcome === 'unknown-product') throw notFound(`product ${productId}`);
    if (outcome === 'wishes-full')
      throw new ProblemError({
        status: 409,
        code: 'wishes-full',
        detail: `A wish list holds at most ${MAX_WISHES} products.`,
      });
    return reply.code(204).send(null);
  });

  app.delete('/wishes/:productId', { onRequest, schema: onProduct }, async (request, reply) => {
    await removeWish(database, sessionOf(request).customerId, request.params.productId);
    return reply.code(204).send(null);
  });
}
