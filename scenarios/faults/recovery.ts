// How long the shop took to recover from a fault, as its shoppers saw it: requests that fail, messages that pile up, and
// orders, or acts, of which nobody hears in time.
import type { ActAttempt, OrderAttempt } from '../../sim/adapters/our-shop/attempts.ts';

/** So many seconds without trouble must follow before it counts as recovered. */
const QUIET_SECONDS = 5;
/** And so many orders whose outcome was pushed in time: with half of all pushes lost, five in a row are one case in 32. */
const FEWEST_HEARD = 5;
/** A shopper who hears within this hears at once, however quick the shop was before the fault. */
const AT_ONCE_MS = 1_000;
/** Orders are missing when fewer came than this share of what the plan leads to expect, and chance does not explain it. */
const EXPECTED_RATIO = 0.5;
const CHANCE_DEVIATIONS = 3;

export type Second = {
  second: number;
  sessionsPlanned: number;
  requestsFailed: number;
  /** Null without a broker in the path. */
  kafkaLagCount: number | null;
};
export type Order = Pick<
  OrderAttempt,
  'attemptedAtMs' | 'phase' | 'answer' | 'outcomeSeenBy' | 'outcomeAfterMs'
>;

/** An act is heard of by the lists that come for it, as an order is by its outcome. */
export function heardLikeAnOrder({ attemptedAtMs, phase, answer, shownAfterMs }: ActAttempt): Order {
  const outcomeSeenBy = shownAfterMs === null ? null : 'socket';
  return { attemptedAtMs, phase, answer, outcomeSeenBy, outcomeAfterMs: shownAfterMs };
}

/** `seconds` from the fault; null when nobody can say that it was over, and why. */
export type Recovery = { seconds: number; because: null } | { seconds: null; because: string };

/**
 * Reads the rows of all seconds and all orders. There is trouble in a second with a failed request, with a consumer lag above
 * the worst before the fault, or in which a shopper waited for an outcome longer than anybody did before it (a second at
 * least). Outcomes count only as pushed: one that had to be asked for was waited for until then. The shop has recovered with
 * the end of the last second of trouble when five quiet seconds follow before the rows end (the drain after the span counts:
 * shoppers are still about), in which at least five orders were heard of in time, and about as many as planned.
 * `what` names what is heard of. Where nobody comes to order or to act (`placed` is null) requests and messages alone tell.
 */
export function recoveryOf(
  rows: readonly Second[],
  placed: readonly Order[] | null,
  faultSecond: number,
  what: 'orders' | 'acts' = 'orders',
): Recovery {
  const orders = placed ?? [];
  const measured = rows.filter(({ second }) => second >= 0);
  const seenUntil = (measured.at(-1)?.second ?? 0) + 1;
  const waits = waitsOf(orders, faultSecond * 1_000, (seenUntil - 1) * 1_000);
  const failing = lastTroubleOfRows(measured, faultSecond);
  const unheard = waits.late.reduce(
    (last, { untilMs }) => Math.max(last, untilMs / 1_000),
    Number.NEGATIVE_INFINITY,
  );
  const recoveredAt = Math.max(faultSecond, failing + 1, Math.ceil(unheard));
  if (seenUntil - recoveredAt < QUIET_SECONDS) {
    const trouble =
      unheard > failing
        ? `${waits.late.length} of ${waits.late.length + waits.heardAtMs.length} ${what} after the fault were not told to their shoppers by a push within ${seconds(waits.usualMs)}`
        : 'requests failed or messages piled up';
    return { seconds: null, because: `${trouble} until less than ${QUIET_SECONDS} s before the end` };
  }
  if (placed === null) return { seconds: recoveredAt - faultSecond, because: null };
  const heardCount = waits.heardAtMs.filter((atMs) => atMs >= recoveredAt * 1_000).length;
  const missing = missingOrders(measured, orders, faultSecond, recoveredAt, what);
  if (missing !== null) return { seconds: null, because: missing };
  if (heardCount < FEWEST_HEARD) {
    return {
      seconds: null,
      because: `only ${heardCount} ${what} were made and heard of after the trouble, and ${FEWEST_HEARD} are needed to tell: run longer, or at a higher rate`,
    };
  }
  return { seconds: recoveredAt - faultSecond, because: null };
}

