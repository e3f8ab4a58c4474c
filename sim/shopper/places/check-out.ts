// From a full cart to the end: abandoning or ordering, a refusal for want of stock, and what follows a purchase.
import { drawPaymentMethod } from '../state/intent.ts';
import { go, leave, type Session } from '../state/session.ts';
import type { PlannedStep } from '../state/steps.ts';

/** With all lines in the cart, or tired of looking: to the cart, or away from it. */
export function finishCart(session: Session): PlannedStep {
  const { random, behaviour, intent, cart } = session;
  if (cart.size === 0) return leave(session, 'browsed', 'product');
  if (intent.kind === 'buy' || random.chance(behaviour.cart.viewBeforeAbandoningRatio)) {
    return go(session, 'cart', { kind: 'view-cart' }, 'cartChange');
  }
  return leave(session, 'abandoned-cart', 'product');
}

/** Orders everything in the cart. */
export function placeOrder(session: Session, before: 'cart' | 'cartChange'): PlannedStep {
  const { person, behaviour, random, cart } = session;
  const lines = Array.from(cart, ([productId, quantity]) => ({ productId, quantity }));
  const paymentMethod = drawPaymentMethod(person.age, behaviour, random);
  return go(session, 'ordering', { kind: 'place-order', lines, paymentMethod }, before);
}

/** The shop said no. For want of stock: without the scarcest line once more, or leave. */
export function afterRefusal(session: Session, soldOut: boolean): PlannedStep {
  const { cart, catalogue, random, behaviour } = session;
  const mayRetry = soldOut && !session.hasRetriedOrder && cart.size > 1;
  if (!mayRetry || !random.chance(behaviour.checkout.retryWithoutLineRatio)) {
    return leave(session, 'gave-up', 'outcome');
  }
  session.hasRetriedOrder = true;
  const stockOf = (productId: number): number => catalogue.product(productId).stockCount;
  const productId = [...cart.keys()].reduce((least, id) => (stockOf(id) < stockOf(least) ? id : least));
  cart.delete(productId);
  return go(session, 'dropping-line', { kind: 'remove-cart-line', productId }, 'outcome');
}

/** After the confirmation: perhaps a look at the orders, perhaps second thoughts. */
export function afterPurchase(session: Session): PlannedStep {
  session.hasBought = true;
  if (session.random.chance(session.behaviour.checkout.viewOrdersRatio)) {
    return go(session, 'orders', { kind: 'view-orders' }, 'outcome');
  }
  return session.cancels ? cancel(session, 'outcome') : leave(session, 'bought', 'outcome');
}

/** Takes the order back. */
export function cancel(session: Session, before: 'outcome' | 'orders'): PlannedStep {
  return go(session, 'cancelling', { kind: 'cancel-order' }, before);
}
