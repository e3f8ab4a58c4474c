// Rules of caching that the shop and a replay of it share.
import type { CacheEntry } from './cache.ts';

/**
 * XFetch (Vattani, Chierichetti, Lowenstein 2015): whether a reader renews an entry before it expires, by
 * −β · δ · ln(u) ≥ time left, where δ is how long loading takes. About e^(1/β) renewals an expiry.
 * @param random 0–1; @param beta 0: never.
 */
export function isEarlyRefreshDue(
  entry: Pick<CacheEntry<unknown>, 'untilMs' | 'loadMs'>,
  nowMs: number,
  beta: number,
  random: () => number,
): boolean {
  if (beta === 0 || entry.untilMs === null) return false;
  return -beta * entry.loadMs * Math.log(random()) >= entry.untilMs - nowMs;
}
