// From measured figures to a verdict: thresholds, then the layers audit → validity → limits, then the exit code.

import type {
  AuditFinding,
  ComparisonResult,
  GeneratorHealth,
  LatencySummary,
  Metrics,
  ThresholdResult,
  Verdict,
} from '../../reports/record/result.ts';
import { outcomeOf, type ThresholdOutcome } from '../../reports/record/threshold-result.ts';
import {
  decideLowerLimit,
  decideUpperLimit,
  isLatencyStatistic,
  type LatencyStatistic,
  readStatistic,
  statisticValue,
} from '../../reports/words/quantile.ts';
import type { Threshold } from '../scenario/scenario.ts';

/** Those of the thresholds that a variant is held against, by its name. */
export function thresholdsOf(
  thresholds: Record<string, Threshold>,
  variant: string,
): Record<string, Threshold> {
  return Object.fromEntries(
    Object.entries(thresholds).filter(([, { of }]) => of === undefined || of.includes(variant)),
  );
}

/** Holds every threshold against the metrics of one variant. What was not measured, or from too little, is undecided. */
export function judgeThresholds(
  thresholds: Record<string, Threshold>,
  variant: string,
  metrics: Metrics,
  firstCrossed: (threshold: Threshold) => number | null,
): ThresholdResult[] {
  return Object.entries(thresholds).map(([name, threshold]) => {
    const metric = metrics[threshold.metric];
    const judged = judgeMetric(threshold, metric);
    return {
      name,
      variant,
      metric: threshold.metric,
      statistic: threshold.statistic,
      unit: metric?.unit ?? (isLatencyStatistic(threshold.statistic) ? 'ms' : ''),
      ...(threshold.atMost === undefined ? {} : { atMost: threshold.atMost }),
      ...(threshold.atLeast === undefined ? {} : { atLeast: threshold.atLeast }),
      ...judged,
      ok: judged.outcome === 'kept',
      firstCrossedAtSecond: judged.outcome === 'missed' ? firstCrossed(threshold) : null,
    };
  });
}

type Judged = Pick<ThresholdResult, 'value' | 'isAtLeast' | 'tooFew'> & { outcome: ThresholdOutcome };

/** A shop that never recovered has no time to recover, which is not for want of measuring. */
const ABSENT_IS_MISSED = new Set(['fault.recoverySeconds']);

function judgeMetric(threshold: Threshold, metric: Metrics[string] | undefined): Judged {
  const { statistic } = threshold;
  if (metric !== undefined && 'count' in metric && isLatencyStatistic(statistic))
    return judgeLatency(threshold, metric, statistic);
  const value = metric === undefined ? null : statisticOf(metric, statistic);
  if (value !== null) return { value, outcome: keeps(threshold, value) ? 'kept' : 'missed' };
  return { value, outcome: ABSENT_IS_MISSED.has(threshold.metric) ? 'missed' : 'undecided' };
}

function judgeLatency(
  { atMost, atLeast }: Threshold,
  summary: LatencySummary,
  statistic: LatencyStatistic,
): Judged {
  const decisions = [
    ...(atMost === undefined ? [] : [decideUpperLimit(summary, statistic, atMost)]),
    ...(atLeast === undefined ? [] : [decideLowerLimit(summary, statistic, atLeast)]),
  ];
  const is = (outcome: ThresholdOutcome) => decisions.find((decision) => decision.outcome === outcome);
  const outcome = is('missed') ? 'missed' : is('undecided') ? 'undecided' : 'kept';
  const reading = readStatistic(summary, statistic);
  if (reading.kind !== 'too-few')
    return { value: reading.ms, outcome, ...(reading.kind === 'at-least' ? { isAtLeast: true } : {}) };
  const beyondCount = is('missed')?.beyondCount;
  const { count, neededCount } = reading;
  const tooFew = { count, neededCount, ...(beyondCount === undefined ? {} : { beyondCount }) };
  return { value: null, outcome, tooFew };
}

/** Whether a value keeps to both sides of a limit. */
function keeps(threshold: Threshold, value: number): boolean {
  return (
    (threshold.atMost === undefined || value <= threshold.atMost) &&
    (threshold.atLeast === undefined || value >= threshold.atLeast)
  );
}

/** One figure of a metric as a number; null when there is none, or too few samples behind it. */
export function statisticOf(metric: Metrics[string], statistic: string): number | null {
  if ('count' in metric) {
    return isLatencyStatistic(statistic) ? (statisticValue(metric, statistic)?.ms ?? null) : null;
  }
  return statistic === 'value' && Number.isFinite(metric.value) ? metric.value : null;
}

/**
 * The verdict in its layers: something lost, doubled or wrong publishes no performance result; an invalid generator
 * has none to publish; only then do the limits speak, and of the comparisons only those that were declared to gate. What was
 * missed is missed whatever else could not be decided.
 */
export function verdictOf(input: {
  audit: readonly AuditFinding[];
  generators: readonly GeneratorHealth[];
  thresholds: readonly ThresholdResult[];
  comparisons: readonly ComparisonResult[];
  /** What could not be decided, in sentences; see reports/words/undecided.ts. */
  undecided: readonly string[];
}): Verdict {
  if (input.audit.some((finding) => !finding.ok)) return 'AUDIT_FAILED';
  if (input.generators.some((generator) => !generator.ok)) return 'INVALID';
  if (input.thresholds.some((threshold) => outcomeOf(threshold) === 'missed')) return 'FAIL';
  if (input.comparisons.some(({ declared, judgement }) => declared && judgement === 'worse')) return 'FAIL';
  return input.undecided.length > 0 ? 'UNDECIDED' : 'PASS';
}

/** 0 pass · 1 a limit was missed · 2 no verdict can be given: failed audit, invalid run, too little measured. (3, usage or set-up, never reaches a verdict.) */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 2 {
  switch (verdict) {
    case 'PASS':
      return 0;
    case 'FAIL':
      return 1;
    case 'AUDIT_FAILED':
    case 'INVALID':
    case 'UNDECIDED':
      return 2;
  }
}
