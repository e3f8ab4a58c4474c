import { expect, test } from 'vitest';
import { forEachRecorded } from '../../record/histograms/sparse-histogram.ts';
import { createHistogram, decodeHistogram, encodeHistogram, summarise } from '../../record/histograms.ts';
import { createRandom } from '../../testing/synthetic-seconds.ts';
import { decodeBuckets, encodeBuckets, mergeBuckets } from './bin-codec.ts';
import { BIN_COUNT, binOf, summariseBins, valueOfBin } from './bins.ts';

/** Seconds of log-uniform latencies from 20 µs to 60 s, as the record encodes them. */
function encodedSeconds(count: number, samplesEach: number): string[] {
  const random = createRandom(11);
  return Array.from({ length: count }, () => {
    const histogram = createHistogram();
    for (let sample = 0; sample < samplesEach; sample++) {
      histogram.recordValue(Math.round(20 * (60_000_000 / 20) ** random()));
    }
    return encodeHistogram(histogram);
  });
}

function bucketsOf(seconds: string[]): Uint32Array {
  const counts = new Uint32Array(seconds.length * BIN_COUNT);
  for (const [bucket, encoded] of seconds.entries()) {
    forEachRecorded(encoded, (valueUs, count) => {
      const place = bucket * BIN_COUNT + binOf(valueUs);
      counts[place] = counts[place]! + count;
    });
  }
  return counts;
}

test('the middle of a bin is within 0.8 % of every value in it, from 1 µs to an hour', () => {
  for (let value = 1; value < 3.6e9; value = Math.ceil(value * 1.003)) {
    expect(Math.abs(valueOfBin(binOf(value)) / value - 1)).toBeLessThan(0.008);
    expect(binOf(value)).toBeLessThan(BIN_COUNT);
  }
  expect(binOf(1e12)).toBe(BIN_COUNT - 1);
});

test('an encoded histogram is read value by value as it is read whole', () => {
  const [encoded] = encodedSeconds(1, 3000);
  const whole = decodeHistogram(encoded!);
  const again = createHistogram();
  forEachRecorded(encoded!, (_, count, highestUs) => again.recordValueWithCount(highestUs, count));
  expect(summarise(again, 0)).toEqual(summarise(whole, 0));
  expect(again.totalCount).toBe(3000);
  for (const percentile of [0, 1, 50, 90, 99, 99.9, 100]) {
    expect(again.getValueAtPercentile(percentile)).toBe(whole.getValueAtPercentile(percentile));
  }
  expect(() => forEachRecorded('bm90IGE=', () => undefined)).toThrow(/needed an HdrHistogram/);
});

test('what is encoded for the page comes back, large counts and empty buckets included', () => {
  const counts = new Uint32Array(4 * BIN_COUNT);
  counts[0] = 1;
  counts[14] = 15;
  counts[15] = 16;
  counts[1000] = 4_000_000_000;
  counts[2 * BIN_COUNT + BIN_COUNT - 1] = 300;
  const bytes: number[] = [];
  encodeBuckets(counts, bytes);
  expect(decodeBuckets(Uint8Array.from(bytes))).toEqual([
    { bins: [0, 14, 15, 1000], counts: [1, 15, 16, 4_000_000_000] },
    { bins: [], counts: [] },
    { bins: [BIN_COUNT - 1], counts: [300] },
    { bins: [], counts: [] },
  ]);
});

test('quantiles of any span agree with those of HdrHistogram within 1 %', () => {
  const seconds = encodedSeconds(40, 150);
  const bytes: number[] = [];
  encodeBuckets(bucketsOf(seconds), bytes);
  const buckets = decodeBuckets(Uint8Array.from(bytes));
  for (const [from, to] of [
    [0, 40],
    [7, 8],
    [12, 31],
  ] as const) {
    const summary = summariseBins(mergeBuckets(buckets.slice(from, to)), 3)!;
    const whole = createHistogram();
    for (const encoded of seconds.slice(from, to)) whole.add(decodeHistogram(encoded));
    expect(summary).toMatchObject({ count: whole.totalCount, censoredCount: 3 });
    const expected = { p50: 50, p90: 90, p95: 95, p99: 99, max: 100 } as const;
    for (const [name, percentile] of Object.entries(expected)) {
      const ms = whole.getValueAtPercentile(percentile) / 1000;
      expect(Math.abs(summary[name as keyof typeof expected] / ms - 1)).toBeLessThan(0.01);
    }
    expect(Math.abs(summary.mean / (whole.mean / 1000) - 1)).toBeLessThan(0.005);
  }
  expect(summariseBins(new Uint32Array(BIN_COUNT), 0)).toBeNull();
});

test('a quantile among samples that were cut off does not fall below them by the rounding of the bins', () => {
  const bins = new Uint32Array(BIN_COUNT);
  for (const [ms, count] of [
    [40, 90],
    [1_237, 10],
  ] as const)
    bins[binOf(ms * 1_000)]! += count;
  const summary = summariseBins(bins, 10, 1_237);
  expect(summary!.p99).toBeGreaterThanOrEqual(summary!.censoredFromMs!);
  expect(summary!.p90).toBeLessThan(summary!.censoredFromMs!);
});
