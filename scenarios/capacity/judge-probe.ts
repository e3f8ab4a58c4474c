// Whether a rate keeps the limits: the scenario's named thresholds, held against one probe. Used alike for the shop and for
// the stub whose capacity is known.
import type { GeneratorHealth, Metrics, ThresholdResult } from '../../reports/record/result.ts';
import type { Scenario, Threshold } from '../scenario/scenario.ts';
import { judgeThresholds } from '../verdict/judge.ts';
import type { ProbeVerdict } from './search.ts';

export const KEPT_UP = 'load.keptUpRatio';

/** Counts of the measured span, each of what happened in it, whenever it was meant to. */
export type SpanCounts = {
  plannedCount: number;
  ordersResolvedCount: number;
  requestsSentCount: number;
  requestsEndedCount: number;
};

/**
 * Share of the work that came in the span and was done in it: below 1 by as much as a backlog grew. Orders count as done
 * when their outcome is there, and what never started for want of a free person was not done; of sessions, which are
 * longer than a probe, the requests are counted.
 */
export function keptUpRatio(arrivals: Scenario['load']['arrivals'], counts: SpanCounts): number {
  const [came, done] =
    arrivals === 'orders'
      ? [counts.plannedCount, counts.ordersResolvedCount]
      : [counts.requestsSentCount, counts.requestsEndedCount];
  return came === 0 ? 0 : done / came;
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

/** An unhealthy generator makes a probe invalid whatever the limits say: its figures are not the shop's. */
export function judgeProbe(
  thresholds: Record<string, Threshold>,
  measured: { variant: string; metrics: Metrics; generator: Pick<GeneratorHealth, 'ok'> },
): JudgedProbe {
  const limits = judgeThresholds(thresholds, measured.variant, measured.metrics, () => null);
  const verdict = !measured.generator.ok ? 'invalid' : limits.every(({ ok }) => ok) ? 'kept' : 'broken';
  return { verdict, limits };
}
