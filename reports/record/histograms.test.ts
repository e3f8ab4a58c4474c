import { expect, test } from 'vitest';
import { createRandom } from '../testing/synthetic-seconds.ts';
import { createHistogram, decodeHistogram, encodeHistogram, summarise } from './histograms.ts';

/** One histogram of all samples, added up as the record's readers do. */
function merge(encodedList: readonly string[]) {
  const merged = createHistogram();
  for (const encoded of encodedList) merged.add(decodeHistogram(encoded));
  return merged;
}

test('merged histograms have the quantiles of all samples in one histogram', () => {
  const random = createRandom(5);
  const whole = createHistogram();
  const parts = Array.from({ length: 20 }, () => {
    const part = createHistogram();
    for (let sample = 0; sample < 200; sample++) {
      const value = Math.ceil(1000 * Math.exp(6 * random()));
      part.recordValue(value);
      whole.recordValue(value);
    }
    return encodeHistogram(part);
  });
  const merged = summarise(merge(parts), 0);
  const direct = summarise(whole, 0);
  // The encoding keeps the largest sample to three digits only.
  expect({ ...merged, max: 0 }).toEqual({ ...direct, max: 0 });
  expect(Math.abs(merged.max / direct.max - 1)).toBeLessThan(0.001);
});

test('a summary is in milliseconds and keeps three digits', () => {
  const histogram = createHistogram();
  for (let ms = 1; ms <= 1000; ms++) histogram.recordValue(ms * 1000);
  const summary = summarise(histogram, 4);
  expect(summary).toMatchObject({ unit: 'ms', count: 1000, censoredCount: 4 });
  for (const [name, value] of [
    ['p50', 500],
    ['p90', 900],
    ['p95', 950],
    ['p99', 990],
    ['max', 1000],
    ['mean', 500.5],
  ] as const) {
    expect(Math.abs(summary[name] / value - 1)).toBeLessThan(0.001);
  }
});

test('histograms built with another range merge all the same', () => {
  const histogram = createHistogram();
  histogram.recordValue(3_599_000_000);
  const merged = merge([encodeHistogram(histogram)]);
  expect(merged.getValueAtPercentile(100) / 3_599_000_000).toBeCloseTo(1, 2);
});

test('an empty histogram gives zeros and text that is no histogram says what was needed', () => {
  expect(summarise(createHistogram(), 0)).toMatchObject({ count: 0, p99: 0, mean: 0, max: 0 });
  expect(() => decodeHistogram('bm90IGE=')).toThrow(/needed an HdrHistogram/);
});
