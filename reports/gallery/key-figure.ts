// What a run is known by in the gallery: how much it did, how long people waited, and the one figure that is held against the last
// run like it. A run without a performance result has none: what was not measured is nowhere 0.
import { formatNumber, formatQuantity, formatSeconds } from '../format/format.ts';
import type { ComparisonResult, LatencySummary, RunResult, Verdict } from '../record/result.ts';
import { lastUnitsOf } from '../words/last-units.ts';
import { latencyOf, metricLabel, plainValueOf } from '../words/metric-names.ts';
import { quantileText, readStatistic } from '../words/quantile.ts';
import { changeText } from './ratio-words.ts';

/** Verdicts with a performance result; of an UNDECIDED run the limits that were decided are shown. */
const WITH_RESULT: readonly Verdict[] = ['PASS', 'FAIL', 'UNDECIDED'];

export function hasResult({ verdict }: Pick<RunResult, 'verdict'>): boolean {
  return WITH_RESULT.includes(verdict);
}

/** A value and, in small letters, what it is. */
export type Figure = { value: string; what: string };

/** The waits that people are asked about, the first that a run has is its own. */
const WAITS = ['order.confirmed', 'recommendation.shown', 'http.response'];

/** How much the run did; null where that was not measured, or is no single figure. */
export function rateFigure(result: RunResult): Figure | null {
  if (!hasResult(result)) return null;
  // Of one item's last pieces nobody sells so many an hour.
  const rush = lastUnitsOf(result.variants);
  if (rush !== null)
    return {
      value: `${formatNumber(rush.soldCount)} of ${formatNumber(rush.pieceCount)}`,
      what: 'last pieces sold',
    };
  const best = bestSustained(result);
  if (best !== null)
    return { value: `${formatNumber(best.perSecond)}/s`, what: `${best.arrivals} sustained` };
  const perHour = plainValueOf(onlyMetrics(result), 'orders.perHour');
  return perHour === undefined ? null : { value: formatNumber(perHour.value, 0), what: 'orders an hour' };
}

/** How long half of the people and 95 of 100 waited. */
export function waitFigure(result: RunResult): Figure | null {
  const wait = waitOf(result);
  if (wait === null) return null;
  const { metric, summary } = wait;
  return {
    value: secondsText(summary, 'p50'),
    what: `half; 95 of 100: ${secondsText(summary, 'p95')} (${metricLabel(metric)})`,
  };
}

/** As the page of the run tells it: waits of people are seconds. */
function secondsText(summary: LatencySummary, statistic: 'p50' | 'p95'): string {
  const reading = readStatistic(summary, statistic);
  if (reading.kind === 'too-few') return 'too few';
  return reading.kind === 'at-least' ? `over ${formatSeconds(reading.ms)}` : formatSeconds(reading.ms);
}

/** The effects that a comparison was made for. */
export function effectFigures({ comparisons }: RunResult): Figure[] {
  return comparisons.filter(({ role }) => role === 'primary').map(effectFigure);
}

function effectFigure({ metric, candidate, baseline, level, ratio, verdict }: ComparisonResult): Figure {
  const at = level === null ? '' : ` at ${level}`;
  return {
    value: ratio === null ? verdict : `${verdict} ${changeText(ratio)}`,
    what: `${metricLabel(metric)}, ${candidate} against ${baseline}${at}`,
  };
}

/** What the next run like it is held against. */
export type KeyFigure = { label: string; value: number; text: string };

/** Medians, because tails vary two to three times as much from run to run; of a search the rate that it found. */
export function keyFigureOf(result: RunResult): KeyFigure | null {
  if (!hasResult(result)) return null;
  const best = bestSustained(result);
  if (best !== null) {
    const text = formatQuantity(best.perSecond, `${best.arrivals}/s`);
    return { label: `${best.arrivals} sustained`, value: best.perSecond, text };
  }
  const wait = waitOf(result);
  if (wait === null) return null;
  const median = readStatistic(wait.summary, 'p50');
  if (median.kind !== 'value' || median.ms === 0) return null;
  return {
    label: `median of ${metricLabel(wait.metric)}`,
    value: median.ms,
    text: quantileText(wait.summary, 'p50'),
  };
}

function waitOf(result: RunResult) {
  if (!hasResult(result)) return null;
  const metrics = onlyMetrics(result);
  for (const metric of WAITS) {
    const summary = latencyOf(metrics, metric);
    if (summary !== undefined && summary.count > 0) return { metric, summary };
  }
  return null;
}

/** Of a run of one variant; several have no figure in common. */
function onlyMetrics({ variants }: RunResult) {
  const [only, ...others] = Object.values(variants);
  return only === undefined || others.length > 0 ? {} : only.metrics;
}

function bestSustained({ capacity = [] }: RunResult): { perSecond: number; arrivals: string } | null {
  const found = capacity.flatMap(({ sustainedPerSecond, arrivals }) =>
    sustainedPerSecond === null ? [] : [{ perSecond: sustainedPerSecond, arrivals }],
  );
  return found.toSorted((a, b) => b.perSecond - a.perSecond)[0] ?? null;
}
