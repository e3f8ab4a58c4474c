// What an answer to "which cache?" must be measured with, and that it comes within the time that it may take.
import { expect, it } from 'vitest';
import { expectLru } from '../../reports/statistics/cache-theory.ts';
import { popularityShares } from '../../sim/model/catalogue/popularity.ts';
import { asQuick, planCells } from '../plan/cell-plan.ts';
import { expectedSeconds } from '../plan/expected-time.ts';
import { cacheHitRate } from './cache-hit-rate.ts';

const cells = planCells(cacheHitRate, 1);

it('runs five policies in every block, and one more with Redis flushed after them, within fifteen minutes', () => {
  const variants = ['none', 'worker', 'read-through', 'ttl', 'write-invalidate'];
  for (const block of [0, 1]) {
    const own = cells.slice(block * variants.length, (block + 1) * variants.length);
    expect(own.map(({ variant }) => variant).toSorted()).toEqual(variants.toSorted());
    expect(new Set(own.map(({ seed }) => seed)).size).toBe(1);
  }
  expect(cells.slice(10)).toMatchObject([
    {
      variant: 'read-through-flushed',
      level: null,
      block: 0,
      purpose: 'strike',
      scenario: { cache: { policy: 'read-through' }, fault: { name: 'redis-flush', atRatio: 0.4 } },
    },
  ]);
  expect(cells.slice(0, 10).every(({ scenario }) => scenario.fault === undefined)).toBe(true);
  expect(expectedSeconds(cells)).toBeLessThanOrEqual(15 * 60);
});

it('has two single runs in a quick answer, within four minutes', () => {
  const quick = planCells(asQuick(cacheHitRate), 1);
  expect(quick.map(({ variant }) => variant)).toEqual(['none', 'worker']);
  expect(expectedSeconds(quick)).toBeLessThanOrEqual(4 * 60);
});

it('measures whole lives of the hot set and of entries, of caches that are as full as they get', () => {
  const { cache, data, load } = cacheHitRate;
  expect((load.durationSeconds * 1_000) % cache.refreshMs).toBe(0);
  expect((load.durationSeconds * 1_000) % cache.ttlMs).toBe(0);
  const { lifetimeReads } = expectLru(popularityShares(data.products), cache.size);
  expect(load.warmUpReads).toBeGreaterThanOrEqual(3 * lifetimeReads);
});
