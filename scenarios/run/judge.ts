// From measured figures to a verdict: thresholds, then the layers audit → validity → limits, then the exit code.
import type {
  AuditFinding,
  ComparisonResult,
  GeneratorHealth,
  Metrics,
  ThresholdResult,
  Verdict,
} from '../../reports/record/result.ts';
import type { Threshold } from '../scenario.ts';

/** Holds every threshold against the metrics of one variant. What was not measured is never ok. */
export function judgeThresholds(
  thresholds: Record<string, Threshold>,
  variant: string,
  metrics: Metrics,
  firstCrossed: (threshold: Threshold) => number | null,
): ThresholdResult[] {
  return Object.entries(thresholds).map(([name, threshold]) => {
    const metric = metrics[threshold.metric];
    const value = metric === undefined ? null : statisticOf(metric, threshold.statistic);
    const ok = value !== null && keeps(threshold, value);
    return {
      name,
      variant,
      metric: threshold.metric,
      statistic: threshold.statistic,
      unit: metric?.unit ?? '',
      ...(threshold.atMost === undefined ? {} : { atMost: threshold.atMost }),
      ...(threshold.atLeast === undefined ? {} : { atLeast: threshold.atLeast }),
      value,
      ok,
      firstCrossedAtSecond: ok ? null : firstCrossed(threshold),
    };
  });
}

/** Whether a value keeps to both sides of a limit. */
export function keeps(threshold: Threshold, value: number): boolean {
  return (
    (threshold.atMost === undefined || value <= threshold.atMost) &&
    (threshold.atLeast === undefined || value >= threshold.atLeast)
  );
}

/** One figure of a metric; null when there is none, or no sample behind it. */
export function statisticOf(metric: Metrics[string], statistic: string): number | null {
  if ('count' in metric && metric.count === 0) return null;
  const value: unknown = Reflect.get(metric, statistic);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/**
 * The verdict in its layers: something lost, doubled or wrong publishes no performance result; an invalid generator
 * has none to publish; only then do the limits speak, and of the comparisons only those that were declared to gate.
 */
export function verdictOf(input: {
  audit: readonly AuditFinding[];
  generators: readonly GeneratorHealth[];
  thresholds: readonly ThresholdResult[];
  comparisons: readonly ComparisonResult[];
}): Verdict {
  if (input.audit.some((finding) => !finding.ok)) return 'AUDIT_FAILED';
  if (input.generators.some((generator) => !generator.ok)) return 'INVALID';
  if (input.thresholds.some((threshold) => !threshold.ok)) return 'FAIL';
  if (input.comparisons.some(({ declared, judgement }) => declared && judgement === 'worse')) return 'FAIL';
  return 'PASS';
}

/** 0 pass · 1 a limit was missed · 2 failed audit or invalid run. (3, usage or set-up, never reaches a verdict.) */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 2 {
  switch (verdict) {
    case 'PASS':
      return 0;
    case 'FAIL':
      return 1;
    case 'AUDIT_FAILED':
    case 'INVALID':
      return 2;
  }
}
