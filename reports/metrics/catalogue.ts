// Every metric of a run, once. Labels, units, directions, formulas, limits, tiles, charts, the terminal's figures and the
// page's live values are read from here. The entries are in latencies.ts, counts.ts, gauges.ts and, for rates and ratios of counts and
// what the rehearsal tells of a whole run, in the files of values of each subject.
import { CACHE_VALUES } from './cache-values.ts';
import { COUNTS, type SeriesCount } from './counts.ts';
import {
  BEHAVIOUR_TIMES,
  CACHE_TIMES,
  COUNTER_TIMES,
  GROWTH_TIMES,
  INTAKE_TIMES,
  RECOMMENDATION_TIMES,
  STAGES,
  TIMES,
} from './latencies.ts';
import { MACHINERY_VALUES } from './machinery-values.ts';
import type { Metric } from './metric.ts';
import { ORDER_VALUES } from './order-values.ts';
import { PAGE_VALUES } from './page-values.ts';
import { GROWTH_VALUES, SESSION_AND_REQUEST_VALUES } from './people-values.ts';
import { RECOMMENDATION_VALUES } from './recommendation-values.ts';

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
  ...COUNTER_TIMES,
  ...CACHE_VALUES,
  ...CACHE_TIMES,
  ...SESSION_AND_REQUEST_VALUES,
  ...PAGE_VALUES,
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
  | typeof PAGE_VALUES
  | typeof MACHINERY_VALUES
)[number]['name'];
