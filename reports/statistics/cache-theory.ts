// What theory says a cache of a catalogue hits: independent reads whose shares of the products are known.

/** A cache's expected state in the long run. */
export type CacheExpectation = {
  /** Share of reads that hit. */
  hitRatio: number;
  /** Mean number of entries held. */
  entryCount: number;
  /** In reads, not in time: how long an entry lives unread. Infinity when everything fits. */
  lifetimeReads: number;
};

/**
 * Che's approximation of a cache of `size` entries that evicts the least recently read (Che, Tung, Wang 2002): the
 * characteristic time T solves Σ(1 − e^(−pᵢT)) = size, and product i hits with 1 − e^(−pᵢT). `shares` add up to 1.
 */
export function expectLru(shares: ArrayLike<number>, size: number): CacheExpectation {
  return expectInvalidatedLru(shares, size, 0);
}

/**
 * The same where a write takes the copy away, with `writesPerRead` writes of every product for each of its reads (w). A copy is there when
 * the last of either within T was a read: product i hits with (1 − e^(−(1+w)·pᵢT)) / (1 + w).
 */
export function expectInvalidatedLru(
  shares: ArrayLike<number>,
  size: number,
  writesPerRead: number,
): CacheExpectation {
  const events = 1 + writesPerRead;
  return expect(shares, size, (mean) => -Math.expm1(-events * mean) / events);
}

/**
 * A cache whose entries live T from the load, read or not, with T such that it holds `size` entries on average: product i
 * hits with λᵢT / (1 + λᵢT). `shares` add up to 1.
 */
export function expectTtl(shares: ArrayLike<number>, size: number): CacheExpectation {
  return expect(shares, size, ttlHitRatio);
}

/** A set that is chosen beforehand: it hits whatever it holds. */
export function expectFixedSet(shares: ArrayLike<number>, held: Iterable<number>): CacheExpectation {
  let hitRatio = 0;
  let entryCount = 0;
  for (const index of held) {
    hitRatio += shares[index] ?? 0;
    entryCount += 1;
  }
  return { hitRatio, entryCount, lifetimeReads: Infinity };
}

/** `mean`: expected reads of the product within an entry's life. */
type HitRatioOf = (mean: number) => number;
const ttlHitRatio: HitRatioOf = (mean) => mean / (1 + mean);

/** Stands for infinity where that would be divided by itself. */
const MANY_READS = 1e15;
/** Halvings of the bracket; 60 reach the last bit of T. */
const HALVING_COUNT = 60;

function expect(shares: ArrayLike<number>, size: number, hitRatioOf: HitRatioOf): CacheExpectation {
  if (!(size > 0)) throw new RangeError(`size is ${size}; a cache needs room for at least one entry`);
  // What is never read is never held.
  const readCount = Array.from(shares).filter((share) => share > 0).length;
  const most = hitRatioOf(MANY_READS);
  if (size >= readCount * most)
    return { hitRatio: most, entryCount: readCount * most, lifetimeReads: Infinity };
  let low = 0;
  let high = 1;
  while (expectAt(shares, high, hitRatioOf).entryCount < size) high *= 2;
  for (let halving = 0; halving < HALVING_COUNT; halving += 1) {
    const middle = (low + high) / 2;
    if (expectAt(shares, middle, hitRatioOf).entryCount < size) low = middle;
    else high = middle;
  }
  return expectAt(shares, (low + high) / 2, hitRatioOf);
}

function expectAt(
  shares: ArrayLike<number>,
  lifetimeReads: number,
  hitRatioOf: HitRatioOf,
): CacheExpectation {
  let hitRatio = 0;
  let entryCount = 0;
  for (let index = 0; index < shares.length; index += 1) {
    const share = shares[index] ?? 0;
    const held = hitRatioOf(share * lifetimeReads);
    hitRatio += share * held;
    entryCount += held;
  }
  return { hitRatio, entryCount, lifetimeReads };
}
