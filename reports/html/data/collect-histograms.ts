// Reads a variant's histograms once into the page's bins, and places them into the time buckets of every view. Reading
// is the slow part of making a page; placing is done again where the page would become too large.

import { hasCurve } from '../../metrics/find-metric.ts';
import { sumCensored } from '../../record/histograms/censored.ts';
import { forEachRecorded } from '../../record/histograms/sparse-histogram.ts';
import { createHistogram, type Histogram } from '../../record/histograms.ts';
import { fileNameOfText } from '../../record/names.ts';
import { type Cell, readHistograms } from '../../record/read-cell.ts';
import { encodeBuckets } from './bin-codec.ts';
import { BIN_COUNT, binOf } from './bins.ts';
import type { PageCell, PercentileCurve } from './page-data.ts';
import { percentileCurve } from './percentile-curve.ts';
import { bucketOf, type Grid } from './time-grid.ts';

/** What the page can show by itself: one single run, or all blocks of a variant. */
export type PageView = {
  block: number | null;
  cells: Cell[];
  grid: Grid;
  keepsMetric: (metric: string) => boolean;
};

/** Seconds of one metric of one cell, one after the other: second, number of filled bins, then bin and count of each. */
type Seconds = { cell: Cell; numbers: number[] };

export type VariantHistograms = {
  seconds: Map<string, Seconds[]>;
  /** Exact distributions of the measured spans. */
  curves: Record<string, PercentileCurve>;
};

/** Reads the metrics that `isWanted` of all single runs of a variant. */
export function readVariantHistograms(
  cells: Cell[],
  isWanted: (metric: string) => boolean,
): VariantHistograms {
  const seconds: VariantHistograms['seconds'] = new Map();
  const curves: VariantHistograms['curves'] = {};
  const metrics = new Set(cells.flatMap((cell) => cell.metrics));
  for (const metric of [...metrics].filter(isWanted).sort()) {
    const whole = hasCurve(metric) ? createHistogram() : null;
    seconds.set(
      metric,
      cells.map((cell) => ({ cell, numbers: readSeconds(cell, metric, whole) })),
    );
    if (whole !== null && whole.totalCount > 0) curves[metric] = curveOf(whole, cells, metric);
  }
  return { seconds, curves };
}

/** Appends the bins of the views to `bytes`; says of each view where its metrics lie. */
export function placeHistograms(
  { seconds }: VariantHistograms,
  views: PageView[],
  bytes: number[],
): PageCell['histograms'][] {
  return views.map(({ cells, grid, keepsMetric }) => {
    const places: PageCell['histograms'] = {};
    for (const [metric, all] of seconds) {
      if (!keepsMetric(metric)) continue;
      const counts = new Uint32Array(grid.bucketCount * BIN_COUNT);
      for (const { cell, numbers } of all) if (cells.includes(cell)) addSeconds(numbers, grid, counts);
      const offset = bytes.length;
      encodeBuckets(counts, bytes);
      places[metric] = [offset, bytes.length - offset];
    }
    return places;
  });
}

function readSeconds(cell: Cell, metric: string, whole: Histogram | null): number[] {
  const numbers: number[] = [];
  for (const { second, encodedBase64 } of readHistograms(cell.directory, `${fileNameOfText(metric)}.hlog`)) {
    const isMeasured = second >= 0 && second < cell.durationSeconds;
    const start = numbers.push(second, 0) - 1;
    let filledCount = 0;
    forEachRecorded(encodedBase64, (valueUs, count) => {
      numbers.push(binOf(valueUs), count);
      filledCount += 1;
      if (isMeasured) whole?.recordValueWithCount(Math.floor(valueUs), count);
    });
    numbers[start] = filledCount;
  }
  return numbers;
}

function addSeconds(numbers: number[], grid: Grid, counts: Uint32Array): void {
  let position = 0;
  while (position < numbers.length) {
    const bucket = bucketOf(grid, numbers[position] ?? 0);
    const end = position + 2 + 2 * (numbers[position + 1] ?? 0);
    const isInside = bucket >= 0 && bucket < grid.bucketCount;
    for (let pair = position + 2; isInside && pair < end; pair += 2) {
      const place = bucket * BIN_COUNT + (numbers[pair] ?? 0);
      counts[place] = (counts[place] ?? 0) + (numbers[pair + 1] ?? 0);
    }
    position = end;
  }
}

function curveOf(whole: Histogram, cells: Cell[], metric: string): PercentileCurve {
  const rows = cells.flatMap(({ censored, durationSeconds }) =>
    censored.filter((row) => row.metric === metric && row.second >= 0 && row.second < durationSeconds),
  );
  return percentileCurve(
    whole.totalCount,
    sumCensored(rows),
    (percentile) => whole.getValueAtPercentile(percentile) / 1000,
  );
}
