// The checkouts of one visit: made, waited for, looked up again, cancelled, and reported when the visit is over.
import type { Step, StepResult } from '../../shopper/state/steps.ts';
import type { CheckoutAttempt } from './attempts.ts';
import { beginCheckout, type Checkout } from './checkout.ts';
import type { ShopVisit } from './define-shop.ts';
import { createLookUp } from './look-up.ts';
import { ordersOf, outcomeOf, refusalOf } from './seen.ts';
import { callVerb } from './verb-calls.ts';
import type { VisitDeps, Visitor } from './visit-deps.ts';

export type CheckoutsOfVisit = {
  place(step: Step & { kind: 'place-order' }, intendedMs: number): Promise<StepResult>;
  /** Waits until the last checkout's end is known or its deadline has passed. */
  awaitOutcome(): Promise<StepResult>;
  view(intendedMs: number): Promise<StepResult>;
  cancel(intendedMs: number): Promise<StepResult>;
  /** Looks up what is not known yet, and every order that stands. */
  settled(): Promise<void>;
  /** Waits no longer for what is pending. */
  giveUp(): void;
  /** Reports each; call it once, at the end. */
  report(): void;
};

/** The shop is asked for a pending order's end after this long, then ever less often. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;

const OK: StepResult = { outcome: 'ok' };
const FAILED: StepResult = { outcome: 'failed' };

/** For the first checkout of a visit: most visits have none. */
export function createCheckoutsOfVisit(
  deps: VisitDeps,
  { personId, person, http }: Visitor,
  shop: ShopVisit,
): CheckoutsOfVisit {
  const { items, timeline } = deps;
  const checkouts: Checkout[] = [];
  const lookUp = createLookUp(deps, { personId, person, http }, shop);
  const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<void>();
  let hasGivenUp = false;

  function last(): Checkout {
    const checkout = checkouts.at(-1);
    if (checkout === undefined) throw new Error('a shopper speaks of an order before a checkout was begun');
    return checkout;
  }

  const deadlineOf = ({ intendedMs }: Checkout): number => intendedMs + deps.outcomeDeadlineMs;

  /** How long it has waited, where the end of the run cuts it off. */
  const cutOffAfterMs = ({ intendedMs }: Checkout): number | null =>
    hasGivenUp ? Math.min(timeline.nowMs() - intendedMs, deps.outcomeDeadlineMs) : null;

  /** Asks until the end is known, the deadline passes or nobody waits any more. */
  async function poll(checkout: Checkout): Promise<void> {
    const { attempt } = checkout;
    const untilMs = deadlineOf(checkout);
    for (
      let pauseMs = FIRST_PAUSE_MS;
      checkout.isPending();
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5)
    ) {
      if (attempt.orderId === null) return;
      const outcome = await lookUp.end(attempt.orderId);
      if (outcome !== null && outcome.is !== 'pending') return checkout.decide(outcome, true);
      if (hasGivenUp || timeline.nowMs() >= untilMs) return;
      await pause(Math.min(pauseMs, untilMs - timeline.nowMs()));
    }
  }

  async function pause(lengthMs: number): Promise<void> {
    let callOff = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      callOff = timeline.wakeAt(timeline.nowMs() + lengthMs, resolve);
    });
    await Promise.race([over, givenUp]);
    callOff();
  }

  /** One whose end nobody heard: what the shop says of it now. That there is none yet proves nothing: it may still come. */
  async function lookForLost(checkout: Checkout): Promise<void> {
    const { attempt } = checkout;
    const known = new Set(checkouts.flatMap(({ attempt: { orderId } }) => orderId ?? []));
    const outcome = await lookUp.lost(attempt, known);
    if (outcome === null) {
      if (attempt.orderId !== null && lookUp.canLookUp) attempt.found = 'missing';
    } else if (outcome.is === 'pending') attempt.orderId = outcome.orderId;
    else checkout.decide(outcome, false);
  }

  return {
    async place({ lines }, intendedMs) {
      const present = checkouts.at(-1);
      // Tried again after an end that nobody heard: people look first whether it went through.
      if (present?.attempt.end === 'unknown' && !present.isPending() && present.lines === lines) {
        await lookForLost(present);
        if (present.attempt.end !== 'unknown') return resultOf(present.attempt);
      }
      const checkout = beginCheckout(deps, { personId, person }, lines, intendedMs);
      checkouts.push(checkout);
      const wanted = lines.map(({ productId, quantity }) => ({ item: items.itemOf(productId), quantity }));
      const end = await callVerb(deps, http, {
        verb: 'checkout',
        intendedMs,
        run: () => shop.checkout(wanted),
        understand: (given) => outcomeOf('checkout', given),
      });
      const expectedId = http.takeExpectedOrderId();
      checkout.attempt.orderId = expectedId;
      checkout.answered(end, cutOffAfterMs(checkout));
      const { orderId, end: toldEnd } = checkout.attempt;
      // What a cart is called may be another name than that of its order. A no says nothing of what came before it.
      const ids = toldEnd === 'rejected' ? [orderId] : [orderId, expectedId];
      const lostId = present?.attempt.end === 'unknown' ? present.attempt.orderId : null;
      // Both had the same cart and so one order, which is that of the second.
      if (lostId !== null && ids.includes(lostId))
        present?.decide({ is: 'rejected', because: 'tried-again' }, false);
      return checkout.isPending() ? OK : resultOf(checkout.attempt);
    },
    async awaitOutcome() {
      const checkout = last();
      if (checkout.isPending()) await poll(checkout);
      return resultOf(checkout.attempt);
    },
    async view(intendedMs) {
      if (shop.orders === undefined) return OK;
      const run = () => shop.orders?.();
      const end = await callVerb(deps, http, { verb: 'orders', intendedMs, run, understand: ordersOf });
      return end.is === 'done' ? OK : FAILED;
    },
    async cancel(intendedMs) {
      const { attempt } = last();
      const { orderId } = attempt;
      if (shop.cancel === undefined || orderId === null) return OK;
      attempt.cancel = 'unknown';
      const end = await callVerb(deps, http, {
        verb: 'cancel',
        intendedMs,
        run: () => shop.cancel?.(orderId),
        understand: (given) => refusalOf('cancel', given),
      });
      if (end.is === 'failed') return FAILED;
      attempt.cancel = end.value === undefined ? 'accepted' : 'refused';
      return end.value === undefined ? OK : { outcome: 'refused', reason: end.value.because };
    },
    async settled() {
      for (const checkout of checkouts) {
        const { attempt } = checkout;
        // Nobody waits a second time: of what is open still, the shop is asked how it stands now.
        const isAwaited = !hasGivenUp && timeline.nowMs() < deadlineOf(checkout);
        if (checkout.isPending() && isAwaited) await poll(checkout);
        if (attempt.end === 'unknown') await lookForLost(checkout);
        if (attempt.end === 'unknown') checkout.isGivenUp(cutOffAfterMs(checkout));
        if (attempt.end === 'ok') attempt.found = await lookUp.found(attempt.orderId);
      }
    },
    giveUp() {
      hasGivenUp = true;
      giveUp();
    },
    report() {
      for (const { attempt } of checkouts) deps.onAttempt(attempt);
    },
  };
}

function resultOf({ end, refusedBecause }: CheckoutAttempt): StepResult {
  switch (end) {
    case 'ok':
      return OK;
    case 'rejected':
      return { outcome: 'refused', reason: refusedBecause };
    case 'unknown':
      return FAILED;
  }
}
