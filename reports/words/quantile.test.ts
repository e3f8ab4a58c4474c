import { describe, expect, it } from 'vitest';
import type { LatencySummary } from '../record/result.ts';
import {
  binomialTail,
  decideUpperLimit,
  quantileText,
  readingText,
  readPercentile,
  readStatistic,
} from './quantile.ts';

const summary = (own: Partial<LatencySummary>): LatencySummary => ({
  unit: 'ms',
  count: 1_000,
  censoredCount: 0,
  mean: 30,
  p50: 20,
  p90: 60,
  p95: 80,
  p99: 120,
  max: 300,
  ...own,
});

describe('how a statistic is spoken of', () => {
  it('is a value where enough samples lie beyond it', () => {
    expect(readStatistic(summary({ count: 20 }), 'p95')).toEqual({ kind: 'value', ms: 80 });
    expect(readStatistic(summary({ count: 100 }), 'p99')).toEqual({ kind: 'value', ms: 120 });
  });

  it('is too few where less than one sample is expected beyond it', () => {
    expect(readStatistic(summary({ count: 16 }), 'p95')).toEqual({
      kind: 'too-few',
      count: 16,
      neededCount: 20,
    });
    expect(readStatistic(summary({ count: 99 }), 'p99')).toMatchObject({ neededCount: 100 });
    expect(readStatistic(summary({ count: 0 }), 'max')).toMatchObject({ kind: 'too-few', neededCount: 1 });
  });

  it('is at least its value where the samples that were cut off reach down to it', () => {
    const waiting = summary({ count: 100, censoredCount: 6, p95: 10_002, p99: 10_002, max: 10_002 });
    expect(readingText(readStatistic(waiting, 'p95'))).toBe('≥ 10 s');
    expect(readingText(readStatistic(waiting, 'p90'))).toBe('60 ms');
    expect(readingText(readStatistic(waiting, 'max'))).toBe('≥ 10 s');
    expect(readingText(readStatistic(waiting, 'mean'))).toBe('≥ 30 ms');
  });

  it('is at least its value where a sample was given up below it, however few there are', () => {
    const givenUp = summary({ count: 1_000, censoredCount: 3, censoredFromMs: 50 });
    expect(readStatistic(givenUp, 'p50')).toEqual({ kind: 'value', ms: 20 });
    expect(readStatistic(givenUp, 'p95')).toEqual({ kind: 'at-least', ms: 80 });
  });

  it('holds for any percentile of a curve, too', () => {
    const givenUp = { count: 1_000, censoredCount: 3, censoredFromMs: 50 };
    expect(readPercentile(givenUp, 90, 60)).toEqual({ kind: 'at-least', ms: 60 });
    expect(readPercentile(givenUp, 40, 20)).toEqual({ kind: 'value', ms: 20 });
    expect(readPercentile({ count: 1_000, censoredCount: 3 }, 90, 60)).toEqual({ kind: 'value', ms: 60 });
    expect(readPercentile(givenUp, 99.99, 300)).toMatchObject({ kind: 'too-few', neededCount: 10_000 });
  });

  it('has one short text for tables and a whole one for sentences', () => {
    expect(quantileText(summary({ count: 16 }), 'p95')).toBe('too few');
    expect(readingText({ kind: 'too-few', count: 16, neededCount: 20 })).toBe('too few samples (16 of 20)');
  });
});

describe('an upper limit', () => {
  const decide = (own: Partial<LatencySummary>, limit: number) =>
    decideUpperLimit(summary(own), 'p95', limit);

  it('is kept or missed by a value', () => {
    expect(decide({}, 80)).toMatchObject({ outcome: 'kept' });
    expect(decide({}, 79)).toMatchObject({ outcome: 'missed' });
  });

  it('is missed by a lower bound beyond it, and undecided by one below it', () => {
    const waiting = { count: 12, censoredCount: 1, p50: 30, p90: 10_000, p95: 10_000, p99: 10_000 };
    const enough = { ...waiting, count: 24, censoredCount: 2 };
    expect(decide(enough, 500)).toMatchObject({ outcome: 'missed' });
    expect(decide(enough, 20_000)).toMatchObject({ outcome: 'undecided' });
    expect(decide(waiting, 20_000)).toMatchObject({ outcome: 'undecided' });
  });

  it('is undecided from too few samples, unless so many lie beyond it that chance is no excuse', () => {
    expect(decide({ count: 16 }, 500)).toMatchObject({ outcome: 'undecided' });
    // p90 and p95 beyond the limit: at least two of sixteen, which one shop in five that keeps it shows.
    expect(decide({ count: 16 }, 50)).toMatchObject({ outcome: 'undecided' });
    // The median beyond it: nine of sixteen.
    expect(decide({ count: 16 }, 1)).toEqual({ outcome: 'missed', beyondCount: 9 });
    expect(decide({ count: 0, p50: 0 }, 1)).toMatchObject({ outcome: 'undecided' });
  });
});

it('the chance of so many beyond a limit that is kept is the binomial’s', () => {
  expect(binomialTail(16, 0, 0.05)).toBeCloseTo(1, 12);
  expect(binomialTail(16, 2, 0.05)).toBeCloseTo(0.18924, 4);
  expect(binomialTail(3, 3, 0.05)).toBeCloseTo(0.000125, 12);
});
