// The page's histograms: taken apart when first asked for, merged over any span, and as quantiles for each bucket.

import type { LatencySummary } from '../../../record/result.ts';
import { type Reading, readingText, readStatistic } from '../../../words/quantile.ts';
import { decodeBuckets, mergeBuckets, type SparseBins } from '../../data/bin-codec.ts';
import { percentileMs, summariseBins } from '../../data/bins.ts';
import type { Column, PageCell, PercentileCurve } from '../../data/page-data.ts';
import { percentileCurve } from '../../data/percentile-curve.ts';
import { bucketsOf, type Span, sumOver } from './span.ts';

const BANDS = ['p50', 'p95', 'p99'] as const;

/** Of each bucket: the value, and how it is read out where it rests on too few samples or is a lower bound. */
export type Band = { values: Column; texts: (string | null)[] };
export type Bands = Record<(typeof BANDS)[number], Band>;

export type PageHistograms = {
  /** Samples of each bucket; null where the cell has no such metric. */
  counts(cell: PageCell, metric: string): number[] | null;
  bands(cell: PageCell, metric: string): Bands | null;
  /** Samples in a span; null where there are none. */
  summary(cell: PageCell, metric: string, span: Span | null): LatencySummary | null;
  curve(cell: PageCell, metric: string, span: Span | null): PercentileCurve | null;
};

export function createPageHistograms(bytes: Uint8Array): PageHistograms {
  const known = new Map<string, SparseBins[]>();
  const knownBands = new Map<string, Bands>();

  function bucketsOfMetric(cell: PageCell, metric: string): SparseBins[] | null {
    const place = cell.histograms[metric];
    if (!place) return null;
    const [offset, length] = place;
    const buckets = known.get(`${offset}`) ?? decodeBuckets(bytes.subarray(offset, offset + length));
    known.set(`${offset}`, buckets);
    return buckets;
  }

  function merged(cell: PageCell, metric: string, span: Span | null) {
    const buckets = bucketsOfMetric(cell, metric);
    if (!buckets) return null;
    const range = bucketsOf(cell, span);
    return {
      bins: mergeBuckets(buckets.slice(...range)),
      censoredCount: sumOver(cell.censored[metric], range),
      censoredFromMs: cell.censoredFromMs[metric],
    };
  }

  return {
    counts: (cell, metric) =>
      bucketsOfMetric(cell, metric)?.map(({ counts }) => counts.reduce((a, b) => a + b, 0)) ?? null,
    bands(cell, metric) {
      const buckets = bucketsOfMetric(cell, metric);
      if (!buckets) return null;
      const key = `${cell.histograms[metric]?.[0]}`;
      const bands =
        knownBands.get(key) ?? bandsOf(buckets, cell.censored[metric] ?? [], cell.censoredFromMs[metric]);
      knownBands.set(key, bands);
      return bands;
    },
    summary(cell, metric, span) {
      const found = merged(cell, metric, span);
      return found && summariseBins(found.bins, found.censoredCount, found.censoredFromMs);
    },
    curve(cell, metric, span) {
      const found = merged(cell, metric, span);
      const summary = found && summariseBins(found.bins, found.censoredCount, found.censoredFromMs);
      if (!found || !summary) return null;
      const msAt = (percentile: number) => percentileMs(found.bins, percentile, summary.count) ?? 0;
      return percentileCurve(
        summary.count,
        { count: summary.censoredCount, fromMs: summary.censoredFromMs },
        msAt,
      );
    },
  };
}

function bandsOf(
  buckets: SparseBins[],
  censored: readonly number[],
  censoredFromMs: number | undefined,
): Bands {
  const bands: Bands = {
    p50: { values: [], texts: [] },
    p95: { values: [], texts: [] },
    p99: { values: [], texts: [] },
  };
  for (const [index, bucket] of buckets.entries()) {
    const summary = summariseBins(mergeBuckets([bucket]), censored[index] ?? 0, censoredFromMs);
    for (const name of BANDS) {
      bands[name].values.push(summary && Number(summary[name].toPrecision(3)));
      bands[name].texts.push(summary && exceptionText(readStatistic(summary, name)));
    }
  }
  return bands;
}

/** Null where the value stands as it is. */
function exceptionText(reading: Reading): string | null {
  return reading.kind === 'value' ? null : readingText(reading);
}
