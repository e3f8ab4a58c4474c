// HTTP of the orders. Whose orders they are comes from the session alone; another's order is as good as none.
import Type from 'typebox';
import { Uuid } from '../../contract/common.ts';
import {
  OrderAccepted,
  OrderDetails,
  OrderList,
  OrderListQuery,
  OrderView,
  PlaceOrderBody,
  repeatedProduct,
} from '../../contract/orders.ts';
import { bearerSecurity, type RequestHook, sessionOf } from '../../customers/authentication.ts';
import type { HttpApp } from '../../platform/http/http.ts';
import { notFound, ProblemError, problemResponses } from '../../platform/http/problems.ts';
import { readPage } from '../../platform/http/read-page.ts';
import type { Database } from '../../platform/postgres/postgres.ts';
import { isEnvironmentFault } from '../../platform/postgres/statement-faults.ts';
import { isRedisOutage } from '../../platform/redis/redis.ts';
import type { Clock } from '../../platform/settings/clock.ts';
import type { CancelOrder } from '../cancel-order.ts';
import type { ConflictReason, PlacedOrder } from '../place-orders.ts';
import { listOrders, readOrder } from '../store.ts';
import type { SubmitOrder } from '../transports/submit-order.ts';

const OrderParams = Type.Object({ id: Uuid }, { additionalProperties: false });

export type OrderRouteDeps = {
  database: Database;
  clock: Clock;
  authenticate: RequestHook;
  submitOrder: SubmitOrder;
  cancelOrder: CancelOrder;
};

/** Adds POST and GET /orders, GET /orders/:id and POST /orders/:id/cancel. */
export function registerOrderRoutes(app: HttpApp, deps: OrderRouteDeps): void {
  addPlacing(app, deps);
  addReading(app, deps);
  addCancelling(app, deps);
}

const schema = { tags: ['orders'], security: bearerSecurity };

function addPlacing(app: HttpApp, { authenticate, clock, submitOrder }: OrderRouteDeps): void {
  const response = { 201: OrderView, 202: OrderAccepted, ...problemResponses };
  app.post(
    '/orders',
    { onRequest: orRefuse(authenticate), schema: { ...schema, body: PlaceOrderBody, response } },
    async (request, reply) => {
      const receivedMs = clock.monotonicMs() - reply.elapsedTime;
      const order = request.body;
      refuseRepeatedProduct(order);
      const submission = await submitOrder({
        customerId: sessionOf(request).customerId,
        placedAt: clock.now(),
        order,
        stages: { receivedMs, publishedMs: null, consumedMs: null },
      });
      switch (submission.kind) {
        case 'resolved':
          return reply.code(201).send(ownOrder(submission.placed));
        case 'accepted':
          return reply.code(202).send({ id: order.id, state: 'accepted' });
        case 'refused':
          throw orderNotPlaced();
        case 'reused':
          throw idConflict('order-id-reused');
        case 'unknown':
          throw outcomeUnknown();
      }
    },
  );
}

function addReading(app: HttpApp, { authenticate, database }: OrderRouteDeps): void {
  app.get(
    '/orders',
    {
      onRequest: authenticate,
      schema: { ...schema, querystring: OrderListQuery, response: { 200: OrderList, ...problemResponses } },
    },
    async (request) => {
      const { customerId } = sessionOf(request);
      return readPage(request.query, (rows) => listOrders(database, customerId, rows));
    },
  );
  app.get(
    '/orders/:id',
    {
      onRequest: authenticate,
      schema: { ...schema, params: OrderParams, response: { 200: OrderDetails, ...problemResponses } },
    },
    async (request) => {
      const { id } = request.params;
      const order = await readOrder(database, sessionOf(request).customerId, id);
      if (order === null) throw notFound(`order ${id}`);
      return order;
    },
  );
}

function addCancelling(app: HttpApp, { authenticate, cancelOrder }: OrderRouteDeps): void {
  app.post(
    '/orders/:id/cancel',
    {
      onRequest: authenticate,
      schema: { ...schema, params: OrderParams, response: { 200: OrderView, ...problemResponses } },
    },
    async (request) => {
      const { id } = request.params;
      const cancellation = await cancelOrder(sessionOf(request).customerId, id);
      switch (cancellation.kind) {
        case 'cancelled':
          return cancellation.order;
        case 'not-found':
          throw notFound(`order ${id}`);
        case 'forbidden':
          throw new ProblemError({
            status: 409,
            code: 'order-not-cancellable',
            detail: `An order that is ${cancellation.state} cannot be cancelled.`,
          });
      }
    },
  );
}

function refuseRepeatedProduct(order: PlaceOrderBody): void {
  const repeated = repeatedProduct(order.lines);
  if (repeated === undefined) return;
  const detail = `body.lines: product ${repeated} stands in more than one line`;
  throw new ProblemError({ status: 400, code: 'invalid-request', detail });
}

function ownOrder(placed: PlacedOrder): OrderView {
  if (placed.kind === 'resolved') return placed.order;
  throw idConflict(placed.reason);
}

const CONFLICT_DETAILS: Record<ConflictReason, string> = {
  'order-id-taken': 'This order id cannot be used. Make a new one.',
  'order-id-reused':
    'This id stands for another order of yours, which stays as it is. Make a new id for a new order.',
};

function idConflict(code: ConflictReason): ProblemError {
  return new ProblemError({ status: 409, code, detail: CONFLICT_DETAILS[code] });
}

/** A service that is away before the order was looked at leaves no doubt whether it was placed. */
function orRefuse(authenticate: RequestHook): RequestHook {
  return async (request) => {
    try {
      await authenticate(request);
    } catch (error) {
      if (!isRedisOutage(error) && !isEnvironmentFault(error)) throw error;
      request.log.warn({ err: error }, 'nobody can be recognised, so no order is taken in');
      throw orderNotPlaced();
    }
  };
}

const RETRY_AFTER = { 'retry-after': '2' };

function orderNotPlaced(): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'order-not-placed',
    detail:
      'The order was not placed: too many orders are waiting, or a service that the shop needs is away.',
    headers: RETRY_AFTER,
  });
}

function outcomeUnknown(): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'outcome-unknown',
    detail: 'The order may have been placed or not. Send it again with the same id, or wait for its outcome.',
    headers: RETRY_AFTER,
  });
}
