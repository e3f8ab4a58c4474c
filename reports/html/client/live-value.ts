// What a live element shows of a chosen span: text and the number it sorts by. Pure; the statistics are named by the
// sections that write the elements, as "statistic metric".
import { formatBytes, formatMs, formatNumber, formatPercent } from '../../format/format.ts';
import { METRICS } from '../../metrics/catalogue.ts';
import { answeredMetric, evaluate, isCounted, type SpanFigures } from '../../metrics/evaluate.ts';
import { findMetric, stagesOfMetric } from '../../metrics/find-metric.ts';
import { ORDER_CONFIRMED } from '../../metrics/latencies.ts';
import type { Metric } from '../../metrics/metric.ts';
import { valueText } from '../../metrics/value-text.ts';
import { isOfRoute } from '../../words/metric-names.ts';
import { maxText, meanText, quantileSort, quantileText } from '../../words/quantile.ts';
import type { Column, PageCell, Sums } from '../data/page-data.ts';
import type { PageHistograms } from './view/page-histograms.ts';
import { bucketsOf, type Span, sumOver } from './view/span.ts';

export type LiveValue = { text: string; sort: number };

const NOTHING: LiveValue = { text: '–', sort: -1 };

/** Null where the statistic cannot be told for a part of the run: the element then keeps its value of the whole. */
export function liveValue(
  live: string,
  cell: PageCell,
  histograms: PageHistograms,
  span: Span,
  catalogue: readonly Metric[] = METRICS,
): LiveValue | null {
  const space = live.indexOf(' ');
  const statistic = live.slice(0, space);
  const metric = live.slice(space + 1);
  if (statistic === 'value') return plainValue(metric, cell, histograms, span, catalogue);
  if (statistic === 'kind' || statistic === 'kindShare') return kindValue(statistic, metric, cell, span);
  if (statistic === 'failed') return failedValue(metric.slice(metric.indexOf('/') + 1), metric, cell, span);
  if (statistic === 'cpu' || statistic === 'cpuPeak' || statistic === 'memory')
    return processValue(statistic, metric, cell, span);
  if (statistic === 'share' || statistic === 'rest')
    return stageValue(statistic, metric, cell, histograms, span);
  return latencyValue(statistic, metric, cell, histograms, span);
}

/** Means of the stages of an order's way in a span, in their order; stages without samples are absent. */
export function stageMeans(
  cell: PageCell,
  histograms: PageHistograms,
  span: Span,
): { metric: string; meanMs: number }[] {
  return stagesOfMetric(ORDER_CONFIRMED.name).flatMap(({ name: metric }) => {
    const summary = histograms.summary(cell, metric, span);
    return summary ? [{ metric, meanMs: summary.mean }] : [];
  });
}

function latencyValue(
  statistic: string,
  metric: string,
  cell: PageCell,
  histograms: PageHistograms,
  span: Span,
): LiveValue {
  const summary = histograms.summary(cell, metric, span);
  const number = (value: number): LiveValue => ({ text: formatNumber(value), sort: value });
  if (!summary) return statistic === 'count' || statistic === 'answered' ? number(0) : NOTHING;
  switch (statistic) {
    case 'count':
      return number(summary.count);
    case 'answered':
      return number(summary.count - summary.censoredCount);
    case 'p50':
    case 'p95':
    case 'p99':
      return { text: quantileText(summary, statistic), sort: quantileSort(summary, statistic) };
    case 'max':
      return { text: maxText(summary), sort: summary.max };
    default:
      return { text: meanText(summary), sort: summary.mean };
  }
}

/** Rates and shares from the counts of the series, by the same formulas as the summary of the whole run. */
function plainValue(
  name: string,
  cell: PageCell,
  histograms: PageHistograms,
  span: Span,
  catalogue: readonly Metric[],
): LiveValue {
  const metric = findMetric(name, catalogue);
  if (metric === undefined || !isCounted(metric)) return NOTHING;
  const value = evaluate(metric, spanFigures(cell, histograms, span));
  if (value !== null) return { text: valueText(metric, value), sort: value };
  return metric.kind === 'rate' ? { text: formatNumber(0), sort: 0 } : NOTHING;
}

