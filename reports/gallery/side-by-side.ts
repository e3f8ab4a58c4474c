// Sets the metrics of two runs beside each other. Two single runs settle nothing: a verdict comes only from at least
// five cells on each side, of runs that publish a performance result; otherwise the ratio stands alone.

import {
  areOfTwoThings,
  compareSides,
  DEFAULT_MARGIN_RATIO,
  type Sides,
  type VariantSide,
} from '../compare/compare-sides.ts';
import { pairVariants } from '../compare/pair-variants.ts';
import { formatQuantity } from '../format/format.ts';
import { findMetric, isHigherBetter, isStage } from '../metrics/find-metric.ts';
import { variantKey } from '../record/names.ts';
import type { Metrics, RunResult } from '../record/result.ts';
import type { Comparison } from '../statistics/comparison.ts';
import { endsWithAnswer } from '../words/answer-meaning.ts';
import { latencyOf, metricLabel, plainValueOf } from '../words/metric-names.ts';
import { quantileText, statisticValue } from '../words/quantile.ts';
import { isLargeChange } from './ratio-words.ts';

export type Statistic = 'p50' | 'p95' | 'p99' | 'value';
export type MetricRow = {
  metric: string;
  label: string;
  statistic: Statistic;
  older: string;
  newer: string;
  /** newer / older; null where one of them is missing, withheld, cut off or 0. */
  ratio: number | null;
  /** Null where the metric has no better direction, for tails and details, or where one of the runs does not have it. */
  comparison: Comparison | null;
  isDetail: boolean;
};
export type VariantBeside = { title: string; cellCounts: [older: number, newer: number]; rows: MetricRow[] };

const QUANTILES: Statistic[] = ['p50', 'p95', 'p99'];

/** Variants of the same name; two runs of one variant each are set beside each other whatever its name. */
export function setBeside(older: RunResult, newer: RunResult): VariantBeside[] {
  const labelled = (result: RunResult) => ({ label: `the run of ${result.startedAt}`, result });
  return pairVariants(labelled(older), labelled(newer)).pairs.map(({ baseline, candidate }) => {
    const title = baseline.key === candidate.key ? baseline.key : `${baseline.key} beside ${candidate.key}`;
    const rows = rowsOf({ baseline, candidate });
    return { title, cellCounts: [cellCount(baseline), cellCount(candidate)], rows };
  });
}

/** Whether a change is large and nothing says whether it is more than chance. */
export function isLargeUnjudged({ ratio, comparison }: MetricRow): boolean {
  return ratio !== null && comparison?.outcome !== 'judged' && isLargeChange(ratio);
}

/** A run that fails its audit publishes no performance result. */
export function withholdsNumbers({ verdict }: Pick<RunResult, 'verdict'>): boolean {
  return verdict === 'AUDIT_FAILED';
}

function rowsOf(sides: Sides<VariantSide>): MetricRow[] {
  const [before, after] = [metricsOf(sides.baseline), metricsOf(sides.candidate)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((metric) => {
    const isLatency = latencyOf(before, metric) ?? latencyOf(after, metric);
    const statistics: Statistic[] = isLatency === undefined ? ['value'] : QUANTILES;
    return statistics.map((statistic) => row(metric, statistic, sides));
  });
}

function row(metric: string, statistic: Statistic, sides: Sides<VariantSide>): MetricRow {
  const isDetail = metric.includes('/') || isStage(metric);
  const read = (side: VariantSide) => {
    if (withholdsNumbers(side.run.result)) return { text: 'withheld', value: null };
    const metrics = metricsOf(side);
    return { text: textOf(metrics, metric, statistic), value: exactValue(metrics, metric, statistic) };
  };
  const [before, after] = [read(sides.baseline), read(sides.candidate)];
  const isOfTwoThings = endsWithAnswer(metric) && areOfTwoThings(sides);
  const isUsable = before.value !== null && after.value !== null && before.value > 0 && !isOfTwoThings;
  return {
    metric,
    label: isOfTwoThings
      ? `${metricLabel(metric)} (202 “taken in” beside 201 “placed”)`
      : metricLabel(metric),
    statistic,
    older: before.text,
    newer: after.text,
    ratio: isUsable ? Number(after.value) / Number(before.value) : null,
    comparison: isUsable && !isDetail ? compare(metric, statistic, sides) : null,
    isDetail,
  };
}

function compare(metric: string, statistic: Statistic, sides: Sides<VariantSide>): Comparison | null {
  const higherIsBetter = isHigherBetter(metric);
  // Tails vary two to three times as much from run to run as medians do; their ratio stands alone.
  // Counts follow the length of a run and the load that it was given.
  const kind = findMetric(metric)?.kind;
  const isCompared = statistic === 'p50' || (higherIsBetter && (kind === 'rate' || kind === 'ratio'));
  if (!isCompared) return null;
  const marginRatio =
    marginOf(metric, sides.candidate) ?? marginOf(metric, sides.baseline) ?? DEFAULT_MARGIN_RATIO;
  return compareSides({ metric, statistic, higherIsBetter }, sides, marginRatio).comparison;
}

function marginOf(metric: string, { run }: VariantSide): number | undefined {
  return run.result.comparisons.find((comparison) => comparison.metric === metric)?.marginRatio;
}

function metricsOf({ run, key }: VariantSide): Metrics {
  return run.result.variants[key]?.metrics ?? {};
}

function cellCount({ run, key }: VariantSide): number {
  return run.result.cells.filter((cell) => variantKey(cell) === key).length;
}

/** Null where there is none, where it would rest on too few samples, and where it is only known to be at least so much. */
function exactValue(metrics: Metrics, metric: string, statistic: Statistic): number | null {
  if (statistic === 'value') return plainValueOf(metrics, metric)?.value ?? null;
  const summary = latencyOf(metrics, metric);
  const found = summary === undefined ? null : statisticValue(summary, statistic);
  return found === null || found.isAtLeast ? null : found.ms;
}

function textOf(metrics: Metrics, metric: string, statistic: Statistic): string {
  if (statistic === 'value') {
    const summary = plainValueOf(metrics, metric);
    return summary === undefined ? '–' : formatQuantity(summary.value, summary.unit);
  }
  const summary = latencyOf(metrics, metric);
  return summary === undefined ? '–' : quantileText(summary, statistic);
}
