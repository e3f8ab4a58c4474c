// The replay of what shoppers of the run really read: through every policy at each size, as the laws are, and through the model of a
// live cache with that cache's own settings.
import type { CacheStudyRow } from '../../reports/record/cache-study.ts';
import type { CacheExpectation } from '../../reports/statistics/cache-theory.ts';
import { expectTtl } from '../../reports/statistics/cache-theory.ts';
import { expectLruOfRecord, expectTtlOfRecord } from '../../reports/statistics/cache-theory-of-record.ts';
import { type ReplayResult, replay } from '../../sim/cache/replay.ts';
import type { Product } from '../../sim/model/catalogue/catalogue.ts';
import { popularityShares } from '../../sim/model/catalogue/popularity.ts';
import { HOT_SET } from '../../system/contract/cache.ts';
import { CACHE_MODELS } from '../../system/contract/cache-models.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RecordedReads } from './recorded-reads.ts';
import { candidates, type StudySettings } from './study.ts';

const RECORDED_LAW = 'recorded';

/** A row for each size and policy; the records are replayed each with its own warm-up, and their counts added up. */
export function studyRecorded(
  records: readonly RecordedReads[],
  settings: Pick<StudySettings, 'sizes' | 'refreshMs' | 'loadMs' | 'seed'>,
  catalogue: readonly Product[],
): CacheStudyRow[] {
  if (records.length === 0) return [];
  return settings.sizes.flatMap((size) => {
    const hotSet = hotSetOf(catalogue, size);
    const lifetimeReads = expectTtl(popularityShares(catalogue.length), size).lifetimeReads;
    const runs = records.map((record) => {
      const ttlMs = lifetimeReads * msPerRead(record);
      const expected = {
        'read-through': expectLruOfRecord(record.counts, size),
        ttl: expectTtlOfRecord(record.counts, lifetimeReads),
      };
      return { record, all: candidates(settings, { size, ttlMs, hotSet, expected }) };
    });
    const [first] = runs;
    return (first?.all ?? []).map(({ policy }, index) => {
      const replayed = runs.flatMap(({ record, all }) => {
        const candidate = all[index];
        if (candidate === undefined) return [];
        const refreshMs = policy === 'worker' ? settings.refreshMs : null;
        const { accesses, warmUpReads } = record;
        return [replay(accesses, candidate.cache, { warmUpReads, refreshMs })];
      });
      const expectations = runs.map(({ all }) => all[index]?.expected ?? null);
      return {
        law: RECORDED_LAW,
        size,
        policy,
        ...together(replayed),
        expectedHitRatio: meanOf(expectations),
      };
    });
  });
}

/** What the model of a live cache, with that cache's settings, makes of the reads that the cache was asked. */
export function replayAsLive(
  records: readonly RecordedReads[],
  cache: Scenario['cache'],
  settings: { loadMs: number; catalogue: readonly Product[] },
): number | null {
  const hotSet = hotSetOf(settings.catalogue, cache.size);
  const replayed = records.map(({ accesses, warmUpReads }) => {
    const model = CACHE_MODELS[cache.policy]({
      sizeCount: cache.size,
      ttlMs: cache.ttlMs,
      // Chance has no part in what is compared with a live cache.
      earlyRefreshBeta: 0,
      loadMs: settings.loadMs,
      refreshEveryMs: cache.refreshMs,
      hotKeys: () => hotSet,
      maxBytes: Infinity,
      bytesOf: () => 1,
      random: () => 0.5,
    });
    return replay(accesses, model, {
      warmUpReads,
      refreshMs: cache.policy === 'worker' ? cache.refreshMs : null,
    });
  });
  const { readCount, hitRatio } = together(replayed);
  return readCount === 0 ? null : hitRatio;
}

/** Theory of the records' popularity for an LRU of `size` entries, as a mean; null where one is too short. */
export function expectOfRecords(records: readonly RecordedReads[], size: number): number | null {
  return meanOf(records.map(({ counts }) => expectLruOfRecord(counts, size)));
}

function meanOf(expectations: readonly (CacheExpectation | null)[]): number | null {
  const ratios = expectations.flatMap((expected) => (expected === null ? [] : [expected.hitRatio]));
  if (ratios.length === 0 || ratios.length < expectations.length) return null;
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

function together(replayed: readonly ReplayResult[]) {
  const sum = (read: (result: ReplayResult) => number) =>
    replayed.reduce((total, result) => total + read(result), 0);
  const [readCount, hitCount] = [sum((result) => result.readCount), sum((result) => result.hitCount)];
  return {
    readCount,
    hitCount,
    hitRatio: readCount === 0 ? 0 : hitCount / readCount,
    loadCount: sum((result) => result.loadCount),
    staleCount: sum((result) => result.staleCount),
    stalestMs: Math.max(0, ...replayed.map(({ stalestMs }) => stalestMs)),
  };
}

/** Between two product pages of the span. */
function msPerRead({ accesses, warmUpReads }: RecordedReads): number {
  const reads = accesses.filter(({ is }) => is === 'read').slice(warmUpReads);
  return (reads.at(-1)?.atMs ?? 0) / Math.max(1, reads.length);
}

/** As the cache worker chooses: the most popular, and the newest of the others. */
function hotSetOf(catalogue: readonly Product[], size: number): Set<number> {
  const popular = catalogue.toSorted((a, b) => b.orderCount - a.orderCount || b.id - a.id);
  const chosen = new Set(
    popular.slice(0, Math.round(size * HOT_SET.popularProductsRatio)).map(({ id }) => id),
  );
  const newest = catalogue.toSorted((a, b) => b.registeredAtMs - a.registeredAtMs || b.id - a.id);
  for (const { id } of newest) {
    if (chosen.size >= size) break;
    chosen.add(id);
  }
  return chosen;
}