/** The last second with trouble in its row; the one before the fault where there was none. */
function lastTroubleOfRows(measured: readonly Second[], faultSecond: number): number {
  const lagBefore = measured
    .filter(({ second }) => second < faultSecond)
    .reduce((worst, { kafkaLagCount }) => Math.max(worst, kafkaLagCount ?? 0), 0);
  const last = measured.findLast(
    ({ second, requestsFailed, kafkaLagCount }) =>
      second >= Math.floor(faultSecond) && (requestsFailed > 0 || (kafkaLagCount ?? 0) > lagBefore),
  );
  return last?.second ?? Number.NEGATIVE_INFINITY;
}

/**
 * How orders were heard of whose shopper still waited when the fault struck, or that came later. `usualMs` is the longest
 * wait before it. An outcome is owed for what was accepted, or decided without the shopper having been answered; an order that
 * came to nothing with its request is a failed request. What had no time to be late is left out.
 */
function waitsOf(orders: readonly Order[], faultMs: number, seenUntilMs: number) {
  const owed = orders.filter(
    ({ phase, answer, outcomeAfterMs }) =>
      phase !== 'warm-up' && (answer === 'accepted' || outcomeAfterMs !== null),
  );
  let usualMs = AT_ONCE_MS;
  for (const order of owed) {
    const heardMs = heardAtMs(order);
    if (heardMs !== null && heardMs < faultMs) usualMs = Math.max(usualMs, heardMs - order.attemptedAtMs);
  }
  const late: { untilMs: number }[] = [];
  const inTime: number[] = [];
  for (const order of owed) {
    const heardMs = heardAtMs(order);
    if (heardMs !== null && heardMs < faultMs) continue;
    const { attemptedAtMs, outcomeAfterMs } = order;
    // Without any outcome the shopper waited on, to the end of what was seen.
    const waitedMs = outcomeAfterMs ?? seenUntilMs - attemptedAtMs;
    const untilMs = attemptedAtMs + waitedMs;
    if (untilMs < faultMs) continue;
    if (waitedMs > usualMs) late.push({ untilMs });
    else if (heardMs !== null) inTime.push(attemptedAtMs);
  }
  return { usualMs, late, heardAtMs: inTime };
}

/** When the push came; null where none did. */
function heardAtMs({ attemptedAtMs, outcomeSeenBy, outcomeAfterMs }: Order): number | null {
  return outcomeSeenBy === 'socket' && outcomeAfterMs !== null ? attemptedAtMs + outcomeAfterMs : null;
}

/**
 * Says so where far fewer orders were heard of after the trouble than before the fault, for as many planned starts: then
 * shoppers do not come as far as an order, whatever else is quiet.
 */
function missingOrders(
  measured: readonly Second[],
  orders: readonly Order[],
  faultSecond: number,
  recoveredAt: number,
  what: 'orders' | 'acts',
): string | null {
  const planned = (from: number, to: number) =>
    measured.reduce(
      (sum, { second, sessionsPlanned }) => (second >= from && second < to ? sum + sessionsPlanned : sum),
      0,
    );
  const lastStart = measured.findLast(({ sessionsPlanned }) => sessionsPlanned > 0)?.second ?? 0;
  const heard = (from: number, to: number) =>
    orders.filter(
      (order) =>
        order.phase === 'measure' &&
        heardAtMs(order) !== null &&
        order.attemptedAtMs >= from * 1_000 &&
        order.attemptedAtMs < to * 1_000,
    ).length;
  const before = planned(0, Math.floor(faultSecond));
  const until = lastStart + 1;
  if (before === 0 || until <= recoveredAt) return null;
  const expected = (heard(0, Math.floor(faultSecond)) / before) * planned(recoveredAt, until);
  const found = heard(recoveredAt, until);
  const isFew =
    found < EXPECTED_RATIO * expected && expected - found > CHANCE_DEVIATIONS * Math.sqrt(expected);
  return isFew
    ? `only ${found} ${what} were heard of where the plan leads to expect ${Math.round(expected)}`
    : null;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
