import { describe, expect, it } from 'vitest';
import { expectFixedSet, expectInvalidatedLru, expectLru, expectTtl } from './cache-theory.ts';

function zipf(exponent: number, count = 20_000): number[] {
  const weights = Array.from({ length: count }, (_, index) => (index + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

describe('a cache in theory', () => {
  // docs/realism.md, "Cache theory".
  it.for([
    [0.7, 200, 0.094],
    [0.7, 1_000, 0.236],
    [0.7, 4_000, 0.474],
    [0.871, 200, 0.253],
    [0.871, 1_000, 0.437],
    [0.871, 4_000, 0.653],
    [1, 200, 0.431],
    [1, 1_000, 0.614],
    [1, 4_000, 0.784],
  ] as const)('Zipf %d, %d entries: the least recently read leaves, %d hit', ([exponent, size, hitRatio]) => {
    const expected = expectLru(zipf(exponent), size);
    expect(expected.hitRatio).toBeCloseTo(hitRatio, 3);
    expect(expected.entryCount).toBeCloseTo(size, 3);
  });

  it('hits everything when everything that is read fits', () => {
    expect(expectLru([0.5, 0.5, 0], 2)).toEqual({ hitRatio: 1, entryCount: 2, lifetimeReads: Infinity });
  });

  it('hits less with lifetimes than by recency, at the same mean size', () => {
    const shares = zipf(1);
    const ttl = expectTtl(shares, 1_000);
    expect(ttl.entryCount).toBeCloseTo(1_000, 3);
    expect(ttl.hitRatio).toBeLessThan(expectLru(shares, 1_000).hitRatio);
  });

  it('loses to writes at most their share, and never fills up with what they took', () => {
    const shares = zipf(0.871);
    const written = expectInvalidatedLru(shares, 1_000, 0.25);
    expect(written.entryCount).toBeCloseTo(1_000, 3);
    expect(written.hitRatio).toBeLessThan(expectLru(shares, 1_000).hitRatio);
    expect(expectInvalidatedLru([0.5, 0.5], 2, 0.25)).toMatchObject({ hitRatio: 0.8, entryCount: 1.6 });
  });

  it('of a chosen set hits the shares of the set', () => {
    expect(expectFixedSet([0.5, 0.3, 0.2], [0, 2]).hitRatio).toBeCloseTo(0.7);
  });

  it('refuses a size that means nothing', () => {
    expect(() => expectLru([1], 0)).toThrow('size is 0');
  });
});
