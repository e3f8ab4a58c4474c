// The study of caches as a result has it: what was replayed, how far that lies from theory, and the live caches of the run
// beside both.
import { existsSync } from 'node:fs';
import type { CacheStudy, CacheStudyRow, Expiry } from '../../reports/record/cache-study.ts';
import type { RunEvent, RunResult } from '../../reports/record/result.ts';
import { plainValueOf } from '../../reports/words/metric-names.ts';
import { readsFileOf } from '../../sim/generator/reads-file.ts';
import type { Product } from '../../sim/model/catalogue/catalogue.ts';
import { CACHE_STALENESS } from '../../system/contract/cache.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { worldOf } from '../scenario/world.ts';
import { besideOthers, flushIn, refreshesIn, refreshSeconds } from './live-pages.ts';
import { type RecordedReads, recordedReads } from './recorded-reads.ts';
import { expectOfRecords, replayAsLive, studyRecorded } from './recorded-study.ts';
import { LAWS, studyCaches } from './study.ts';

/** How far a replay may lie from what theory expects of it. */
export const REPLAY_LIMIT_RATIO = 0.02;
/** And how far the live hit ratio of `read-through` may. */
const LIVE_LIMIT_RATIO = 0.03;

/**
 * Replays what the scenario asks for; some seconds for 200,000 reads.
 * @throws Error when a model lies further from theory than it may: whatever is compared with it would mean nothing
 */
export function replayCaches(scenario: Scenario, seed: number): CacheStudyRow[] {
  const { cacheReplay, cache, data } = scenario;
  if (cacheReplay === undefined) return [];
  const { reads, ...settings } = cacheReplay;
  const rows = studyCaches({
    ...settings,
    productCount: data.products,
    laws: Object.keys(LAWS) as (keyof typeof LAWS)[],
    refreshMs: cache.refreshMs,
    readCount: reads,
    seed,
  });
  const far = rows.find(
    ({ hitRatio, expectedHitRatio }) =>
      expectedHitRatio !== null && Math.abs(hitRatio - expectedHitRatio) > REPLAY_LIMIT_RATIO,
  );
  if (far !== undefined)
    throw new Error(
      `The replay of ${far.policy} with ${far.size} entries (${far.law}) hit ${far.hitRatio.toFixed(3)}, theory expects ${far.expectedHitRatio?.toFixed(3)}; needed: within ${REPLAY_LIMIT_RATIO}. Next: more reads (cacheReplay.reads), or look at system/contract/cache-models.ts`,
    );
  return rows;
}

/** "at most 50 s", "until it is evicted", "not at all": what the policy promises while everything works. */
function stalenessText({ policy, ttlMs, refreshMs }: Scenario['cache']): string {
  const { usual } = CACHE_STALENESS[policy];
  if (usual === 'none') return 'not at all';
  if (usual === 'unbounded') return 'until it is evicted';
  return `at most ${(usual === 'CACHE_TTL_MS' ? ttlMs : refreshMs) / 1_000} s`;
}

/** A live variant: its settings, its single runs, what they measured, and when they were struck. */
export type LiveVariant = {
  name: string;
  scenario: Scenario;
  directories: readonly string[];
  metrics: RunResult['variants'][string]['metrics'];
  events: readonly RunEvent[];
};

/** Undefined where nothing is replayed. Some seconds: what the shoppers read goes through every policy again. */
export function summariseStudy(
  scenario: Scenario,
  rows: CacheStudyRow[],
  variants: readonly LiveVariant[],
): CacheStudy | undefined {
  const { cacheReplay, cache, data } = scenario;
  if (cacheReplay === undefined) return undefined;
  const residuals = rows.flatMap(({ hitRatio, expectedHitRatio }) =>
    expectedHitRatio === null ? [] : [Math.abs(hitRatio - expectedHitRatio)],
  );
  const catalogue = worldOf(scenario).products;
  const compared = variants.filter(({ scenario: { fault } }) => fault === undefined);
  const record = recordOf(compared);
  const { sizes, loadMs } = cacheReplay;
  const recorded = studyRecorded(
    record?.reads ?? [],
    { sizes, loadMs, refreshMs: cache.refreshMs, seed: data.seed },
    catalogue,
  );
  return {
    productCount: data.products,
    writesPerRead: cacheReplay.writesPerRead,
    limitRatio: REPLAY_LIMIT_RATIO,
    largestResidualRatio: Math.max(0, ...residuals),
    rows: [...rows, ...recorded],
    live: compared.flatMap((variant) => liveOf(variant, { loadMs, catalogue })),
    liveLimitRatio: LIVE_LIMIT_RATIO,
    ...(record === null ? {} : { record: record.summary }),
    ...flushOf(variants),
  };
}

