// What a run tells of at all: nothing is said of orders in the record of a run in which nobody was to order.
import { METRICS } from '../metrics/catalogue.ts';
import type { Need } from '../metrics/described.ts';
import type { Metrics, RunResult } from '../record/result.ts';

/** Whether any metric that needs this was recorded. */
export function recordsNeed(metrics: Metrics, need: Need): boolean {
  return METRICS.some(({ name, needs }) => needs === need && name in metrics);
}

/** The same of any variant of a run; what needs nothing is always told. */
export function isTold(need: Need | undefined, variants: RunResult['variants']): boolean {
  return need === undefined || Object.values(variants).some(({ metrics }) => recordsNeed(metrics, need));
}
