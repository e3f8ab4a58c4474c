// One checkout from the shopper's action to its known end: what the audit is told of it, and its times. It asks nobody anything.
import type { Step } from '../../shopper/state/steps.ts';
import type { CheckoutAttempt } from './attempts.ts';
import type { Outcome } from './define-shop.ts';
import type { VerbEnd } from './verb-calls.ts';
import type { VisitDeps, Visitor } from './visit-deps.ts';

type Lines = (Step & { kind: 'place-order' })['lines'];

/** An end that is known. */
export type KnownEnd = Exclude<Outcome, { is: 'pending' }>;

export type Checkout = {
  attempt: CheckoutAttempt;
  lines: Lines;
  intendedMs: number;
  /** Taken by the shop and not decided yet. */
  isPending(): boolean;
  /** The verb has ended; `cutOffAfterMs`: what was waited, where the end of the run cut it off. */
  answered(end: VerbEnd<Outcome>, cutOffAfterMs: number | null): void;
  /** `wasHeard`: told to the shopper, not found by looking it up. */
  decide(end: KnownEnd, wasHeard: boolean): void;
  /** Nobody waits for its end any more. */
  isGivenUp(cutOffAfterMs: number | null): void;
};

export function beginCheckout(
  deps: VisitDeps,
  { personId, person }: Pick<Visitor, 'personId' | 'person'>,
  lines: Lines,
  intendedMs: number,
): Checkout {
  const { items, measures, timeline, outcomeDeadlineMs } = deps;
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
  let isPending = false;
  let isTimed = false;
  measures.count('ordersAttempted');
  const waitedMs = (): number => timeline.nowMs() - intendedMs;

  /** Each stands in `order.confirmed` once: with its time where its end was heard, else with how long was waited at least. */
  function time(heardAfterMs: number | null, cutOffAfterMs: number | null): void {
    if (isTimed) return;
    isTimed = true;
    if (heardAfterMs !== null) measures.sample('order.confirmed', intendedMs, heardAfterMs);
    else measures.censored('order.confirmed', intendedMs, cutOffAfterMs ?? outcomeDeadlineMs);
  }

  function decide(end: KnownEnd, wasHeard: boolean): void {
    time(wasHeard ? waitedMs() : null, null);
    isPending = false;
    attempt.end = end.is;
    attempt.endWasLookedUp = !wasHeard;
    // One that was named before the no came is no order: the next checkout of the same cart may get its id.
    attempt.orderId = end.orderId ?? null;
    attempt.endAfterMs = waitedMs();
    if (end.is === 'rejected') attempt.refusedBecause = end.because;
    else attempt.totalShown = end.total ?? attempt.totalShown;
    measures.count(end.is === 'ok' ? 'ordersConfirmed' : 'ordersRejected');
  }

  return {
    attempt,
    lines,
    intendedMs,
    isPending: () => isPending,
    decide,
    answered(end, cutOffAfterMs) {
      if (end.is === 'failed') {
        measures.censored('order.accepted', intendedMs, cutOffAfterMs ?? outcomeDeadlineMs);
        return;
      }
      measures.sample('order.accepted', intendedMs, waitedMs());
      if (end.value.is !== 'rejected') measures.count('ordersAccepted');
      if (end.value.is !== 'pending') return decide(end.value, true);
      isPending = true;
      attempt.orderId = end.value.orderId;
    },
    isGivenUp: (cutOffAfterMs) => time(null, cutOffAfterMs),
  };
}
