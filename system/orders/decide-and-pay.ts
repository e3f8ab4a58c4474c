// From wishes to decided orders: the rules first, then the payments of what they let through.
import type { OrderStages, OrderView, PlaceOrderBody } from '../contract/orders.ts';
import type { AuthorisePayments } from '../payments/authorise.ts';
import { decideOrders, type OrderDecision, type OrderWish, passThrough } from './rules.ts';
import type { BatchContext, NewOrder } from './store-batch.ts';

/** An order on its way to the decision; `stages` says when it passed the stages before. */
export type OrderToPlace = {
  customerId: number;
  placedAt: Date;
  order: PlaceOrderBody;
  stages: Pick<OrderStages, 'receivedMs' | 'publishedMs' | 'consumedMs'>;
};

/** With the hash of its body, by which a repetition is known. */
export type HashedOrder = OrderToPlace & { bodyHash: string };

// A declined payment gives its stock and its coupon back only with the commit: the orders behind it in the batch were decided
// while they were set aside.
export async function decideAndPay(
  batch: readonly HashedOrder[],
  context: BatchContext,
  authorisePayments: AuthorisePayments,
  resolvedAt: Date,
): Promise<NewOrder[]> {
  const wishes = batch.map(
    ({ customerId, placedAt, order }): OrderWish => ({ ...order, customerId, placedAt }),
  );
  const decisions = decideOrders(wishes, context);
  const orders = batch.map((toPlace, index): NewOrder => {
    const decision = decisions[index] as OrderDecision;
    return newOrder(toPlace, decision, resolvedAt);
  });
  const reserved = orders.filter((order) => order.state === 'reserved');
  const payments = await authorisePayments(
    reserved.map(({ id, customerId, paymentMethod, totalKrw }) => ({
      orderId: id,
      customerId,
      method: paymentMethod,
      amountKrw: totalKrw,
    })),
  );
  if (payments.length !== reserved.length)
    throw new Error(`${reserved.length} payments were asked for, ${payments.length} answered`);
  for (const [index, order] of reserved.entries()) settle(order, payments[index]?.kind === 'approved');
  return orders;
}

function newOrder(
  { customerId, placedAt, order, bodyHash }: HashedOrder,
  decision: OrderDecision,
  resolvedAt: Date,
): NewOrder {
  return {
    id: order.id,
    customerId,
    state: decision.state,
    rejectionReason: decision.state === 'rejected' ? decision.rejectionReason : null,
    paymentMethod: order.paymentMethod,
    totalKrw: decision.totalKrw,
    placedAt,
    resolvedAt,
    lines: decision.lines,
    adjustments: decision.adjustments,
    couponId: order.couponId ?? null,
    tenders: [],
    bodyHash,
  };
}

function settle(order: NewOrder, approved: boolean): void {
  if (approved) order.state = passThrough(order.state, 'approved', 'confirmed');
  else {
    order.state = passThrough(order.state, 'rejected');
    order.rejectionReason = 'payment-declined';
  }
  const state = approved ? 'approved' : 'declined';
  order.tenders.push({ method: order.paymentMethod, amountKrw: order.totalKrw, state });
}

/** A decided order as its customer sees it. */
export function viewOf(order: NewOrder): OrderView {
  const { customerId: _, tenders: __, bodyHash: ___, placedAt, resolvedAt, ...rest } = order;
  return { ...rest, placedAt: placedAt.toISOString(), resolvedAt: resolvedAt.toISOString() };
}
