// Records of a law that is known: what is read from a record must be what the law says.
import { describe, expect, it } from 'vitest';
import { expectLru, expectTtl } from './cache-theory.ts';
import { expectLruOfRecord, expectTtlOfRecord } from './cache-theory-of-record.ts';

const PRODUCTS = 20_000;
const weights = Array.from({ length: PRODUCTS }, (_, rank) => (rank + 5) ** -0.9);
const total = weights.reduce((sum, weight) => sum + weight, 0);
const shares = weights.map((weight) => weight / total);

/** Reads of each product that was read; a small generator of its own, always the same. */
function record(readCount: number): number[] {
  let state = 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const until: number[] = [];
  let sum = 0;
  for (const share of shares) {
    sum += share;
    until.push(sum);
  }
  const counts = new Map<number, number>();
  for (let read = 0; read < readCount; read += 1) {
    const at = uniform();
    let [low, high] = [0, PRODUCTS - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((until[middle] ?? 1) < at) low = middle + 1;
      else high = middle;
    }
    counts.set(low, (counts.get(low) ?? 0) + 1);
  }
  return [...counts.values()];
}

describe('a record of a known law', () => {
  const counts = record(8_000);

  it('tells what the law says of an LRU, where shares taken from it would flatter the cache', () => {
    const expected = expectLru(shares, 1_000);
    const found = expectLruOfRecord(counts, 1_000);
    expect(Math.abs((found?.hitRatio ?? 0) - expected.hitRatio)).toBeLessThan(0.01);
    expect(Math.abs((found?.lifetimeReads ?? 0) / expected.lifetimeReads - 1)).toBeLessThan(0.05);
    expect(found?.entryCount).toBeCloseTo(1_000, 6);
    const asIfTheLaw = expectLru(
      counts.map((count) => count / 8_000),
      1_000,
    );
    expect(asIfTheLaw.hitRatio).toBeGreaterThan(expected.hitRatio + 0.03);
  });

  it('tells what the law says of lifetimes', () => {
    const expected = expectTtl(shares, 1_000);
    const found = expectTtlOfRecord(counts, expected.lifetimeReads);
    expect(Math.abs((found?.hitRatio ?? 0) - expected.hitRatio)).toBeLessThan(0.01);
    expect(Math.abs((found?.entryCount ?? 0) - 1_000)).toBeLessThan(20);
  });
});

it('tells nothing from a record that is too short for the cache', () => {
  expect(expectLruOfRecord([3, 2, 1], 3)).toBeNull();
  expect(expectTtlOfRecord([5, 5], 5)).toBeNull();
});

it('counts no hit of what was read once, and none but the first read as a miss of what is always there', () => {
  expect(expectLruOfRecord(Array(50).fill(1), 10)?.hitRatio).toBe(0);
  const [one] = [expectTtlOfRecord([1_000], 100)];
  expect(one?.hitRatio).toBeGreaterThan(0.98);
});

it('refuses a cache without room', () => {
  expect(() => expectLruOfRecord([1, 2], 0)).toThrow('room for at least one entry');
});
