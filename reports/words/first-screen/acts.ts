// What a rehearsal was for people who only act and wait for the lists that follow: how many got them, and how many too late.
import { countOf, formatNumber, formatPercent, formatSpan } from '../../format/format.ts';
import { SHOWN_WITHIN_MS } from '../../metrics/latencies.ts';
import type { Metrics } from '../../record/result.ts';
import { latencyOf, plainValueOf } from '../metric-names.ts';

/** Of people who only act and wait for lists: "lists came within 3 s for 98.1 % of 1,180 acts"; null for others. */
export function actsSentence(metrics: Metrics): string | null {
  const acts = actsOf(metrics);
  if (acts === null) return null;
  const { count, lateRatio } = acts;
  return `lists came within ${SHOWN_WITHIN_MS / 1_000} s for ${formatPercent(1 - lateRatio)} of ${countOf(count, 'act')}`;
}

/** Null where nobody waited for lists. */
export function actsOf(metrics: Metrics): { count: number; answeredCount: number; lateRatio: number } | null {
  const lateRatio = plainValueOf(metrics, 'recommendation.lateRatio')?.value;
  const shown = latencyOf(metrics, 'recommendation.shown');
  return lateRatio === undefined || shown === undefined
    ? null
    : { count: shown.count, answeredCount: shown.count - shown.censoredCount, lateRatio };
}

/** Null where nobody waited for lists. */
export function actFigures(metrics: Metrics, durationSeconds: number) {
  const acts = actsOf(metrics);
  if (acts === null) return null;
  return [
    {
      label: 'Answered',
      value: `${formatNumber(acts.answeredCount)} in ${formatSpan(durationSeconds)}`,
      note: `of ${countOf(acts.count, 'act')}, by new lists`,
    },
    {
      label: 'Too late',
      value: formatPercent(acts.lateRatio),
      note: `of the lists: after ${SHOWN_WITHIN_MS / 1_000} s, or never`,
    },
  ];
}
