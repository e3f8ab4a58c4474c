// The one use case that decides and stores orders, whichever transport brings them: a whole batch in one transaction.
// Telling the shoppers is left to push.ts and happens after the commit.
import type { OrderStages, OrderView, PlaceOrderBody } from '../contract/orders.ts';
import { lockCoupons, takeCoupons } from '../coupons/checkout.ts';
import type { HeldCoupon } from '../coupons/rules.ts';
import type { AuthorisePayments } from '../payments/authorise.ts';
import {
  type CommitWith,
  type Database,
  inTransaction,
  type Queryable,
} from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { decideAndPay, type HashedOrder, type OrderToPlace, viewOf } from './decide-and-pay.ts';
import type { OrderMetrics } from './metrics.ts';
import { isSameOrder, orderBodyHash } from './order-body.ts';
import { readOrdersOfAll } from './store.ts';
import { type BatchContext, isOrderIdTaken, lockBatch, type NewOrder, writingOf } from './store-batch.ts';

export type { OrderToPlace } from './decide-and-pay.ts';

/**
 * What became of an order. `resolved`: decided and stored; `stages` is null when that happened before (the same id came
 * again). `conflict`: nothing was placed, because the id stands for another order: another customer's, of which nothing is
 * told (`order-id-taken`), or one of their own with another body (`order-id-reused`).
 */
export type PlacedOrder =
  | { kind: 'resolved'; customerId: number; order: OrderView; stages: OrderStages | null }
  | { kind: 'conflict'; customerId: number; orderId: string; reason: ConflictReason };
export type ConflictReason = 'order-id-taken' | 'order-id-reused';

/**
 * Places a batch of orders in one transaction, in the order given; one result per order. An id that is stored already
 * (or stands earlier in the batch) is not placed again: its stored outcome comes back. Throws UnconfirmedCommitError when
 * the batch may have been stored; after any other error (what the database throws) nothing of it has happened.
 */
export type PlaceOrders = (batch: readonly OrderToPlace[]) => Promise<PlacedOrder[]>;

type Deps = { database: Database; clock: Clock; authorisePayments: AuthorisePayments; metrics: OrderMetrics };

// A transaction that loses a race for an order id begins anew and finds the winner's order; losing twice takes a third
// transaction with the same id and is not expected.
const MAX_ATTEMPTS = 3;

/** Makes the use case; see PlaceOrders. */
export function createPlaceOrders(deps: Deps): PlaceOrders {
  const { clock, metrics } = deps;
  return async (batch) => {
    if (batch.length === 0) return [];
    const startedMs = clock.monotonicMs();
    const hashed = batch.map(
      (toPlace): HashedOrder => ({ ...toPlace, bodyHash: orderBodyHash(toPlace.order) }),
    );
    const stored = await storeBatch(deps, hashed);
    const committedMs = clock.monotonicMs();
    metrics.batchCommitted(batch.length, committedMs - startedMs);
    return hashed.map(({ customerId, order, stages, bodyHash }): PlacedOrder => {
      const entry = stored.get(order.id);
      if (!entry) throw new Error(`order ${order.id} was neither stored nor found`);
      const reason = conflictOf(entry, customerId, order, bodyHash);
      if (reason !== null) {
        metrics.conflicted(reason);
        return { kind: 'conflict', customerId, orderId: order.id, reason };
      }
      if (!entry.isNew) return { kind: 'resolved', customerId, order: entry.view, stages: null };
      // A second copy of the id in the same batch is a repetition like any other.
      entry.isNew = false;
      metrics.resolved(entry.view.state, entry.view.rejectionReason);
      if (entry.view.couponId !== null && entry.view.state === 'confirmed') metrics.coupon('used');
      return {
        kind: 'resolved',
        customerId,
        order: entry.view,
        stages: { ...stages, startedMs, committedMs },
      };
    });
  };
}

type StoredOrder = { customerId: number; view: OrderView; bodyHash: string | null; isNew: boolean };

function conflictOf(
  stored: StoredOrder,
  customerId: number,
  order: PlaceOrderBody,
  bodyHash: string,
): ConflictReason | null {
  if (stored.customerId !== customerId) return 'order-id-taken';
  return isSameOrder(order, bodyHash, stored.view, stored.bodyHash) ? null : 'order-id-reused';
}

async function storeBatch(deps: Deps, batch: readonly HashedOrder[]) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(deps.database, (connection, commitWith) =>
        storeInTransaction(deps, connection, commitWith, batch),
      );
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isOrderIdTaken(error)) throw error;
    }
  }
}

async function storeInTransaction(
  { authorisePayments, clock }: Deps,
  connection: Queryable,
  commitWith: CommitWith,
  batch: readonly HashedOrder[],
): Promise<Map<string, StoredOrder>> {
  const context = await readContext(connection, batch);
  const stored = await readStored(connection, context.stored);
  const wanted = new Map<string, HashedOrder>();
  for (const toPlace of batch) {
    const { id } = toPlace.order;
    if (!stored.has(id) && !wanted.has(id)) wanted.set(id, toPlace);
  }
  const fresh = [...wanted.values()];
  if (fresh.length > 0) {
    const orders = await decideAndPay(fresh, context, authorisePayments, clock.now());
    await takeTheirCoupons(connection, orders);
    await commitWith(writingOf(orders));
    for (const order of orders) {
      const { customerId, bodyHash } = order;
      stored.set(order.id, { customerId, bodyHash, view: viewOf(order), isNew: true });
    }
  }
  return stored;
}

/** Locks what the batch needs; coupons only where there are any, by a statement that leaves together with the first. */
async function readContext(connection: Queryable, batch: readonly HashedOrder[]): Promise<BatchContext> {
  const couponsWanted = batch.flatMap(({ customerId, order: { couponId } }) =>
    couponId === undefined ? [] : [{ customerId, couponId }],
  );
  const [context, coupons] = await Promise.all([
    lockBatch(connection, {
      productIds: distinct(batch.flatMap(({ order }) => order.lines.map((line) => line.productId))),
      customerIds: distinct(batch.map(({ customerId }) => customerId)),
      orderIds: distinct(batch.map(({ order }) => order.id)),
    }),
    couponsWanted.length === 0 ? new Map<string, HeldCoupon>() : lockCoupons(connection, couponsWanted),
  ]);
  return { ...context, coupons };
}

/** Only what was confirmed: of a declined payment the coupon was never anybody's but its customer's. */
async function takeTheirCoupons(connection: Queryable, orders: readonly NewOrder[]): Promise<void> {
  const uses = orders.flatMap(({ id: orderId, state, couponId, placedAt: usedAt }) =>
    state === 'confirmed' && couponId !== null ? [{ couponId, orderId, usedAt }] : [],
  );
  if (uses.length > 0) await takeCoupons(connection, uses);
}

async function readStored(connection: Queryable, known: BatchContext['stored']) {
  const stored = new Map<string, StoredOrder>();
  if (known.size === 0) return stored;
  for (const view of await readOrdersOfAll(connection, [...known.keys()])) {
    const one = known.get(view.id);
    if (one !== undefined) stored.set(view.id, { ...one, view, isNew: false });
  }
  return stored;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
