// How many actions one customer, or guest, may send: a bucket for each, filled at a steady rate, so that a flood of one takes nothing from
// the others. Counted in the process alone; behind several instances a customer has as many shares.
import { createLRU } from 'lru.min';

/** Customers remembered at a time; whom nobody remembers has a full bucket, as has anybody who was away for a while. */
const CUSTOMERS_MAX = 50_000;
/** A bucket holds what flows in this long. */
const BURST_SECONDS = 4;

export type ClientLimit = {
  /** Takes so many actions out of a customer's bucket; gives 0, or after how many ms they would be there. */
  take(clientId: number | string, count: number): number;
};

/** @param perSecond actions a second for each customer; 0: no limit. */
export function createClientLimit(perSecond: number, monotonicMs: () => number): ClientLimit {
  if (perSecond === 0) return { take: () => 0 };
  const capacity = perSecond * BURST_SECONDS;
  const buckets = createLRU<number | string, { level: number; atMs: number }>({ max: CUSTOMERS_MAX });
  return {
    take(clientId, count) {
      const nowMs = monotonicMs();
      const bucket = buckets.get(clientId) ?? { level: capacity, atMs: nowMs };
      const level = Math.min(capacity, bucket.level + ((nowMs - bucket.atMs) * perSecond) / 1_000);
      // More than a bucket ever holds is let in when it is full, and owed.
      const needed = Math.min(count, capacity);
      const isEnough = level >= needed;
      buckets.set(clientId, { level: isEnough ? level - count : level, atMs: nowMs });
      return isEnough ? 0 : Math.ceil(((needed - level) / perSecond) * 1_000);
    },
  };
}
