// The checkouts of one visit: made, waited for, looked up again, cancelled, and reported when the visit is over.
import type { Step, StepResult } from '../../shopper/state/steps.ts';
import type { CheckoutAttempt } from './attempts.ts';
import type { Outcome, ShopOrder, ShopVisit } from './define-shop.ts';
import { createLookUp } from './look-up.ts';
import { ordersOf, outcomeOf, refusalOf } from './seen.ts';
import { callVerb, type VerbEnd } from './verb-calls.ts';
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

type Checkout = {
  attempt: CheckoutAttempt;
  lines: (Step & { kind: 'place-order' })['lines'];
  intendedMs: number;
  /** Taken by the shop and not decided yet. */
  isPending: boolean;
  isTimed: boolean;
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
  const { items, measures, timeline } = deps;
  const checkouts: Checkout[] = [];
  const lookUp = createLookUp(deps, { personId, person, http }, shop);
  const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<void>();
  let hasGivenUp = false;

  function last(): Checkout {
    const checkout = checkouts.at(-1);
    if (checkout === undefined) throw new Error('a shopper speaks of an order before a checkout was begun');
    return checkout;
  }

  function begin(lines: Checkout['lines'], intendedMs: number): Checkout {
    const attempt: CheckoutAttempt = {
      kind: 'checkout',
      checkoutId: deps.newCheckoutId(),
      personId,
      email: person.email,
      ...deps.attemptedAt(intendedMs),
      lines: lines.map(({ productId, quantity }) => ({ id: items.itemOf(productId).id, quantity })),
      end: 'unknown',
      endWasLookedUp: false,
      orderId: null,
      refusedBecause: null,
      totalShown: null,
      endAfterMs: null,
      found: null,
      cancel: null,
    };
    const checkout = { attempt, lines, intendedMs, isPending: false, isTimed: false };
    checkouts.push(checkout);
    measures.count('ordersAttempted');
    return checkout;
  }

  /** Every checkout stands in `order.confirmed` once: with its time where its end was heard, else with how long was waited at least. */
  function time(checkout: Checkout, wasHeard: boolean): void {
    if (checkout.isTimed) return;
    checkout.isTimed = true;
    const waitedMs = timeline.nowMs() - checkout.intendedMs;
    if (wasHeard) measures.sample('order.confirmed', checkout.intendedMs, waitedMs);
    else {
      const atLeastMs = hasGivenUp ? Math.min(waitedMs, deps.outcomeDeadlineMs) : deps.outcomeDeadlineMs;
      measures.censored('order.confirmed', checkout.intendedMs, atLeastMs);
    }
  }

  function decide(checkout: Checkout, outcome: Exclude<Outcome, { is: 'pending' }>, wasHeard: boolean): void {
    const { attempt } = checkout;
    time(checkout, wasHeard);
    checkout.isPending = false;
    attempt.end = outcome.is;
    attempt.endWasLookedUp = !wasHeard;
    attempt.orderId = outcome.orderId ?? attempt.orderId;
    attempt.endAfterMs = timeline.nowMs() - checkout.intendedMs;
    if (outcome.is === 'rejected') attempt.refusedBecause = outcome.because;
    else attempt.totalShown = outcome.total ?? attempt.totalShown;
    measures.count(outcome.is === 'ok' ? 'ordersConfirmed' : 'ordersRejected');
  }

  function answered(checkout: Checkout, end: VerbEnd<Outcome>): StepResult {
    const { attempt, intendedMs } = checkout;
    const waitedMs = timeline.nowMs() - intendedMs;
    attempt.orderId = http.takeExpectedOrderId();
    if (end.is === 'failed') {
      measures.censored('order.accepted', intendedMs, hasGivenUp ? waitedMs : deps.outcomeDeadlineMs);
      return FAILED;
    }
    measures.sample('order.accepted', intendedMs, waitedMs);
    const outcome = end.value;
    if (outcome.is !== 'rejected') measures.count('ordersAccepted');
    if (outcome.is === 'pending') {
      checkout.isPending = true;
      attempt.orderId = outcome.orderId;
      return OK;
    }
    decide(checkout, outcome, true);
    return resultOf(attempt);
  }

  /** Asks until the end is known, the deadline passes or nobody waits any more. */
  async function poll(checkout: Checkout): Promise<void> {
    const { attempt, intendedMs } = checkout;
    const untilMs = intendedMs + deps.outcomeDeadlineMs;
    for (
      let pauseMs = FIRST_PAUSE_MS;
      checkout.isPending;
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5)
    ) {
      if (attempt.orderId === null) return;
      const outcome = await lookUp.end(attempt.orderId);
      if (outcome !== null && outcome.is !== 'pending') return decide(checkout, outcome, true);
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
    const order = await lookUp.lost(attempt, known);
    if (order === null) {
      if (attempt.orderId !== null && lookUp.canLookUp) attempt.found = 'missing';
      return;
    }
    attempt.orderId = order.orderId;
    if (order.state === 'pending') return;
    decide(checkout, endOf(order), false);
  }

  return {
    async place({ lines }, intendedMs) {
      const present = checkouts.at(-1);
      // Tried again after an end that nobody heard: people look first whether it went through.
      if (present?.attempt.end === 'unknown' && !present.isPending && present.lines === lines) {
        await lookForLost(present);
        if (present.attempt.end !== 'unknown') return resultOf(present.attempt);
      }
      const checkout = begin(lines, intendedMs);
      const wanted = lines.map(({ productId, quantity }) => ({ item: items.itemOf(productId), quantity }));
      const end = await callVerb(deps, http, {
        verb: 'checkout',
        intendedMs,
        run: () => shop.checkout(wanted),
        understand: (given) => outcomeOf('checkout', given),
      });
      return answered(checkout, end);
    },
    async awaitOutcome() {
      const checkout = last();
      if (checkout.isPending) await poll(checkout);
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
        if (checkout.isPending) await poll(checkout);
        if (attempt.end === 'unknown') await lookForLost(checkout);
        time(checkout, false);
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

/** What an order that was found says about its checkout; a cancelled one that nobody took back was rejected. */
function endOf({ orderId, state, total }: ShopOrder): Exclude<Outcome, { is: 'pending' }> {
  if (state === 'cancelled') return { is: 'rejected', because: 'cancelled', orderId };
  return total === undefined ? { is: 'ok', orderId } : { is: 'ok', orderId, total };
}
