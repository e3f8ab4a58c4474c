// What the one wide chart of the first screen shows: how much of what people came for was done each second, and how long they
// waited for it, with the limit on that wait.

import type { PageCountName } from '../../metrics/counts.ts';
import { HTTP_RESPONSE, ORDER_CONFIRMED, RECOMMENDATION_SHOWN } from '../../metrics/latencies.ts';
import type { LatencyMetric } from '../../metrics/metric.ts';
import type { RunResult } from '../../record/result.ts';
import { isTold } from '../../words/recorded.ts';

export type FirstChart = {
  title: string;
  note: string;
  empty: string;
  /** Done a second. */
  count: PageCountName;
  countLabel: string;
  /** Waited for it. */
  metric: string;
  statistic: 'p50' | 'p95' | 'p99';
  waitLabel: string;
  /** Null where the scenario has no limit on that wait. */
  limitMs: number | null;
};

const SUBJECTS: readonly {
  wait: Pick<LatencyMetric, 'name' | 'needs'>;
  count: PageCountName;
  countLabel: string;
  empty: string;
}[] = [
  {
    wait: ORDER_CONFIRMED,
    count: 'ordersConfirmed',
    countLabel: 'orders confirmed',
    empty: 'No order was confirmed.',
  },
  {
    wait: RECOMMENDATION_SHOWN,
    count: 'actsShown',
    countLabel: 'acts answered by lists',
    empty: 'No list came for any act.',
  },
  {
    wait: HTTP_RESPONSE,
    count: 'requestsSucceeded',
    countLabel: 'requests answered',
    empty: 'No request was answered.',
  },
];

const HOW_MANY = { p50: 'half waited less', p95: '95 of 100 waited less', p99: '99 of 100 waited less' };

/** Of a run with one variant; null where there are several, whose waits stand in a table. */
export function firstChart({
  variants,
  thresholds,
}: Pick<RunResult, 'variants' | 'thresholds'>): FirstChart | null {
  if (Object.keys(variants).length !== 1) return null;
  const subject = SUBJECTS.find(({ wait }) => isTold(wait.needs, variants));
  if (subject === undefined) return null;
  const { wait, count, countLabel, empty } = subject;
  const limits = thresholds.filter(({ metric, atMost }) => metric === wait.name && atMost !== undefined);
  const limit = (['p95', 'p99', 'p50'] as const).flatMap((statistic) => {
    const own = limits.find((threshold) => threshold.statistic === statistic);
    return own?.atMost === undefined ? [] : [{ statistic, limitMs: own.atMost }];
  })[0] ?? { statistic: 'p95' as const, limitMs: null };
  const title = `${countLabel.charAt(0).toUpperCase()}${countLabel.slice(1)} a second, and the wait`;
  const note = `filled: ${countLabel} a second; line: ${HOW_MANY[limit.statistic]}${limit.limitMs === null ? '' : '; dotted: the limit on it'}`;
  return {
    title,
    note,
    empty,
    count,
    countLabel,
    metric: wait.name,
    waitLabel: HOW_MANY[limit.statistic],
    ...limit,
  };
}
