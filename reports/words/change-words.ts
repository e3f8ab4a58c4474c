// The words for a change of a metric: what it is that there can be more of decides them. A count is not faster, nor CPU.
import { findMetric } from '../metrics/find-metric.ts';
import type { Metric } from '../metrics/metric.ts';
import type { ChangeWords } from '../statistics/interval-verdict.ts';

const WORDS = {
  wait: { fallen: 'FASTER', risen: 'SLOWER' },
  number: { fallen: 'FEWER', risen: 'MORE' },
  amount: { fallen: 'LESS', risen: 'MORE' },
  height: { fallen: 'LOWER', risen: 'HIGHER' },
} as const satisfies Record<NonNullable<Metric['changes']>, ChangeWords>;

/** As the metric declares it; without a declaration latencies are waits and other values have a height. Names of other times are waits. */
export function changeWords(name: string): ChangeWords {
  const metric = findMetric(name);
  if (metric === undefined) return WORDS.wait;
  return WORDS[metric.changes ?? (metric.kind === 'latency' ? 'wait' : 'height')];
}
