import { median, min } from 'simple-statistics';
import { expect, it } from 'vitest';
import { growthMb, memoryGrowthMb, shopMemoryMb } from './memory-growth.ts';

const MB = 1e6;

it('does not count what a process takes while it gets warm', () => {
  const bytes = Array.from({ length: 100 }, (_, second) => (second < 15 ? second * 10 * MB : 150 * MB));
  expect(growthMb(bytes, median)).toBe(0);
});

it('sees a steady leak as what it adds between the two windows', () => {
  const bytes = Array.from({ length: 100 }, (_, second) => second * MB);
  expect(growthMb(bytes, median)).toBe(60);
});

it('looks below the saw teeth of a collected heap', () => {
  const bytes = Array.from({ length: 100 }, (_, second) => (50 + (second % 7) * 10) * MB);
  expect(growthMb(bytes, min)).toBe(0);
});

it('is no number, and so no pass, where too little was seen', () => {
  expect(growthMb([1, 2, 3], median)).toBeNaN();
});

it('tells by how much the shop’s own processes, the generator and the rehearsal grew', () => {
  const seconds = Array.from({ length: 100 }, (_, second) => ({
    api: 100e6 + second * 1e5,
    'orders-consumer': 50e6,
    postgres: second * 1e7,
    opensearch: second * 1e7,
    generator: 80e6 - second * 1e5,
    rehearsal: 90e6,
  }));
  const { shop, generator, rehearsal } = memoryGrowthMb(seconds) ?? {};
  expect(shop).toBeCloseTo(6);
  expect(generator).toBeCloseTo(-6);
  expect(rehearsal).toBe(0);
  expect(memoryGrowthMb(seconds.slice(0, 9))).toBeNull();
});

it('tells how much the shop’s own processes held in the middle of the run', () => {
  const seconds = [100e6, 900e6, 120e6].map((api) => ({
    api,
    'orders-consumer': 50e6,
    postgres: 1e9,
    opensearch: 1e9,
    generator: 80e6,
  }));
  expect(shopMemoryMb(seconds)).toBe(170);
  expect(shopMemoryMb([{ postgres: 1e9 }])).toBeNull();
});
