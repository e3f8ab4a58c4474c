// The replay of `cache-hit-rate`: the same reads through every policy at several sizes and laws of popularity, beside what
// theory expects. It needs no service and takes seconds.
import type { CacheStudyRow } from '../../reports/record/cache-study.ts';
import {
  type CacheExpectation,
  expectFixedSet,
  expectInvalidatedLru,
  expectLru,
  expectTtl,
} from '../../reports/statistics/cache-theory.ts';
import { replay } from '../../sim/cache/replay.ts';
import { drawAccesses, zipfShares } from '../../sim/cache/stream.ts';
import { popularityShares } from '../../sim/model/catalogue/popularity.ts';
import { createRandom } from '../../sim/model/chance/random.ts';
import { HOT_SET } from '../../system/contract/cache.ts';
import {
  CACHE_MODELS,
  type CacheModel,
  type CacheModelSettings,
} from '../../system/contract/cache-models.ts';

/** Laws of popularity by name: the catalogue's own, and one whose head is heavier. */
export const LAWS = {
  catalogue: popularityShares,
  'zipf-1': (count: number) => zipfShares(count, 1),
} as const satisfies Record<string, (count: number) => Float64Array>;

export type StudySettings = {
  productCount: number;
  sizes: readonly number[];
  laws: readonly (keyof typeof LAWS)[];
  readsPerSecond: number;
  /** Changes of price or stock for each read. */
  writesPerRead: number;
  /** Between two refreshes of the hot set. */
  refreshMs: number;
  /** How long a load takes, which is what early refresh goes by. */
  loadMs: number;
  /** Counted reads of each replay, after the warm-up. */
  readCount: number;
  seed: number;
};

type ReplayPolicyName =
  | 'none'
  | 'worker'
  | 'read-through'
  | 'redis-lru'
  | 'ttl'
  | 'ttl-early'
  | 'write-invalidate';

type Candidate = {
  policy: ReplayPolicyName;
  cache: CacheModel;
  /** What decides how long it takes until the hit ratio is steady, and what it should come to. */
  expected: CacheExpectation | null;
};

/** Characteristic times until a cache is as full as it gets. */
const WARM_UP_LIFETIMES = 3;
/** Shares of the popular in the hot set; the rest are the newest (docs/shop-rules.md). */
const POPULAR_RATIO = HOT_SET.popularProductsRatio;
/** An entry of Redis differs in size from product to product, as names do. */
const ENTRY_BYTES = { least: 400, most: 900 };
const EARLY_BETA = 1;

/** Rows by law, size and policy; the same seed gives the same rows. */
export function studyCaches(settings: StudySettings): CacheStudyRow[] {
  const { laws, sizes, seed } = settings;
  return laws.flatMap((law) => {
    const shares = LAWS[law](settings.productCount);
    return sizes.flatMap((size) => {
      const characteristic = expectLru(shares, size).lifetimeReads;
      const warmUpReads = Number.isFinite(characteristic) ? Math.ceil(WARM_UP_LIFETIMES * characteristic) : 0;
      const ttl = expectTtl(shares, size);
      const hotSet = chooseHotSet(shares.length, size, seed);
      const own = {
        size,
        ttlMs: (ttl.lifetimeReads / settings.readsPerSecond) * 1_000,
        hotSet,
        expected: {
          none: expectFixedSet(shares, []),
          worker: expectFixedSet(shares, hotSet),
          'read-through': expectLru(shares, size),
          ttl,
          'write-invalidate': expectInvalidatedLru(shares, size, settings.writesPerRead),
        },
      };
      return candidates(settings, own).map(({ policy, cache, expected }) => {
        const accesses = drawAccesses(
          {
            shares,
            readsPerSecond: settings.readsPerSecond,
            writesPerSecond: settings.readsPerSecond * settings.writesPerRead,
          },
          warmUpReads + settings.readCount,
          createRandom(seed, 'cache-study', law),
        );
        const refreshMs = policy === 'worker' ? settings.refreshMs : null;
        const result = replay(accesses, cache, { warmUpReads, refreshMs });
        return {
          law,
          size,
          policy,
          ...result,
          hitRatio: result.hitCount / result.readCount,
          expectedHitRatio: expected?.hitRatio ?? null,
        };
      });
    });
  });
}

/** All policies at one size, as the replays of a law and of a record have them. */
export type CandidatesOf = {
  size: number;
  ttlMs: number;
  hotSet: ReadonlySet<number>;
  /** What theory expects; without an entry there is no formula. */
  expected: Partial<Record<ReplayPolicyName, CacheExpectation | null>>;
};

export function candidates(
  { refreshMs, loadMs, seed }: Pick<StudySettings, 'refreshMs' | 'loadMs' | 'seed'>,
  { size, ttlMs, hotSet, expected }: CandidatesOf,
): Candidate[] {
  const random = createRandom(seed, 'cache-study', 'cache', size);
  const usual: CacheModelSettings = {
    sizeCount: size,
    ttlMs,
    earlyRefreshBeta: 0,
    loadMs,
    refreshEveryMs: refreshMs,
    hotKeys: () => hotSet,
    maxBytes: (size * (ENTRY_BYTES.least + ENTRY_BYTES.most)) / 2,
    bytesOf: entryBytes,
    random: () => random.uniform(),
  };
  const early = { ...usual, earlyRefreshBeta: EARLY_BETA };
  // Entries of a cache that writes keep true need no end.
  const endless = { ...usual, ttlMs: Infinity };
  const models: [ReplayPolicyName, CacheModel][] = [
    ['none', CACHE_MODELS.none(usual)],
    ['worker', CACHE_MODELS.worker(usual)],
    ['read-through', CACHE_MODELS['read-through'](usual)],
    ['redis-lru', CACHE_MODELS['redis-lru'](usual)],
    ['ttl', CACHE_MODELS.ttl(usual)],
    ['ttl-early', CACHE_MODELS.ttl(early)],
    ['write-invalidate', CACHE_MODELS['write-invalidate'](endless)],
  ];
  return models.map(([policy, cache]) => ({ policy, cache, expected: expected[policy] ?? null }));
}

/** Products in the order of their popularity: the first ones, and new ones, which may be anything. */
function chooseHotSet(productCount: number, size: number, seed: number): Set<number> {
  const random = createRandom(seed, 'cache-study', 'new products');
  const held = new Set<number>();
  const popularCount = Math.min(productCount, Math.round(size * POPULAR_RATIO));
  for (let rank = 0; rank < popularCount; rank += 1) held.add(rank);
  while (held.size < Math.min(size, productCount)) held.add(random.integer(0, productCount - 1));
  return held;
}

/** The same for the same product. */
function entryBytes(product: number): number {
  const { least, most } = ENTRY_BYTES;
  return least + ((product * 7_919) % (most - least + 1));
}
