import { expect, test } from 'vitest';
import { syntheticCacheStudy as study } from '../testing/synthetic-cache-study.ts';
import { cacheSentences, cacheWarnings } from './cache-words.ts';

test('says of each live cache what it hit beside replay and theory, what it cost, and what expiry and a flush did', () => {
  expect(cacheSentences({ cacheStudy: study, verdict: 'PASS' })).toEqual([
    'none: Redis +1.5 MB',
    'worker: 67 % of product pages hit; its own reads replayed 66.2 %; Redis +4.3 MB',
    'read-through: 58.7 % of product pages hit; its own reads replayed 58.7 %; in theory 59.4 % (−0.7 points); Redis +3 MB',
    'worker: 2 refreshes of 2,000 rows, 80 ms on average, 95 ms at most, 60 ms of the worker’s CPU each',
    'worker, a refresh: 60 % hit, 90 database reads/s, product page p50 1.2 ms, p95 6 ms; in other seconds 60 % hit, 90 database reads/s, product page p50 1.2 ms, p95 4 ms',
    'read-through-flushed, Redis flushed at second 20: before 60 % hit, 90 database reads/s, product page p50 1.2 ms, p95 4 ms; in the 10 s after 30 % hit, 90 database reads/s, product page p50 1.2 ms, p95 4 ms; the hit ratio was back after 12 s',
  ]);
  expect(cacheSentences({ verdict: 'PASS' })).toEqual([]);
  expect(cacheSentences({ cacheStudy: study, verdict: 'AUDIT_FAILED' })).toEqual([]);
});

test('warns of a live cache that lies further from theory than it may, and of no other', () => {
  expect(cacheWarnings({ cacheStudy: study })).toEqual([]);
  const live = study.live.map((cache) => ({ ...cache, hitRatio: 0.64 }));
  expect(cacheWarnings({ cacheStudy: { ...study, live } })).toEqual([
    expect.stringMatching(
      /^read-through hit 64 % of product pages, theory expects 59\.4 % .*: \+4\.6 points, more than the 3 /,
    ),
  ]);
});
