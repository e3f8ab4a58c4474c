// What became of the orders of the measured span, as their shoppers saw it; each order is counted once.
import { plainValue } from '../../reports/metrics/find-metric.ts';
import type { Metrics } from '../../reports/record/result.ts';
import type { Attempt, OrderAttempt } from '../../sim/adapters/our-shop/attempts.ts';

export type OrderFates = {
  attempted: number;
  /** Heard on the socket in time. */
  confirmed: number;
  /** Heard in time that it cannot be had: sold out, payment declined, price changed. */
  rejected: number;
  /** Those by the shop's own word: `sold-out`, `payment-declined`, `price-changed`, …; absent in cells that an older version kept. */
  rejectedBecause?: Record<string, number>;
  /** The shop refused the request itself; no order was made. */
  failed: number;
  /** Nothing heard by the deadline, whatever became of it later. */
  unanswered: number;
};

/** What of an order its fate is told by. */
type Seen = Pick<
  OrderAttempt,
  'attemptedAtMs' | 'phase' | 'answer' | 'outcome' | 'outcomeSeenBy' | 'refusedBecause'
>;

/**
 * Counts orders that were meant to be placed within the span, as the samples of every latency are chosen; other attempts
 * are none. Keeps nothing of them.
 */
export function createOrderFates(durationMs: number) {
  const fates = { attempted: 0, confirmed: 0, rejected: 0, failed: 0, unanswered: 0 };
  const rejectedBecause: Record<string, number> = {};

  function addOrder({ attemptedAtMs, phase, answer, outcome, outcomeSeenBy, refusedBecause }: Seen): void {
    if (phase !== 'measure' || attemptedAtMs >= durationMs) return;
    fates.attempted += 1;
    if (outcome !== null && outcomeSeenBy === 'socket') {
      fates[outcome] += 1;
      if (outcome === 'rejected') {
        const reason = refusedBecause ?? 'no reason given';
        rejectedBecause[reason] = (rejectedBecause[reason] ?? 0) + 1;
      }
    } else if (answer === 'refused') fates.failed += 1;
    else fates.unanswered += 1;
  }
  return {
    add(attempt: Attempt): void {
      if (attempt.kind === 'order') addOrder(attempt);
    },
    addOrder,
    counted: (): OrderFates => ({ ...fates, rejectedBecause: { ...rejectedBecause } }),
  };
}

/** `orders.attempted`, `orders.confirmed`, … over several single runs; nothing where nobody ordered. */
export function fateMetrics(all: readonly (OrderFates | undefined)[]): Metrics {
  const sum = (fate: Exclude<keyof OrderFates, 'rejectedBecause'>) =>
    all.reduce((total, fates) => total + (fates?.[fate] ?? 0), 0);
  if (sum('attempted') === 0) return {};
  const names = ['attempted', 'confirmed', 'rejected', 'failed', 'unanswered'] as const;
  return Object.fromEntries(names.flatMap((name) => Object.entries(plainValue(`orders.${name}`, sum(name)))));
}
