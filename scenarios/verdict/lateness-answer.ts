// How many lists came later than 3 s, in words: what was measured, beside what arithmetic says of a shop that works them out in
// cycles.
import { formatQuantity, formatSeconds, formatSecondsUp } from '../../reports/format/format.ts';
import { SHOWN_WITHIN_MS } from '../../reports/metrics/latencies.ts';
import { variantKey } from '../../reports/record/names.ts';
import type { LatencySummary, Metrics, RunResult } from '../../reports/record/result.ts';
import { latencyOf, plainValueOf } from '../../reports/words/metric-names.ts';
import { readStatistic } from '../../reports/words/quantile.ts';
import { PERIODIC_EVERY_MS } from '../../system/contract/recommendations.ts';
import { listOf } from './comparison-caveat.ts';

/** The part of a cycle in which an act begins that is shown too late even if all work took no time. */
const LATE_BY_WAITING_RATIO = 1 - SHOWN_WITHIN_MS / PERIODIC_EVERY_MS;

/**
 * "0 % of lists came later than 3 s at 30 people, against 32.1 % when everybody’s are worked out every 4 s (…), and 4.4 % at …".
 * @param levels those that both sides ran at; null where there is but one
 * @returns null where nobody waited for lists
 */
export function sharesLaterText(
  { baseline, candidate }: { baseline: string; candidate: string },
  levels: readonly (string | null)[],
  variants: RunResult['variants'],
): string | null {
  const metricsOf = (variant: string, level: string | null) =>
    variants[variantKey({ variant, level })]?.metrics ?? {};
  const ratioOf = (metrics: Metrics, name: string) => plainValueOf(metrics, `recommendation.${name}`)?.value;
  const measured = levels.flatMap((level) => {
    const [before, after] = [metricsOf(baseline, level), metricsOf(candidate, level)];
    const [late, lateBefore] = [ratioOf(after, 'lateRatio'), ratioOf(before, 'lateRatio')];
    if (late === undefined || lateBefore === undefined) return [];
    return [{ level, late, lateBefore, byArithmetic: ratioOf(before, 'arithmeticLateRatio') }];
  });
  const parts = measured.map(({ level, late, lateBefore, byArithmetic }, index) => {
    const at = level === null ? '' : ` at ${level}`;
    const beside = `against ${ratioText(lateBefore)}`;
    if (index > 0) {
      const again = byArithmetic === undefined ? '' : ` (${ratioText(byArithmetic)})`;
      return `${ratioText(late)}${at} ${beside}${again}`;
    }
    const told = `${ratioText(late)} of lists came later than ${SHOWN_WITHIN_MS / 1_000} s${at}, ${beside}`;
    return byArithmetic === undefined
      ? `${told} with ${baseline}`
      : `${told} when everybody’s are worked out every ${PERIODIC_EVERY_MS / 1_000} s (by arithmetic ${ratioText(LATE_BY_WAITING_RATIO)} and the time of the work: ${ratioText(byArithmetic)})`;
  });
  return parts.length === 0 ? null : listOf(parts);
}

/** "24.6 % of 2,000 acts (by arithmetic 26.1 %); half of all lists came within 2.1 s, 99 of 100 within 4.1 s"; null where nobody acted. */
export function latenessText(metrics: Metrics): string | null {
  const late = plainValueOf(metrics, 'recommendation.lateRatio');
  const shown = latencyOf(metrics, 'recommendation.shown');
  if (late === undefined || shown === undefined) return null;
  const arithmetic = plainValueOf(metrics, 'recommendation.arithmeticLateRatio');
  const beside = arithmetic === undefined ? '' : ` (by arithmetic ${ratioText(arithmetic.value)})`;
  return `${ratioText(late.value)} of ${shown.count.toLocaleString('en')} acts${beside}; ${feltText(shown)}`;
}

const ratioText = (ratio: number): string => formatQuantity(ratio, 'ratio');

/** "half of all lists came within 0.26 s, 99 of 100 within 3.2 s", as far as the samples carry it. */
function feltText(shown: LatencySummary): string {
  const within = (statistic: 'p50' | 'p99'): string => {
    const reading = readStatistic(shown, statistic);
    if (reading.kind === 'value') return `within ${formatSecondsUp(reading.ms)}`;
    return reading.kind === 'at-least'
      ? `not within ${formatSeconds(reading.ms)}`
      : 'in a time that too few tell';
  };
  return `half of all lists came ${within('p50')}, 99 of 100 ${within('p99')}`;
}
