// From a full cart to the end: abandoning or ordering, perhaps with a coupon, a refusal, and what follows a purchase.
import { drawPaymentMethod } from '../state/intent.ts';
import { type Answered, go, leave, type Session, shownOf } from '../state/session.ts';
import type { PlannedStep, ShownCoupon } from '../state/steps.ts';

/** With all lines in the cart, or tired of looking: to the cart, or away from it. */
export function finishCart(session: Session): PlannedStep {
  const { random, behaviour, intent, cart } = session;
  if (cart.size === 0) return leave(session, 'browsed', 'product');
  if (intent.kind === 'buy' || random.chance(behaviour.cart.viewBeforeAbandoningRatio)) {
    return go(session, { kind: 'view-cart' }, 'cartChange', afterCart);
  }
  return leave(session, 'abandoned-cart', 'product');
}

function afterCart(session: Session, result: Answered): PlannedStep {
  if (session.intent.kind !== 'buy') return leave(session, 'abandoned-cart', 'cart');
  const shown = shownOf(result, 'cart');
  if (shown !== null) keepWhatIsShown(session, shown.lines);
  return session.cart.size === 0 ? leave(session, 'gave-up', 'cart') : checkOut(session, 'cart');
}

/** Orders what the shop has in the cart, without what it marks as sold out. */
function keepWhatIsShown(
  { cart }: Session,
  lines: readonly { productId: number; quantity: number; soldOut: boolean }[],
): void {
  const shown = new Map(lines.map((line) => [line.productId, line]));
  for (const productId of cart.keys()) {
    const line = shown.get(productId);
    if (line === undefined || line.soldOut) cart.delete(productId);
    else cart.set(productId, line.quantity);
  }
}

/** To the coupons first for who uses them; on without one where there is none, or where the shop does not answer. */
function checkOut(session: Session, before: 'cart' | 'cartChange'): PlannedStep {
  const { hasCoupons, behaviour, random } = session;
  if (hasCoupons) session.usesCoupons ??= random.chance(behaviour.checkout.useCouponRatio);
  if (session.usesCoupons !== true) return placeOrder(session, before);
  const step = { kind: 'view-coupons', lines: linesOf(session) } as const;
  const order = (then: Session, coupon?: ShownCoupon) => placeOrder(then, 'coupons', coupon);
  return go(
    session,
    step,
    before,
    (then, result) => order(then, shownOf(result, 'coupons')?.coupons[0]),
    (then) => order(then),
  );
}

const linesOf = ({ cart }: Session) => Array.from(cart, ([productId, quantity]) => ({ productId, quantity }));

/** Orders everything in the cart. */
function placeOrder(
  session: Session,
  before: 'cart' | 'cartChange' | 'coupons' | 'outcome',
  coupon?: ShownCoupon,
): PlannedStep {
  const { person, behaviour, random } = session;
  const paymentMethod = drawPaymentMethod(person.age, behaviour, random);
  const order = { kind: 'place-order', lines: linesOf(session), paymentMethod } as const;
  return go(session, coupon === undefined ? order : { ...order, coupon }, before, afterOrder);
}

function afterOrder(session: Session, result: Answered): PlannedStep {
  return result.outcome === 'refused'
    ? afterRefusal(session, result.reason)
    : go(session, { kind: 'await-outcome' }, null, afterOutcome, lookForLostOrder);
}

function afterOutcome(session: Session, result: Answered): PlannedStep {
  return result.outcome === 'refused' ? afterRefusal(session, result.reason) : afterPurchase(session);
}

/** An outcome that never came is not waited for again but looked up; then the shopper gives up. */
function lookForLostOrder(session: Session): PlannedStep {
  return go(session, { kind: 'view-orders' }, 'beforeRetry', (then) => leave(then, 'gave-up', 'orders'));
}

/** The shop said no. For the coupon: without it once more. For want of stock: without the scarcest line once more, or leave. */
function afterRefusal(session: Session, reason: string | null): PlannedStep {
  const { cart, stockSeen, random, behaviour } = session;
  if (reason?.startsWith('coupon-') && !session.hasRetriedOrder) {
    session.hasRetriedOrder = true;
    return placeOrder(session, 'outcome');
  }
  const mayRetry = reason === 'sold-out' && !session.hasRetriedOrder && cart.size > 1;
  if (!mayRetry || !random.chance(behaviour.checkout.retryWithoutLineRatio)) {
    return leave(session, 'gave-up', 'outcome');
  }
  session.hasRetriedOrder = true;
  const stockOf = (productId: number): number => stockSeen.get(productId) ?? Infinity;
  const productId = [...cart.keys()].reduce((least, id) => (stockOf(id) < stockOf(least) ? id : least));
  cart.delete(productId);
  return go(session, { kind: 'remove-cart-line', productId }, 'outcome', (then) =>
    checkOut(then, 'cartChange'),
  );
}

/** After the confirmation: perhaps a look at the orders, perhaps second thoughts. */
function afterPurchase(session: Session): PlannedStep {
  session.hasBought = true;
  if (session.random.chance(session.behaviour.checkout.viewOrdersRatio)) {
    return go(session, { kind: 'view-orders' }, 'outcome', (then) =>
      then.cancels ? cancel(then, 'orders') : leave(then, 'bought', 'orders'),
    );
  }
  return session.cancels ? cancel(session, 'outcome') : leave(session, 'bought', 'outcome');
}

/** Takes the order back. */
function cancel(session: Session, before: 'outcome' | 'orders'): PlannedStep {
  return go(session, { kind: 'cancel-order' }, before, (then) => leave(then, 'bought', 'outcome'));
}
