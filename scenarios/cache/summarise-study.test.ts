// The study of a run whose single runs are written by hand: what shoppers read, what the cache answered, what a refresh and a
// flush did.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createRandom } from '../../sim/model/chance/random.ts';
import { cumulate, indexedDraw } from '../../sim/model/chance/weighted-choice.ts';
import { CACHE_MODELS } from '../../system/contract/cache-models.ts';
import { cacheHitRate } from '../questions/cache-hit-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type LiveVariant, summariseStudy } from './summarise-study.ts';

const SIZE = 50;
const SPAN_SECONDS = 50;
const READS_PER_SECOND = 100;
const FLUSHED_SECOND = 20;

const scenario: Scenario = {
  ...cacheHitRate,
  data: { ...cacheHitRate.data, people: 1_000, products: 1_000, days: 1 },
  cache: { ...cacheHitRate.cache, size: SIZE },
  load: { ...cacheHitRate.load, durationSeconds: SPAN_SECONDS, leadInSeconds: 10 },
  cacheReplay: { sizes: [SIZE], readsPerSecond: 100, writesPerRead: 0, loadMs: 5, reads: 1_000 },
};
const withPolicy = (policy: Scenario['cache']['policy']): Scenario => ({
  ...scenario,
  cache: { ...scenario.cache, policy },
});

/** Independent reads through an exact LRU, as the shop's own would answer them; `flushAtMs` empties it. */
function writeCell(
  root: string,
  name: string,
  { seed, flushAtMs = null }: { seed: number; flushAtMs?: number | null },
): string {
  const directory = join(root, name);
  mkdirSync(directory);
  const weights = Float64Array.from({ length: 1_000 }, (_, rank) => (rank + 5) ** -0.9);
  const product = indexedDraw(
    cumulate(weights.map((weight) => weight / weights.reduce((sum, w) => sum + w, 0))),
  );
  const random = createRandom(seed, 'reads');
  const empty = () =>
    CACHE_MODELS['read-through']({
      sizeCount: SIZE,
      ttlMs: 50_000,
      earlyRefreshBeta: 0,
      loadMs: 5,
      refreshEveryMs: 50_000,
      hotKeys: () => [],
      maxBytes: 1,
      bytesOf: () => 1,
      random: () => 0.5,
    });
  let cache = empty();
  const seconds = new Map<number, { productHits: number; productMisses: number }>();
  const lines: string[] = [];
  for (let atMs = -20_000; atMs < SPAN_SECONDS * 1_000; atMs += 1_000 / READS_PER_SECOND) {
    if (atMs === flushAtMs) cache = empty();
    const id = product(random) + 1;
    const answer = cache.read(id, atMs);
    lines.push(`${JSON.stringify([atMs, 'product', String(id), answer])}\n`);
    const second = Math.floor(atMs / 1_000);
    const counts = seconds.get(second) ?? { productHits: 0, productMisses: 0 };
    counts[answer === 'hit' ? 'productHits' : 'productMisses'] += 1;
    seconds.set(second, counts);
  }
  writeFileSync(join(directory, 'reads.ndjson'), lines.join(''));
  writeFileSync(join(directory, 'attempts.ndjson'), '');
  const rows = [...seconds].map(([second, counts]) => ({
    version: 2,
    second,
    phase: second < 0 ? 'lead-in' : 'measure',
    counts: { ...counts, databaseReads: counts.productMisses },
    gauges: { hotSetRefreshMs: second === 30 ? 80 : null, hotSetRefreshRows: second === 30 ? 2_000 : null },
    cpuRatios: { 'cache-worker': second === 30 ? 0.07 : 0.01 },
    memoryBytes: {},
  }));
  writeFileSync(join(directory, 'series.ndjson'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return directory;
}

it('holds each live cache against what it was asked, and tells of refreshes and of a flush', () => {
  const root = mkdtempSync(join(tmpdir(), 'study-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [first, second] = [writeCell(root, 'a', { seed: 1 }), writeCell(root, 'b', { seed: 2 })];
  const flushed = writeCell(root, 'c', { seed: 1, flushAtMs: FLUSHED_SECOND * 1_000 });
  const live = (name: string, own: Scenario, directories: string[]): LiveVariant => ({
    name,
    scenario: own,
    directories,
    metrics: {
      'cache.productHitRatio': { unit: 'ratio', value: 0.5 },
      'redis.growthMb': { unit: 'MB', value: 2 },
    },
    events: own.fault === undefined ? [] : [{ second: FLUSHED_SECOND, label: 'Redis keys flushed' }],
  });
  const study = summariseStudy(
    scenario,
    [],
    [
      live('none', withPolicy('none'), [first, second]),
      live('worker', withPolicy('worker'), [first, second]),
      live('read-through', withPolicy('read-through'), [first, second]),
      live('flushed', { ...withPolicy('read-through'), fault: { name: 'redis-flush', atRatio: 0.4 } }, [
        flushed,
      ]),
    ],
  );

  const readThrough = study?.live.find(({ variant }) => variant === 'read-through');
  const row = study?.rows.find(({ policy }) => policy === 'read-through');
  expect(row).toMatchObject({ law: 'recorded', size: SIZE, readCount: 2 * SPAN_SECONDS * READS_PER_SECOND });
  // The record was answered by that very model, so its replay is exact, and its reads are independent, so theory holds.
  expect(readThrough?.replayedHitRatio).toBe(row?.hitRatio);
  expect(Math.abs((readThrough?.replayedHitRatio ?? 0) - (readThrough?.expectedHitRatio ?? 0))).toBeLessThan(
    0.02,
  );
  expect(study?.record).toMatchObject({ variant: 'none', cells: 2, readCount: row?.readCount });

  const worker = study?.live.find(({ variant }) => variant === 'worker');
  expect(worker?.refreshes).toMatchObject({ count: 2, meanMs: 80, longestMs: 80, rows: 2_000 });
  expect(worker?.refreshes?.workerCpuMs).toBeCloseTo(60, 6);
  expect(worker?.expiry?.within.seconds).toBe(6);
  expect(study?.live.map(({ redisMb }) => redisMb)).toEqual([2, 2, 2]);

  expect(study?.flush).toMatchObject({ variant: 'flushed', policy: 'read-through', second: FLUSHED_SECOND });
  const { before, after, backAfterSeconds } = study!.flush!;
  expect(before.hitRatio).toBeGreaterThan(after.hitRatio!);
  expect(after.databaseReadsPerSecond).toBeGreaterThan(before.databaseReadsPerSecond);
  expect(backAfterSeconds).toBeGreaterThan(0);
});

it('tells nothing of reads that an older run did not note', () => {
  const none: LiveVariant = {
    name: 'none',
    scenario: withPolicy('none'),
    directories: ['/nowhere'],
    metrics: {},
    events: [],
  };
  const study = summariseStudy(scenario, [], [none]);
  expect(study?.record).toBeUndefined();
  expect(study?.rows).toEqual([]);
});
