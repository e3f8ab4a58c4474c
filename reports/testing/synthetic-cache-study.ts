// What caches did in a run that never was.
import type { CacheStudy } from '../record/cache-study.ts';

const pages = { seconds: 20, hitRatio: 0.6, databaseReadsPerSecond: 90, p50Ms: 1.2, p95Ms: 4 };
export const syntheticCacheStudy: CacheStudy = {
  productCount: 20_000,
  writesPerRead: 0.05,
  limitRatio: 0.02,
  largestResidualRatio: 0,
  rows: [],
  live: [
    {
      variant: 'none',
      policy: 'none',
      size: 1_000,
      hitRatio: null,
      expectedHitRatio: null,
      redisMb: 1.5,
      staleness: 'not at all',
    },
    {
      variant: 'worker',
      policy: 'worker',
      size: 1_000,
      hitRatio: 0.67,
      replayedHitRatio: 0.662,
      expectedHitRatio: null,
      redisMb: 4.25,
      refreshes: { count: 2, meanMs: 80, longestMs: 95, rows: 2_000, workerCpuMs: 60 },
      expiry: { what: 'a refresh', within: { ...pages, p95Ms: 6 }, otherwise: pages },
      staleness: 'at most 50 s',
    },
    {
      variant: 'read-through',
      policy: 'read-through',
      size: 1_000,
      hitRatio: 0.587,
      replayedHitRatio: 0.5872,
      expectedHitRatio: 0.5942,
      redisMb: 3,
      staleness: 'until it is evicted',
    },
  ],
  liveLimitRatio: 0.03,
  flush: {
    variant: 'read-through-flushed',
    policy: 'read-through',
    second: 20,
    before: pages,
    after: { ...pages, seconds: 10, hitRatio: 0.3 },
    backAfterSeconds: 12,
  },
};
