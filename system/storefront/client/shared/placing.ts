// Sending an order, and finding out what became of it where the answer leaves that open; the same for cancelling.
import { texts } from '../language/language.ts';
import { onProduct } from './deeds.ts';
import type { SentOrder } from './open-orders.ts';
import { certaintyAfter, NotDone, ShopProblem } from './request.ts';
import { settleOrder } from './settling.ts';
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
    shop.notify(texts().doubt.told, { address, text: texts().checkout.seeOrder }, 'until-closed');
  }
}

/** How it is told that the shop did not take an order now. Whoever is not signed in any more is told by the sign-in. */
function notNow(failure: unknown, wasOpen: boolean): unknown {
  if (failure instanceof ShopProblem && failure.status === 401) return failure;
  if (wasOpen) return new NotDone(texts().doubt.notTakenAgain);
  const isInOwnWords = failure instanceof ShopProblem && failure.code === 'order-not-placed';
  return isInOwnWords ? failure : new NotDone(texts().doubt.notTaken);
}

/** @returns null when the shop has taken the order in, else what came instead. */
async function send({ api, openOrders, live, behaviour }: Shop, order: SentOrder): Promise<unknown> {
  try {
    const answer = await api.placeOrder(order);
    if (answer.state === 'accepted') openOrders.accept(order.id);
    else {
      // The answer is the outcome; a push of the same is no news.
      settleOrder({ openOrders, behaviour }, order.id, answer.state);
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
 * Cancels an order, if the shopper really means it, and shows the page anew. An order that was cancelled already, perhaps by a
 * request whose answer got lost, is cancelled as wanted. Throws when it was surely not cancelled.
 */
export async function cancelOrder(shop: Shop, orderId: string): Promise<void> {
  const { api, refresh, notify, ask, behaviour } = shop;
  const { question: title, consequence: text, yes, no, ...told } = texts().cancelling;
  if (!(await ask({ title, text, yes, no }))) return;
  const failure = await api.cancelOrder(orderId).then(
    ({ lines }) => {
      behaviour.tell(...lines.map(({ productId }) => onProduct('order-cancel', productId)));
      return null;
    },
    (error: unknown) => error,
  );
  if (failure !== null) {
    const isDone = failure instanceof ShopProblem && failure.code === 'order-not-cancellable';
    if (certaintyAfter(failure) !== 'unknown' && !isDone) throw failure;
    const now = await api.order(orderId).catch(() => null);
    if (now?.state !== 'cancelled') {
      await refresh();
      if (isDone) throw failure;
      const again = { address: `/orders/${orderId}`, text: texts().frame.lookAgain };
      notify(now === null ? told.unknown : told.notCancelled, again, 'until-closed');
      return;
    }
  }
  await refresh();
  notify(told.isCancelled);
}
