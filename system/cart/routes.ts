// HTTP of the cart. Whose cart it is comes from the session alone, so nobody can name somebody else's.
import Type from 'typebox';
import { CartItemBody, CartView, MAX_CART_LINES, QuoteCartBody } from '../contract/cart.ts';
import { Id } from '../contract/common.ts';
import { repeatedProduct } from '../contract/orders.ts';
import type { CountPeople } from '../counters/count-people.ts';
import { bearerSecurity, type RequestHook, sessionOf } from '../customers/authentication.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { notFound, ProblemError, problemResponses } from '../platform/http/problems.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { cartView } from './rules.ts';
import { createCartStore } from './store.ts';

const ItemParams = Type.Object({ productId: Id }, { additionalProperties: false });

/** Adds GET and DELETE /cart, PUT and DELETE /cart/items/:productId, and POST /cart/quotes, which is everybody's. */
export function registerCartRoutes(
  app: HttpApp,
  deps: {
    database: Database;
    clock: Clock;
    countPeople: Pick<CountPeople, 'putInCart' | 'tookOutOfCart'>;
    authenticate: RequestHook;
  },
): void {
  const store = createCartStore(deps.database);
  const { countPeople } = deps;
  const onRequest = deps.authenticate;
  const schema = { tags: ['cart'], security: bearerSecurity };
  const emptyResponse = { response: { 204: Type.Null(), ...problemResponses } };

  app.get(
    '/cart',
    { onRequest, schema: { ...schema, response: { 200: CartView, ...problemResponses } } },
    async (request) => cartView(await store.lines(sessionOf(request).customerId)),
  );

  app.post(
    '/cart/quotes',
    { schema: { tags: ['cart'], body: QuoteCartBody, response: { 200: CartView, ...problemResponses } } },
    async ({ body }) => {
      const repeated = repeatedProduct(body.lines);
      if (repeated !== undefined)
        throw new ProblemError({
          status: 400,
          code: 'invalid-request',
          detail: `body.lines has product ${repeated} twice; each product stands in one line only.`,
        });
      return cartView(await store.quote(body.lines));
    },
  );

  app.put(
    '/cart/items/:productId',
    { onRequest, schema: { ...schema, ...emptyResponse, params: ItemParams, body: CartItemBody } },
    async (request, reply) => {
      const { productId } = request.params;
      const { customerId } = sessionOf(request);
      const outcome = await store.setLine({
        customerId,
        productId,
        quantity: request.body.quantity,
        at: deps.clock.now(),
      });
      if (outcome === 'unknown-product') throw notFound(`product ${productId}`);
      if (outcome === 'cart-full') {
        throw new ProblemError({
          status: 409,
          code: 'cart-full',
          detail: `A cart holds at most ${MAX_CART_LINES} different products.`,
        });
      }
      countPeople.putInCart(customerId, productId);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/cart/items/:productId',
    { onRequest, schema: { ...schema, ...emptyResponse, params: ItemParams } },
    async (request, reply) => {
      const { customerId } = sessionOf(request);
      const { productId } = request.params;
      await store.removeLine(customerId, productId);
      countPeople.tookOutOfCart(customerId, [productId]);
      return reply.code(204).send(null);
    },
  );

  app.delete('/cart', { onRequest, schema: { ...schema, ...emptyResponse } }, async (request, reply) => {
    const { customerId } = sessionOf(request);
    countPeople.tookOutOfCart(customerId, await store.clear(customerId));
    return reply.code(204).send(null);
  });
}
