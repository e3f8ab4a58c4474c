// Reads a variant's histograms once and fills from them what the page keeps: bins for each time bucket of every view,
// and the exact distribution of the measured spans. This is the slow part of making a page.
import { createHistogram, type Histogram } from '../record/histograms.ts';
import { fileNameOfText } from '../record/names.ts';
import { type Cell, readHistograms } from '../record/read-cell.ts';
import { forEachRecorded } from '../record/sparse-histogram.ts';
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

export type CollectedHistograms = {
  /** By view, in the order given. */
  places: PageCell['histograms'][];
  curves: Record<string, PercentileCurve>;
};

const CURVE_METRICS = ['http.response', 'http.service', 'order.confirmed'];

/** Appends the bins of the views of one variant to `bytes`; `cells` are all its single runs. */
export function collectHistograms(cells: Cell[], views: PageView[], bytes: number[]): CollectedHistograms {
  const places = views.map((): PageCell['histograms'] => ({}));
  const curves: CollectedHistograms['curves'] = {};
  for (const metric of [...new Set(cells.flatMap((cell) => cell.metrics))].sort()) {
    const sinks = views.map((view) =>
      view.keepsMetric(metric) ? new Uint32Array(view.grid.bucketCount * BIN_COUNT) : null,
    );
    const whole = CURVE_METRICS.includes(metric) ? createHistogram() : null;
    if (whole === null && sinks.every((sink) => sink === null)) continue;
    for (const cell of cells) {
      const own = views.flatMap(({ cells: members, grid }, index) => {
        const counts = sinks[index];
        return counts && members.includes(cell) ? [{ grid, counts }] : [];
      });
      collectCell(cell, metric, own, whole);
    }
    for (const [index, counts] of sinks.entries()) {
      const place = places[index];
      if (!counts || !place) continue;
      const offset = bytes.length;
      encodeBuckets(counts, bytes);
      place[metric] = [offset, bytes.length - offset];
    }
    if (whole !== null && whole.totalCount > 0) curves[metric] = curveOf(whole, cells, metric);
  }
  return { places, curves };
}

type Sink = { grid: Grid; counts: Uint32Array };

function collectCell(cell: Cell, metric: string, sinks: Sink[], whole: Histogram | null): void {
  if (sinks.length === 0 && whole === null) return;
  for (const { second, encodedBase64 } of readHistograms(cell.directory, `${fileNameOfText(metric)}.hlog`)) {
    const isMeasured = second >= 0 && second < cell.durationSeconds;
    const targets = sinks.flatMap(({ grid, counts }) => {
      const bucket = bucketOf(grid, second);
      return bucket >= 0 && bucket < grid.bucketCount ? [{ counts, start: bucket * BIN_COUNT }] : [];
    });
    forEachRecorded(encodedBase64, (valueUs, count) => {
      const bin = binOf(valueUs);
      for (const { counts, start } of targets) counts[start + bin] = (counts[start + bin] ?? 0) + count;
      if (isMeasured) whole?.recordValueWithCount(Math.floor(valueUs), count);
    });
  }
}

function curveOf(whole: Histogram, cells: Cell[], metric: string): PercentileCurve {
  const censoredCount = cells.reduce(
    (total, { censored, durationSeconds }) =>
      censored.reduce(
        (sum, row) =>
          row.metric === metric && row.second >= 0 && row.second < durationSeconds ? sum + row.count : sum,
        total,
      ),
    0,
  );
  return percentileCurve(
    whole.totalCount,
    censoredCount,
    (percentile) => whole.getValueAtPercentile(percentile) / 1000,
  );
}
