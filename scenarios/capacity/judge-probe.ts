// Whether a rate keeps the limits: the scenario's named thresholds, held against one probe. Used alike for the shop and for
// the stub whose capacity is known.
import type { CellResult, GeneratorHealth, Metrics, ThresholdResult } from '../../reports/record/result.ts';
import { latencyOf } from '../../reports/words/metric-names.ts';
import { arrivalKindOf } from '../scenario/arrival-rate.ts';
import type { Arrivals, SpanCounts } from '../scenario/arrivals.ts';
import type { Scenario, Threshold } from '../scenario/scenario.ts';
import { judgeThresholds } from '../verdict/judge.ts';
import type { ProbeVerdict } from './search.ts';
import { brokenByShop, type LateGenerator } from './shop-evidence.ts';

export const KEPT_UP = 'load.keptUpRatio';

/**
 * Share of the work that came in the span and was done in it: below 1 by as much as a backlog grew. Orders count as done
 * when their outcome is there, and what never started for want of a free person was not done.
 */
export function keptUpRatio(arrivals: Arrivals, counts: SpanCounts): number {
  const { cameCount, doneCount } = arrivalKindOf({ arrivals }).work(counts);
  return cameCount === 0 ? 0 : doneCount / cameCount;
}

/** The thresholds that a rate must keep, by their names. @throws Error when one is not declared */
export function keptThresholds(
  thresholds: Scenario['thresholds'],
  keeps: readonly string[],
): Record<string, Threshold> {
  return Object.fromEntries(
    keeps.map((name) => {
      const threshold = thresholds[name];
      if (threshold !== undefined) return [name, threshold];
      const known = Object.keys(thresholds).join(', ');
      throw new Error(`capacity.keeps names threshold ${name}; the scenario declares ${known}.`);
    }),
  );
}

export type JudgedProbe = { verdict: ProbeVerdict; limits: ThresholdResult[] };

export type MeasuredProbe = {
  variant: string;
  metrics: Metrics;
  failures?: CellResult['failures'];
  durationSeconds: number;
  generator: Pick<GeneratorHealth, 'ok'> & LateGenerator;
};

/**
 * An unhealthy generator makes a probe invalid, for its figures are not the shop's; unless a limit is broken by more than the
 * generator can have caused: then the shop is at its limit, and the generator late besides.
 */
export function judgeProbe(thresholds: Record<string, Threshold>, measured: MeasuredProbe): JudgedProbe {
  const { variant, metrics, generator, failures = {}, durationSeconds } = measured;
  const limits = judgeThresholds(thresholds, variant, metrics, () => null);
  if (generator.ok) return { verdict: limits.every(({ ok }) => ok) ? 'kept' : 'broken', limits };
  const requestCount = latencyOf(metrics, 'http.response')?.count ?? 0;
  const shops = brokenByShop(limits, { requestCount, failures, durationSeconds, generator });
  return { verdict: shops.length > 0 ? 'broken' : 'invalid', limits };
}
