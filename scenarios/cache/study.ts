// The replay of `cache-hit-rate`: the same reads through every policy at several sizes and laws of popularity, beside what
// theory expects. It needs no service and takes seconds.
import {
  type CacheExpectation,
  expectFixedSet,
  expectInvalidatedLru,
  expectLru,
  expectTtl,
} from '../../reports/statistics/cache-theory.ts';
import {
  hotSetCache,
  lruCache,
  noCache,
  type ReplayCache,
  sampledLruCache,
  ttlCache,
  writeInvalidatedCache,
} from '../../sim/cache/policies.ts';
import { type ReplayResult, replay } from '../../sim/cache/replay.ts';
import { drawAccesses, zipfShares } from '../../sim/cache/stream.ts';
import { popularityShares } from '../../sim/model/catalogue/popularity.ts';
import { createRandom } from '../../sim/model/chance/random.ts';

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

/** One policy at one size under one law. */
export type StudyRow = ReplayResult & {
  law: keyof typeof LAWS;
  size: number;
  policy: ReplayPolicyName;
  hitRatio: number;
  /** What theory expects; null where there is no formula for this policy. */
  expectedHitRatio: number | null;
};

export type ReplayPolicyName =
  | 'none'
  | 'worker'
  | 'read-through'
  | 'redis-lru'
  | 'ttl'
  | 'ttl-early'
  | 'write-invalidate';

type Candidate = {
  policy: ReplayPolicyName;
  cache: ReplayCache;
  /** What decides how long it takes until the hit ratio is steady, and what it should come to. */
  expected: CacheExpectation | null;
};

/** Characteristic times until a cache is as full as it gets. */
const WARM_UP_LIFETIMES = 3;
/** Shares of the popular in the hot set; the rest are the newest (docs/shop-rules.md). */
const POPULAR_RATIO = 0.7;
/** An entry of Redis differs in size from product to product, as names do. */
const ENTRY_BYTES = { least: 400, most: 900 };
const EARLY_BETA = 1;

/** Rows by law, size and policy; the same seed gives the same rows. */
export function studyCaches(settings: StudySettings): StudyRow[] {
  const { laws, sizes, seed } = settings;
  return laws.flatMap((law) => {
    const shares = LAWS[law](settings.productCount);
    return sizes.flatMap((size) => {
      const characteristic = expectLru(shares, size).lifetimeReads;
      const warmUpReads = Number.isFinite(characteristic) ? Math.ceil(WARM_UP_LIFETIMES * characteristic) : 0;
      return candidates(settings, shares, size).map(({ policy, cache, expected }) => {
        const accesses = drawAccesses(
          {
            shares,
            readsPerSecond: settings.readsPerSecond,
            writesPerSecond: settings.readsPerSecond * settings.writesPerRead,
          },
          warmUpReads + settings.readCount,
          createRandom(seed, 'cache-study', law),
        );
        const result = replay(accesses, cache, warmUpReads);
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

function candidates(settings: StudySettings, shares: Float64Array, size: number): Candidate[] {
  const { readsPerSecond, writesPerRead, refreshMs, loadMs, seed } = settings;
  const lru = expectLru(shares, size);
  const ttl = expectTtl(shares, size);
  const ttlMs = (ttl.lifetimeReads / readsPerSecond) * 1_000;
  const hotSet = chooseHotSet(shares.length, size, seed);
  const meanBytes = (ENTRY_BYTES.least + ENTRY_BYTES.most) / 2;
  const random = (name: string) => createRandom(seed, 'cache-study', name, size);
  return [
    { policy: 'none', cache: noCache(), expected: expectFixedSet(shares, []) },
    {
      policy: 'worker',
      cache: hotSetCache(refreshMs, () => hotSet),
      expected: expectFixedSet(shares, hotSet),
    },
    { policy: 'read-through', cache: lruCache(size), expected: lru },
    {
      policy: 'redis-lru',
      cache: sampledLruCache(size * meanBytes, entryBytes, random('samples')),
      expected: null,
    },
    { policy: 'ttl', cache: ttlCache(ttlMs), expected: ttl },
    {
      policy: 'ttl-early',
      cache: ttlCache(ttlMs, { beta: EARLY_BETA, loadMs, random: random('early') }),
      expected: null,
    },
    {
      policy: 'write-invalidate',
      cache: writeInvalidatedCache(size),
      expected: expectInvalidatedLru(shares, size, writesPerRead),
    },
  ];
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
