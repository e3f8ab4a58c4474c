import { mean, variance } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { expectedArrivals, highestRate, planArrivals } from './arrivals.ts';

/** p-value of the Kolmogorov–Smirnov statistic d of n values (Marsaglia's series, with Stephens' correction). */
function kolmogorovP(d: number, n: number): number {
  const x = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * d;
  let sum = 0;
  for (let k = 1; k <= 100; k += 1) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, sum));
}

/** p-value of the gaps being exponential with mean 1. */
function exponentialP(gaps: number[]): number {
  const shares = gaps.map((gap) => 1 - Math.exp(-gap)).sort((a, b) => a - b);
  const n = shares.length;
  const d = Math.max(...shares.map((share, i) => Math.max(share - i / n, (i + 1) / n - share)));
  return kolmogorovP(d, n);
}

describe('planArrivals', () => {
  // λ(t) = 20 + 15·sin(2πt/60 s) per second; Λ(t) in closed form.
  const rate = (ms: number): number => 20 + 15 * Math.sin((2 * Math.PI * ms) / 60_000);
  const integral = (ms: number): number =>
    (20 * ms) / 1_000 + ((15 * 60) / (2 * Math.PI)) * (1 - Math.cos((2 * Math.PI * ms) / 60_000));

  it.each([1, 2, 3, 4, 5])('passes the test of time rescaling with seed %i', (seed) => {
    const arrivals = planArrivals({ seed, ratePerSecond: rate, fromMs: 0, toMs: 200_000 });
    const rescaled = arrivals.map(integral);
    expect(exponentialP(rescaled.map((value, i) => value - (rescaled[i - 1] ?? 0)))).toBeGreaterThan(0.01);
    expect(Math.abs(arrivals.length - integral(200_000))).toBeLessThan(4 * Math.sqrt(integral(200_000)));
  });

  it('fails that test when the rate is taken for constant, so that the test can tell', () => {
    const arrivals = planArrivals({ seed: 1, ratePerSecond: rate, fromMs: 0, toMs: 200_000 });
    expect(exponentialP(arrivals.map((ms, i) => ((ms - (arrivals[i - 1] ?? 0)) * 20) / 1_000))).toBeLessThan(
      0.01,
    );
  });

  it('stays in its span, ascending, and repeats with the seed', () => {
    const input = { seed: 9, ratePerSecond: () => 50, fromMs: -10_000, toMs: 65_000 };
    const arrivals = planArrivals(input);
    expect(arrivals[0]).toBeGreaterThanOrEqual(-10_000);
    expect(arrivals.at(-1)).toBeLessThan(65_000);
    expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
    expect(planArrivals(input)).toEqual(arrivals);
    expect(planArrivals({ ...input, seed: 10 })).not.toEqual(arrivals);
  });

  it.each([
    [0, 1],
    [4, 5],
  ])('with dispersion %d has variance over mean %d of the starts a minute', (dispersion, expected) => {
    const minutes = 2_000;
    const arrivals = planArrivals({
      seed: 3,
      ratePerSecond: () => 1,
      fromMs: 0,
      toMs: minutes * 60_000,
      dispersion,
    });
    const counts = new Array<number>(minutes).fill(0);
    for (const ms of arrivals) counts[Math.floor(ms / 60_000)]! += 1;
    expect(mean(counts) / 60).toBeCloseTo(1, 1);
    expect(variance(counts) / mean(counts) / expected).toBeCloseTo(1, 0);
    expect(Math.abs(variance(counts) / mean(counts) / expected - 1)).toBeLessThan(0.15);
  });

  it('follows a step and a silence', () => {
    const step = planArrivals({
      seed: 1,
      ratePerSecond: (ms) => (ms < 0 ? 0 : 100),
      fromMs: -5_000,
      toMs: 5_000,
    });
    expect(step.every((ms) => ms >= 0)).toBe(true);
    expect(Math.abs(step.length - 500)).toBeLessThan(90);
    expect(planArrivals({ seed: 1, ratePerSecond: () => 0, fromMs: 0, toMs: 1_000 })).toEqual([]);
  });

  it('refuses a rate above its bound, a negative one and a negative dispersion', () => {
    const input = { seed: 1, ratePerSecond: () => 10, fromMs: 0, toMs: 10_000 };
    expect(() => planArrivals({ ...input, highestRatePerSecond: 5 })).toThrow('above its bound of 5/s');
    expect(() => planArrivals({ ...input, ratePerSecond: () => -1 })).toThrow('-1/s');
    expect(() => planArrivals({ ...input, dispersion: -1 })).toThrow('dispersion is -1');
  });

  it('integrates and tops the rate', () => {
    expect(expectedArrivals(rate, 0, 60_000)).toBeCloseTo(1_200, 3);
    expect(highestRate(rate, 0, 60_000)).toBeCloseTo(35, 3);
  });
});