function spanFigures(cell: PageCell, histograms: PageHistograms, span: Span): SpanFigures {
  const range = bucketsOf(cell, span);
  const sums: Record<string, Sums> = cell.sums;
  return {
    seconds: sumOver(cell.rowCounts, range),
    count: (source) => {
      const metric = answeredMetric(source);
      if (metric === null) return sumOver(sums[source], range);
      const summary = histograms.summary(cell, metric, span);
      return summary ? summary.count - summary.censoredCount : 0;
    },
    gauge: (name) => knownOf(cell.gauges[name] ?? [], cell, range),
  };
}

/** Values of the buckets that have one, each with the recorded seconds of its bucket. */
function knownOf(
  column: Column,
  cell: PageCell,
  [first, end]: [number, number],
): { value: number; seconds: number }[] {
  const seconds = cell.rowCounts.slice(first, end);
  return column
    .slice(first, end)
    .flatMap((value, index) => (value === null ? [] : { value, seconds: seconds[index] ?? 0 }));
}

function kindValue(statistic: string, kind: string, cell: PageCell, span: Span): LiveValue | null {
  if (cell.failures === null) return null;
  const range = bucketsOf(cell, span);
  const count = sumOver(cell.failures[kind], range);
  if (statistic === 'kind') return { text: formatNumber(count), sort: count };
  const total = Object.values(cell.failures).reduce((sum, column) => sum + sumOver(column, range), 0);
  return total === 0 ? NOTHING : { text: formatPercent(count / total, 0), sort: count };
}

/** Where failures were not recorded by second, the samples cut off at their deadline are known all the same. */
function failedValue(route: string, metric: string, cell: PageCell, span: Span): LiveValue {
  const range = bucketsOf(cell, span);
  if (cell.failures === null) {
    const count = sumOver(cell.censored[metric], range);
    return { text: `${formatNumber(count)} cut off`, sort: count };
  }
  const count = Object.entries(cell.failures)
    .filter(([kind]) => isOfRoute(kind, route))
    .reduce((sum, [, column]) => sum + sumOver(column, range), 0);
  return { text: formatNumber(count), sort: count };
}

function processValue(
  statistic: 'cpu' | 'cpuPeak' | 'memory',
  name: string,
  cell: PageCell,
  span: Span,
): LiveValue {
  const known = knownOf(cell[statistic][name] ?? [], cell, bucketsOf(cell, span));
  if (known.length === 0) return NOTHING;
  const largest = known.reduce((a, { value }) => Math.max(a, value), 0);
  if (statistic === 'memory') return { text: formatBytes(largest * 1e6), sort: largest * 1e6 };
  const weight = known.reduce((sum, entry) => sum + entry.seconds, 0);
  const mean = known.reduce((sum, entry) => sum + entry.value * entry.seconds, 0) / Math.max(1, weight);
  const value = statistic === 'cpu' ? mean : largest;
  return { text: formatPercent(value), sort: value };
}

function stageValue(
  statistic: 'share' | 'rest',
  metric: string,
  cell: PageCell,
  histograms: PageHistograms,
  span: Span,
): LiveValue {
  const stages = stageMeans(cell, histograms, span);
  const total = stages.reduce((sum, { meanMs }) => sum + meanMs, 0);
  if (statistic === 'share') {
    const own = stages.find((stage) => stage.metric === metric);
    return own && total > 0
      ? { text: formatPercent(own.meanMs / total, 0), sort: own.meanMs / total }
      : NOTHING;
  }
  const whole = histograms.summary(cell, metric, span);
  return whole ? { text: formatMs(whole.mean - total), sort: whole.mean - total } : NOTHING;
}