/** Shoppers of every block, each once: variants of a block have the same plan. Those without a cache are taken where there are any. */
function recordOf(variants: readonly LiveVariant[]) {
  const taken = variants.find(({ scenario }) => scenario.cache.policy === 'none') ?? variants[0];
  const reads = taken === undefined ? [] : readsOf(taken);
  if (taken === undefined || reads.length === 0) return null;
  const products = new Set<number>();
  let readCount = 0;
  for (const { accesses } of reads)
    for (const { is, product, atMs } of accesses) {
      if (is === 'write' || atMs < 0) continue;
      products.add(product);
      readCount += 1;
    }
  const summary = { variant: taken.name, cells: reads.length, readCount, productCount: products.size };
  return { reads, summary };
}

/** None where an older version ran a cell of it, which noted no reads. */
function readsOf({ directories, scenario: { load } }: LiveVariant): RecordedReads[] {
  if (!directories.every((directory) => existsSync(readsFileOf(directory)))) return [];
  return directories.map((directory) => recordedReads(directory, load));
}

function liveOf(
  variant: LiveVariant,
  settings: { loadMs: number; catalogue: readonly Product[] },
): CacheStudy['live'] {
  const { name, scenario, directories, metrics } = variant;
  const { cache, load } = scenario;
  const redisMb = plainValueOf(metrics, 'redis.growthMb')?.value ?? null;
  const reads = readsOf(variant);
  const common = { variant: name, policy: cache.policy, size: cache.size, redisMb };
  if (cache.policy === 'none')
    return [{ ...common, hitRatio: null, expectedHitRatio: null, staleness: stalenessText(cache) }];
  const isWorker = cache.policy === 'worker';
  return [
    {
      ...common,
      hitRatio: plainValueOf(metrics, 'cache.productHitRatio')?.value ?? null,
      expectedHitRatio: cache.policy === 'read-through' ? expectOfRecords(reads, cache.size) : null,
      replayedHitRatio: replayAsLive(reads, cache, settings),
      refreshes: isWorker ? refreshesIn(directories, load.durationSeconds) : null,
      expiry: expiryOf(variant, reads),
      staleness: stalenessText(cache),
    },
  ];
}

/** Where entries have an end, the fifth of the span in which most of them end. */
const BUSIEST_RATIO = 0.2;

function expiryOf({ scenario, directories }: LiveVariant, reads: readonly RecordedReads[]): Expiry | null {
  const { cache, load } = scenario;
  const { durationSeconds } = load;
  if (cache.policy === 'worker')
    return besideOthers(
      'a refresh, with the second before and after',
      directories.map((directory) => refreshSeconds(directory, durationSeconds)),
      durationSeconds,
    );
  if (CACHE_STALENESS[cache.policy].worst !== 'CACHE_TTL_MS') return null;
  const count = Math.max(1, Math.round(durationSeconds * BUSIEST_RATIO));
  const chosen = reads.map(({ loadedAtMs }, index) => {
    const ends = new Map<number, number>();
    for (const atMs of loadedAtMs) {
      const second = Math.floor((atMs + cache.ttlMs) / 1_000);
      if (second >= 0 && second < durationSeconds) ends.set(second, (ends.get(second) ?? 0) + 1);
    }
    const busiest = [...ends].sort(([, a], [, b]) => b - a).slice(0, count);
    return { directory: directories[index] ?? '', seconds: new Set(busiest.map(([second]) => second)) };
  });
  return besideOthers(`the ${count} s in which most entries ended`, chosen, durationSeconds);
}

/** Of the run in which Redis lost its keys. */
function flushOf(variants: readonly LiveVariant[]): Pick<CacheStudy, 'flush'> {
  for (const { name, scenario, directories, events } of variants) {
    const [event] = events;
    const [directory] = directories;
    if (scenario.fault?.name !== 'redis-flush' || event === undefined || directory === undefined) continue;
    const found = flushIn(directory, event.second, scenario.load.durationSeconds);
    return { flush: { variant: name, policy: scenario.cache.policy, ...found } };
  }
  return {};
}
