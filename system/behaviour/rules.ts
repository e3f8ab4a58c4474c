// Pure rules of the behaviour log: what an action may be about, when it happened, and how the time of a histogram is cut.
import type { BehaviourReport, TargetType } from '../contract/behaviour.ts';
import type { BehaviourAction } from '../contract/tables.ts';

/** An action on its way to the log. */
export type LoggedAction = Pick<BehaviourReport, 'id' | 'action' | 'target'> & {
  customerId: number;
  /** By the shop's clock. */
  actedAt: Date;
};

const THINGS: readonly TargetType[] = ['product', 'category', 'coupon'];

const TARGETS_OF: Record<BehaviourAction, readonly TargetType[]> = {
  click: THINGS,
  hover: THINGS,
  'cart-create': ['product'],
  'cart-cancel': ['product'],
  'cart-modify-plus': ['product'],
  'cart-modify-minus': ['product'],
  'order-create': ['product'],
  'order-cancel': ['product'],
  'coupon-create': ['coupon'],
  'coupon-use': ['coupon'],
  search: ['text'],
};

/** What an action is told too late is no longer of use, and what lies ahead would stand before everything that is new. */
export const MAX_AGE_MS = 60 * 60 * 1_000;
export const MAX_AHEAD_MS = 60 * 1_000;

/** Unix time in ms that a UUIDv7 was made at (RFC 9562: its first 48 bits). */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/**
 * A customer's batch as the log takes it, or in words why it does not. The time follows from the id alone, so an action that is
 * sent again is the same row. `shiftMs`: how far the shop's clock is ahead of the wall clock.
 */
export function readBatch(
  customerId: number,
  reports: readonly BehaviourReport[],
  time: { now: Date; shiftMs: number },
): LoggedAction[] | string {
  const actions: LoggedAction[] = [];
  for (const [index, report] of reports.entries()) {
    const { id, action, target } = report;
    const actedAt = new Date(timeOfId(id) + time.shiftMs);
    const problem = targetProblem(report) ?? timeProblem(actedAt, time.now);
    if (problem !== null) return `actions.${index} ${problem}`;
    actions.push({ id, action, target, customerId, actedAt });
  }
  return actions;
}

function targetProblem({ action, target }: BehaviourReport): string | null {
  const allowed = TARGETS_OF[action];
  return allowed.includes(target.type)
    ? null
    : `has the action ${action} and a ${target.type} for its target; needed is a ${allowed.join(' or ')}`;
}

function timeProblem(actedAt: Date, now: Date): string | null {
  const ageMs = now.getTime() - actedAt.getTime();
  if (ageMs > MAX_AGE_MS)
    return `has an id made ${Math.round(ageMs / 60_000)} min ago; needed are 60 at most. The Date header tells the shop's time`;
  if (ageMs < -MAX_AHEAD_MS)
    return `has an id made ${Math.round(-ageMs / 1_000)} s from now; needed are 60 at most. The Date header tells the shop's time`;
  return null;
}

/** Place in the log, newest first: the next page begins behind it. */
export type Place = { actedAt: Date; id: string };

/** A place as text for an address, e.g. `1772442000000.019c…`. */
export function placeText({ actedAt, id }: Place): string {
  return `${actedAt.getTime()}.${id}`;
}

/** Reads a place; null when the text is none. */
export function readPlace(text: string): Place | null {
  const [, ms = '', id = ''] = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text) ?? [];
  return id === '' ? null : { actedAt: new Date(Number(ms)), id };
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
  ...[1, 2, 7, 14, 28].map((count) => count * DAY_MS),
];
const MOST_STEPS = 60;

/** The longest range of a histogram that is cut into at most 60 steps. */
export const MAX_HISTOGRAM_MS = 28 * MOST_STEPS * DAY_MS;

/** The smallest round step that cuts the range into at most 60, in ms. */
export function histogramStepMs(rangeMs: number): number {
  const wanted = rangeMs / MOST_STEPS;
  return STEPS_MS.find((step) => step >= wanted) ?? 28 * DAY_MS;
}

/** Every step of the range with its count; `counts` by the step's start in Unix ms, where it is not 0. */
export function fillBuckets(
  range: { from: Date; to: Date },
  stepMs: number,
  counts: ReadonlyMap<number, number>,
): { startAt: string; count: number }[] {
  const buckets: { startAt: string; count: number }[] = [];
  const first = Math.floor(range.from.getTime() / stepMs) * stepMs;
  for (let startMs = first; startMs < range.to.getTime(); startMs += stepMs)
    buckets.push({ startAt: new Date(startMs).toISOString(), count: counts.get(startMs) ?? 0 });
  return buckets;
}
