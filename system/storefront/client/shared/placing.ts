// Sending an order, and finding out what became of it where the answer leaves that open; the same for cancelling.
import type { SentOrder } from './open-orders.ts';
import { certaintyAfter, NotDone, ShopProblem } from './request.ts';
import type { Shop } from './view.ts';

/**
 * Sends an order, for the first time or again, and leads to its page. Where it stays open whether it was placed, the
 * order's page says so and can send it again. Throws when it was surely not placed.
 */
export async function placeOrder(shop: Shop, order: SentOrder): Promise<void> {
  const { session, openOrders, live, go, refreshHeader } = shop;
  const customerId = session.customerId();
  const sentFrom = location.hash;
  // Sent before, by this tab or another: should the shop not take it now, the earlier one may still arrive.
  const wasOpen = openOrders.find(order.id) !== null;
  // Before the request, because the outcome may be here before its answer, and the answer may never be.
  openOrders.send(order);
  live.waitFor(order.id);
  const failure = await send(shop, order);
  if (session.customerId() !== customerId) return;
  if (failure !== null && live.heard(order.id) === null && certaintyAfter(failure) !== 'unknown') {
    const isRefused = certaintyAfter(failure) === 'refused';
    if (isRefused) openOrders.settle(order.id);
    else if (!wasOpen) openOrders.takeBack(order.id);
    if (isRefused || !wasOpen) live.forget(order.id);
    if (!isRefused) throw notNow(failure, wasOpen);
    if (!(await isStored(shop, order.id))) throw failure;
  }
  await refreshHeader();
  const address = `/orders/${order.id}`;
  if (location.hash === sentFrom) go(address);
  else if (openOrders.find(order.id)?.state === 'unknown') {
    const text = 'It is not known yet whether your order was placed.';
    shop.notify(text, { address, text: 'See the order' }, 'until-closed');
  }
}

/** How it is told that the shop did not take an order now. Whoever is not signed in any more is told by the sign-in. */
function notNow(failure: unknown, wasOpen: boolean): unknown {
  if (failure instanceof ShopProblem && failure.status === 401) return failure;
  if (wasOpen) {
    return new NotDone(
      'The shop cannot take it now. Whether it came in before is still not known; try again in a moment.',
    );
  }
  const isInOwnWords = failure instanceof ShopProblem && failure.code === 'order-not-placed';
  return isInOwnWords
    ? failure
    : new NotDone('The order was not placed: the shop cannot take it now. Try again in a moment.');
}

/** @returns null when the shop has taken the order in, else what came instead. */
async function send({ api, openOrders, live }: Shop, order: SentOrder): Promise<unknown> {
  try {
    const answer = await api.placeOrder(order);
    if (answer.state === 'accepted') openOrders.accept(order.id);
    else {
      // The answer is the outcome; a push of the same is no news.
      openOrders.settle(order.id);
      live.forget(order.id);
    }
    return null;
  } catch (error) {
    return error;
  }
}

/** A conflict may be with an order of one's own: the same id was sent from another tab, e.g. with another payment. */
async function isStored({ api }: Shop, orderId: string): Promise<boolean> {
  return api.order(orderId).then(
    () => true,
    () => false,
  );
}

/**
 * Cancels an order and shows the page anew. An order that was cancelled already, perhaps by a request whose answer got
 * lost, is cancelled as wanted. Throws when it was surely not cancelled.
 */
export async function cancelOrder({ api, refresh, notify }: Shop, orderId: string): Promise<void> {
  const failure = await api.cancelOrder(orderId).then(
    () => null,
    (error: unknown) => error,
  );
  if (failure !== null) {
    const isDone = failure instanceof ShopProblem && failure.code === 'order-not-cancellable';
    if (certaintyAfter(failure) !== 'unknown' && !isDone) throw failure;
    const now = await api.order(orderId).catch(() => null);
    if (now?.state !== 'cancelled') {
      await refresh();
      if (isDone) throw failure;
      const doubt =
        now === null
          ? 'The shop did not answer, so it is not known whether the order is cancelled.'
          : 'The shop did not answer; the order is not cancelled so far. You may cancel it again.';
      notify(doubt, { address: `/orders/${orderId}`, text: 'Look again' }, 'until-closed');
      return;
    }
  }
  await refresh();
  notify('The order is cancelled.');
}
