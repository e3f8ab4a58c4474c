// Every metric of a run, once. Labels, units, directions, formulas, limits, tiles, charts, the terminal's figures and the
// page's live values are read from here. The entries are in latencies.ts, values.ts, counts.ts and gauges.ts.
import { COUNTS, type SeriesCount } from './counts.ts';
import {
  BEHAVIOUR_TIMES,
  CACHE_TIMES,
  GROWTH_TIMES,
  INTAKE_TIMES,
  RECOMMENDATION_TIMES,
  STAGES,
  TIMES,
} from './latencies.ts';
import type { Metric } from './metric.ts';
import {
  CACHE_VALUES,
  GROWTH_VALUES,
  MACHINERY_VALUES,
  ORDER_VALUES,
  RECOMMENDATION_VALUES,
  SESSION_AND_REQUEST_VALUES,
} from './values.ts';

/** The counts that stand in the summary as they are. */
export function countsInSummary(counts: readonly SeriesCount[]): Metric[] {
  return counts.flatMap(({ name, summary }) =>
    summary === undefined ? [] : [{ ...summary, kind: 'count' as const, counts: [name] }],
  );
}

/** In the order in which the page's tiles and a run's values stand. */
export const METRICS: readonly Metric[] = [
  ...ORDER_VALUES,
  ...TIMES,
  ...STAGES,
  ...RECOMMENDATION_VALUES,
  ...RECOMMENDATION_TIMES,
  ...GROWTH_VALUES,
  ...GROWTH_TIMES,
  ...INTAKE_TIMES,
  ...BEHAVIOUR_TIMES,
  ...CACHE_VALUES,
  ...CACHE_TIMES,
  ...SESSION_AND_REQUEST_VALUES,
  ...MACHINERY_VALUES,
  ...countsInSummary(COUNTS),
];

/** Of the plain values with an entry of their own. */
export type ValueName = (
  | typeof ORDER_VALUES
  | typeof RECOMMENDATION_VALUES
  | typeof GROWTH_VALUES
  | typeof CACHE_VALUES
  | typeof SESSION_AND_REQUEST_VALUES
  | typeof MACHINERY_VALUES
)[number]['name'];
