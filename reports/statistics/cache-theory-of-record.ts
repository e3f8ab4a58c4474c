// What theory says a cache hits whose reads were recorded: the popularity is that of the record itself. Shares taken from a record of
// N reads as if they were the law would flatter every cache, for whatever was read once would count as a product with a share of
// 1/N that is read again. So the formulas are those of the record's reads in random order, which is what N reads of the law are:
// their means over such records are Che's and the lifetimes' formulas of the law.
import type { CacheExpectation } from './cache-theory.ts';

/** Halvings of the bracket; 60 reach the last bit. */
const HALVING_COUNT = 60;

/**
 * Che's approximation for a cache of `size` entries that evicts the least recently read: within T of the N reads, a product with c
 * reads is read at all with 1 − (1 − T/N)^c, which adds up to `size`; a read of it hits when one of the other c − 1 lies within T
 * before it. Null where the record is too short: all its products together fill no more than the cache.
 * @param counts how often each product was read, of those that were
 */
export function expectLruOfRecord(counts: readonly number[], size: number): CacheExpectation | null {
  if (!(size > 0)) throw new RangeError(`size is ${size}; a cache needs room for at least one entry`);
  if (counts.length <= size) return null;
  const { readCount, groups } = grouped(counts);
  const entriesAt = (lifetimeReads: number) =>
    groups.reduce(
      (sum, { count, products }) => sum + products * heldRatio(lifetimeReads / readCount, count),
      0,
    );
  let low = 0;
  let high = readCount;
  for (let halving = 0; halving < HALVING_COUNT; halving += 1) {
    const middle = (low + high) / 2;
    if (entriesAt(middle) < size) low = middle;
    else high = middle;
  }
  const lifetimeReads = (low + high) / 2;
  const hits = groups.reduce(
    (sum, { count, products }) => sum + products * count * heldRatio(lifetimeReads / readCount, count - 1),
    0,
  );
  return { hitRatio: hits / readCount, entryCount: entriesAt(lifetimeReads), lifetimeReads };
}

/** A record must hold so many lifetimes for what lies beyond its ends not to matter. */
const LEAST_LIFETIMES = 4;
/** Of the integral over u: its reach, where e^(−u) is 10⁻⁹, and its steps. */
const REACH = 20;
const STEP_COUNT = 400;

/**
 * A cache whose entries live `lifetimeReads` reads from the load. Of product i one read in 1 + λᵢT loads, which is the mean of
 * e^(−λᵢTu) over u of an exponential distribution; a record tells e^(−λᵢτ) as (1 − τ/N)^(c − 1). Null where the record is
 * shorter than four lifetimes.
 */
export function expectTtlOfRecord(counts: readonly number[], lifetimeReads: number): CacheExpectation | null {
  const { readCount, groups } = grouped(counts);
  if (readCount < LEAST_LIFETIMES * lifetimeReads) return null;
  const loads = groups.reduce(
    (sum, { count, products }) => sum + products * count * loadRatio(lifetimeReads / readCount, count - 1),
    0,
  );
  // By Little's law: a load a read, each for a lifetime.
  return { hitRatio: 1 - loads / readCount, entryCount: (loads / readCount) * lifetimeReads, lifetimeReads };
}

/** Whether any of `count` reads, anywhere in the record, lies within a stretch of `ratio` of it. */
const heldRatio = (ratio: number, count: number): number => (count === 0 ? 0 : 1 - (1 - ratio) ** count);

/** Simpson's rule for ∫ e^(−u) (1 − ratio·u)^others du; nothing was read beyond the record. */
function loadRatio(ratio: number, others: number): number {
  if (others === 0) return 1;
  const step = REACH / STEP_COUNT;
  const at = (index: number): number => {
    const u = index * step;
    return Math.exp(-u) * Math.max(0, 1 - ratio * u) ** others;
  };
  let sum = at(0) + at(STEP_COUNT);
  for (let index = 1; index < STEP_COUNT; index += 1) sum += (index % 2 === 0 ? 2 : 4) * at(index);
  return (sum * step) / 3;
}

/** Products that were read equally often are one group. */
function grouped(counts: readonly number[]) {
  const byCount = new Map<number, number>();
  for (const count of counts) if (count > 0) byCount.set(count, (byCount.get(count) ?? 0) + 1);
  const groups = [...byCount].map(([count, products]) => ({ count, products }));
  return { groups, readCount: groups.reduce((sum, { count, products }) => sum + count * products, 0) };
}
