// What became of the orders of the measured span, as their shoppers saw it; each order is counted once.
import { plainValue } from '../../reports/metrics/find-metric.ts';
import type { Metrics } from '../../reports/record/result.ts';
import type { OrderAttempt } from '../../sim/adapters/our-shop/attempts.ts';
import type { CheckoutAttempt } from '../../sim/adapters/your-shop/attempts.ts';
import type { RecordedAttempt } from './recorded-attempt.ts';

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
  /** How the requests themselves ended; absent in cells that an older version kept. */
  answers?: OrderAnswers;
};

/** By the answer to the request, whatever was heard on the socket. */
export type OrderAnswers = {
  accepted: number;
  /** Accepted, and no outcome heard or found by the end of the run; the audit says what became of them. */
  acceptedOpen: number;
  /** The shop said surely not. */
  refused: number;
  /** Never answered, and attempted before a fault struck; and those of them that were confirmed or rejected all the same. */
  inHand: number;
  inHandPlaced: number;
  /** Never answered, and attempted after the fault, or in a run without one. */
  afterwards: number;
};

/** What of an order its fate is told by. */
type Seen = Pick<
  OrderAttempt,
  'attemptedAtMs' | 'phase' | 'answer' | 'outcome' | 'outcomeSeenBy' | 'refusedBecause'
>;

/**
 * Counts orders that were meant to be placed within the span, as the samples of every latency are chosen; other attempts
 * are none. Keeps nothing of them.
 * @param struckAtMs when a fault struck, in ms of the span; never, if left out
 */
export function createOrderFates(durationMs: number, struckAtMs: number = Number.NEGATIVE_INFINITY) {
  const fates = { attempted: 0, confirmed: 0, rejected: 0, failed: 0, unanswered: 0 };
  const rejectedBecause: Record<string, number> = {};
  const answers = { accepted: 0, acceptedOpen: 0, refused: 0, inHand: 0, inHandPlaced: 0, afterwards: 0 };

  function addAnswer({ attemptedAtMs, answer, outcome }: Seen): void {
    if (answer === 'accepted') {
      answers.accepted += 1;
      if (outcome === null) answers.acceptedOpen += 1;
    } else if (answer === 'refused') answers.refused += 1;
    else if (attemptedAtMs >= struckAtMs) answers.afterwards += 1;
    else {
      answers.inHand += 1;
      if (outcome !== null) answers.inHandPlaced += 1;
    }
  }

  function addOrder(seen: Seen): void {
    const { attemptedAtMs, phase, answer, outcome, outcomeSeenBy, refusedBecause } = seen;
    if (phase !== 'measure' || attemptedAtMs >= durationMs) return;
    fates.attempted += 1;
    addAnswer(seen);
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
    add(attempt: RecordedAttempt): void {
      if (attempt.kind === 'order') addOrder(attempt);
      else if (attempt.kind === 'checkout') addOrder(seenOf(attempt));
    },
    addOrder,
    counted: (): OrderFates => ({
      ...fates,
      rejectedBecause: { ...rejectedBecause },
      answers: { ...answers },
    }),
  };
}

const OUTCOMES = { ok: 'confirmed', rejected: 'rejected', unknown: null } as const;

/** What had to be looked up was not heard in time. */
function seenOf({ end, endWasLookedUp, ...checkout }: CheckoutAttempt): Seen {
  const isHeard = end !== 'unknown' && !endWasLookedUp;
  return {
    ...checkout,
    answer: isHeard ? 'accepted' : 'unknown',
    outcome: OUTCOMES[end],
    outcomeSeenBy: end === 'unknown' ? null : endWasLookedUp ? 'retrieved' : 'socket',
  };
}

/** `orders.attempted`, `orders.confirmed`, … over several single runs; nothing where nobody ordered. */
export function fateMetrics(all: readonly (OrderFates | undefined)[]): Metrics {
  const sum = (fate: Exclude<keyof OrderFates, 'rejectedBecause' | 'answers'>) =>
    all.reduce((total, fates) => total + (fates?.[fate] ?? 0), 0);
  if (sum('attempted') === 0) return {};
  const names = ['attempted', 'confirmed', 'rejected', 'failed', 'unanswered'] as const;
  const values = names.flatMap((name) => Object.entries(plainValue(`orders.${name}`, sum(name))));
  return { ...Object.fromEntries(values), ...reasonMetrics(all) };
}

/** A shop of somebody's own has its own words: `payment_declined_error`. */
const REASONS = { soldOut: /^sold[-_ ]?out$/i, declined: /declined/i } as const;

/** Why orders were rejected; nothing where an older cell did not keep it. Other reasons are what is left of those rejected. */
function reasonMetrics(all: readonly (OrderFates | undefined)[]): Metrics {
  const told = all.filter((fates) => fates !== undefined).map(({ rejectedBecause }) => rejectedBecause);
  if (told.includes(undefined)) return {};
  const reasons = told.flatMap((because) => Object.entries(because ?? {}));
  const sum = (pattern: RegExp) =>
    reasons.reduce((total, [reason, count]) => total + (pattern.test(reason) ? count : 0), 0);
  return {
    ...plainValue('orders.soldOut', sum(REASONS.soldOut)),
    ...plainValue('orders.declined', sum(REASONS.declined)),
  };
}
