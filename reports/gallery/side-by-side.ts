// Sets the metrics of two runs beside each other. Two single runs settle nothing: a verdict comes only from at least
// five cells on each side, of runs that publish a performance result; otherwise the ratio stands alone.

import { formatQuantity } from '../format/format.ts';
import { findMetric, isHigherBetter, isStage } from '../metrics/find-metric.ts';
import { variantKey } from '../record/names.ts';
import type { Metrics, RunResult } from '../record/result.ts';
import type { Comparison } from '../statistics/comparison.ts';
import { compareSeparateRuns } from '../statistics/welch.ts';
import { answersDiffer, endsWithAnswer } from '../words/answer-meaning.ts';
import { latencyOf, metricLabel, plainValueOf } from '../words/metric-names.ts';
import { quantileText, statisticValue } from '../words/quantile.ts';

export type Statistic = 'p50' | 'p95' | 'p99' | 'value';
export type MetricRow = {
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
export type VariantPair = { title: string; cellCounts: [older: number, newer: number]; rows: MetricRow[] };

/** Where a run declares no margin for a metric: changes within ±5 % do not matter. */
const DEFAULT_MARGIN_RATIO = 0.05;
const QUANTILES: Statistic[] = ['p50', 'p95', 'p99'];

/** Variants of the same name; two runs of one variant each are set beside each other whatever its name. */
export function pairVariants(older: RunResult, newer: RunResult): VariantPair[] {
  const before = Object.keys(older.variants);
  const after = Object.keys(newer.variants);
  const [onlyBefore, onlyAfter] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && onlyBefore !== undefined && onlyAfter !== undefined) {
    const title = onlyBefore === onlyAfter ? onlyBefore : `${onlyBefore} beside ${onlyAfter}`;
    return [pair(title, [older, onlyBefore], [newer, onlyAfter])];
  }
  return before.filter((key) => after.includes(key)).map((key) => pair(key, [older, key], [newer, key]));
}

/** A run that fails its audit publishes no performance result. */
export function withholdsNumbers(result: RunResult): boolean {
  return result.verdict === 'AUDIT_FAILED';
}

type Side = [result: RunResult, key: string];

function pair(title: string, older: Side, newer: Side): VariantPair {
  const [before, after] = [metricsOf(older), metricsOf(newer)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const rows = names.flatMap((metric) => {
    const isLatency = latencyOf(before, metric) ?? latencyOf(after, metric);
    const statistics: Statistic[] = isLatency === undefined ? ['value'] : QUANTILES;
    return statistics.map((statistic) => row(metric, statistic, older, newer));
  });
  return { title, cellCounts: [cellsOf(older).length, cellsOf(newer).length], rows };
}

function row(metric: string, statistic: Statistic, older: Side, newer: Side): MetricRow {
  const isDetail = metric.includes('/') || isStage(metric);
  const read = ([result, key]: Side) => {
    if (withholdsNumbers(result)) return { text: 'withheld', value: null };
    const metrics = metricsOf([result, key]);
    return { text: textOf(metrics, metric, statistic), value: exactValue(metrics, metric, statistic) };
  };
  const [before, after] = [read(older), read(newer)];
  const isOfTwoThings = endsWithAnswer(metric) && answersDiffer(metricsOf(older), metricsOf(newer));
  const isUsable = before.value !== null && after.value !== null && before.value > 0 && !isOfTwoThings;
  return {
    label: isOfTwoThings
      ? `${metricLabel(metric)} (202 “taken in” beside 201 “placed”)`
      : metricLabel(metric),
    statistic,
    older: before.text,
    newer: after.text,
    ratio: isUsable ? Number(after.value) / Number(before.value) : null,
    comparison: isUsable && !isDetail ? compare(metric, statistic, older, newer) : null,
    isDetail,
  };
}

function compare(metric: string, statistic: Statistic, older: Side, newer: Side): Comparison | null {
  const higherIsBetter = isHigherBetter(metric);
  // Tails vary two to three times as much from run to run as medians do; their ratio stands alone.
  // Counts follow the length of a run and the load that it was given.
  const kind = findMetric(metric)?.kind;
  const isCompared = statistic === 'p50' || (higherIsBetter && (kind === 'rate' || kind === 'ratio'));
  if (!isCompared) return null;
  const marginRatio = marginOf(metric, newer[0]) ?? marginOf(metric, older[0]) ?? DEFAULT_MARGIN_RATIO;
  const values = (side: Side) =>
    cellsOf(side).flatMap((cell) => exactValue(cell.metrics, metric, statistic) ?? []);
  const invalid = [older, newer].find(([result]) => result.verdict === 'INVALID');
  if (invalid !== undefined) {
    const footnote = `the run of ${invalid[0].startedAt} is INVALID: its numbers describe the generator`;
    return { outcome: 'refused', ratio: null, marginRatio, footnote };
  }
  return compareSeparateRuns({
    baseline: values(older),
    candidate: values(newer),
    marginRatio,
    higherIsBetter,
  });
}

function marginOf(metric: string, result: RunResult): number | undefined {
  return result.comparisons.find((comparison) => comparison.metric === metric)?.marginRatio;
}

function metricsOf([result, key]: Side): Metrics {
  return result.variants[key]?.metrics ?? {};
}

function cellsOf([result, key]: Side): RunResult['cells'] {
  return result.cells.filter((cell) => variantKey(cell) === key);
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
