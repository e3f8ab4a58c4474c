// How the waits of a run went at its beginning and at its end: medians of the first and the last third of its measured span.

import { HTTP_RESPONSE, ORDER_CONFIRMED } from '../../metrics/latencies.ts';
import { summarise } from '../../record/histograms.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { mergeMetric } from '../../record/summarise-cell.ts';
import type { Drift } from '../../words/first-screen/watch.ts';

/** A median of fewer says nothing of a third. */
const NEEDED_COUNT = 30;

const WAITS = [
  { metric: ORDER_CONFIRMED.name, label: 'an order' },
  { metric: HTTP_RESPONSE.name, label: 'an answer' },
];

/** Of the waits that both thirds have enough of. */
export function driftsOf({ cells }: Pick<FinishedRun, 'cells'>): Drift[] {
  const durationSeconds = Math.max(0, ...cells.map((cell) => cell.durationSeconds));
  const directories = cells.map(({ directory }) => directory);
  const medianOf = (metric: string, from: number, to: number): number | null => {
    const merged = mergeMetric(directories, metric, ({ second }) => second >= from && second < to);
    return merged.totalCount < NEEDED_COUNT ? null : summarise(merged, 0).p50;
  };
  return WAITS.flatMap(({ metric, label }) => {
    const firstMs = medianOf(metric, 0, durationSeconds / 3);
    const lastMs = medianOf(metric, (durationSeconds * 2) / 3, durationSeconds);
    return firstMs === null || lastMs === null ? [] : [{ label, firstMs, lastMs }];
  });
}
