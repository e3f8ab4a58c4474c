import { describe, expect, it } from 'vitest';
import type { HistorySettings } from '../year/settings.ts';
import { checkHistory } from './check-history.ts';
import { chiSquareP, kolmogorovSmirnovP, topShareOfBins, totalVariation } from './statistics.ts';

const settings: HistorySettings = {
  preset: 'korea',
  seed: 1,
  people: 10_000,
  products: 20_000,
  days: 365,
  untilMs: Date.parse('2026-12-31T15:00:00Z'),
  growth: 'bass',
  orders: null,
  behaviourRatio: 0,
};
const outside = (changed: Partial<HistorySettings>) =>
  checkHistory({ ...settings, ...changed }).lines.filter(({ ok }) => !ok);

it('korea lies in every published range and reproduces its configuration', { timeout: 600_000 }, () => {
  const { lines, basis } = checkHistory(settings);
  expect(lines.filter(({ ok }) => !ok)).toEqual([]);
  expect(lines.length).toBeGreaterThan(25);
  expect(basis.b).toContain('2026-01-01 to 2026-12-31');
});

it('judges a part of a year, ended anywhere, by whole calendar years', { timeout: 600_000 }, () => {
  expect(outside({ days: 60, untilMs: Date.parse('2026-06-20T15:00:00Z') })).toEqual([]);
});

it('finds figures of the founders outside the published ranges', { timeout: 600_000 }, () => {
  expect(outside({ preset: 'founding' }).map(({ figure }) => figure)).toContain('lines a basket');
});

describe('the measures', () => {
  it('total variation is 0 for equal and 1 for disjoint shares', () => {
    expect(totalVariation([2, 4], [1, 2])).toBe(0);
    expect(totalVariation([1, 0], [0, 1])).toBe(1);
  });

  it('χ² has its tabulated values', () => {
    // 3.841 is the 5 % point with one degree of freedom.
    expect(chiSquareP([50 + 9.8, 50 - 9.8], [1, 1])).toBeCloseTo(0.05, 2);
  });

  it('KS accepts its own law and rejects another', () => {
    const uniform = Array.from({ length: 500 }, (_, i) => (i + 0.5) / 500);
    expect(kolmogorovSmirnovP(uniform, (x) => x)).toBeGreaterThan(0.99);
    expect(kolmogorovSmirnovP(uniform, (x) => x * x)).toBeLessThan(0.001);
  });

  it('finds the share of the best inside a bin', () => {
    expect(topShareOfBins({ count: [8, 2], krw: [20, 80] }, 0.1)).toBeCloseTo(0.4);
    expect(topShareOfBins({ count: [8, 2], krw: [20, 80] }, 0.2)).toBeCloseTo(0.8);
  });
});
