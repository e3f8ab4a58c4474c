// Cancelling an order: its stock goes back to the shelf, its payment and its coupon back to the customer, in one transaction.
import type { ProductsChanged } from '../cache/invalidation.ts';
import type { OrderState, OrderView } from '../contract/orders.ts';
import { giveBackCoupon } from '../coupons/checkout.ts';
import { type Database, inTransaction } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { mayBecome } from './rules.ts';
import { lockOrder, readOrders, writeCancellation } from './store.ts';

export type Cancellation =
  | { kind: 'cancelled'; order: OrderView }
  | { kind: 'not-found' }
  | { kind: 'forbidden'; state: OrderState };

/** Cancels one customer's own order, where its state allows it. */
export type CancelOrder = (customerId: number, orderId: string) => Promise<Cancellation>;

/** Makes the use case; see CancelOrder. */
export function createCancelOrder({
  database,
  clock,
  productsChanged = () => undefined,
  couponGivenBack = () => undefined,
}: {
  database: Database;
  clock: Clock;
  productsChanged?: ProductsChanged;
  /** Called after the commit. */
  couponGivenBack?: (couponId: string) => void;
}): CancelOrder {
  return async (customerId, orderId) => {
    const cancellation = await inTransaction(database, async (connection): Promise<Cancellation> => {
      const locked = await lockOrder(connection, customerId, orderId);
      if (!locked) return { kind: 'not-found' };
      const { state, couponId } = locked;
      if (!mayBecome(state, 'cancelled')) return { kind: 'forbidden', state };
      await writeCancellation(connection, orderId, 'cancelled', clock.now());
      // After the products, as placing locks them.
      if (couponId !== null) await giveBackCoupon(connection, { couponId, orderId });
      const [order] = await readOrders(connection, customerId, [orderId]);
      if (!order) throw new Error(`order ${orderId} is gone after its cancellation`);
      return { kind: 'cancelled', order };
    });
    if (cancellation.kind === 'cancelled') {
      productsChanged(cancellation.order.lines.map(({ productId }) => productId));
      if (cancellation.order.couponId !== null) couponGivenBack(cancellation.order.couponId);
    }
    return cancellation;
  };
}
