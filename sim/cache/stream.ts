// What is asked of the shop's products over time: reads and writes in order, drawn from a law of popularity.
import type { Random } from '../model/chance/random.ts';
import { cumulate, indexedDraw } from '../model/chance/weighted-choice.ts';

/** `product` is an index into the catalogue; a write is a change of price or stock, after which old copies are stale. */
export type CacheAccess = { is: 'read' | 'write'; product: number; atMs: number };

export type AccessLaw = {
  /** Shares of the products in all reads; they add up to 1. */
  shares: Float64Array;
  readsPerSecond: number;
  /** Writes go to products as their sales do, by the same shares. */
  writesPerSecond: number;
};

/** Shares of Zipf's law: rank k has a weight of k^(−exponent). */
export function zipfShares(count: number, exponent: number): Float64Array {
  const weights = Float64Array.from({ length: count }, (_, index) => (index + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Independent reads and writes, each a Poisson process, until `readCount` reads were given. */
export function* drawAccesses(law: AccessLaw, readCount: number, random: Random): Generator<CacheAccess> {
  const product = indexedDraw(cumulate(law.shares));
  const perSecond = law.readsPerSecond + law.writesPerSecond;
  let atMs = 0;
  let reads = 0;
  while (reads < readCount) {
    atMs += random.exponential(perSecond) * 1_000;
    const isRead = random.uniform() * perSecond < law.readsPerSecond;
    if (isRead) reads += 1;
    yield { is: isRead ? 'read' : 'write', product: product(random), atMs };
  }
}
