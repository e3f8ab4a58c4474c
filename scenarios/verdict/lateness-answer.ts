// How many lists came later than 3 s, in words: what was measured, beside what arithmetic says of a shop that works them out in
// cycles.
import { formatPercent } from '../../reports/format/format.ts';
import type { LatencySummary, Metrics } from '../../reports/record/result.ts';
import { latencyOf, plainValueOf } from '../../reports/words/metric-names.ts';
import { quantileText } from '../../reports/words/quantile.ts';

/** A line for each variant, with its levels; none where nobody waited for lists. */
export function latenessLines(variants: Readonly<Record<string, { metrics: Metrics }>>): string[] {
  const told = Object.entries(variants).flatMap(([key, { metrics }]) => {
    const [variant = key, level] = key.split('@');
    const text = latenessText(metrics);
    return text === null
      ? []
      : [{ variant, text: level === undefined ? text : `at ${level} people ${text}` }];
  });
  const byVariant = Map.groupBy(told, ({ variant }) => variant);
  return [...byVariant].map(
    ([variant, parts]) => `Later than 3 s with ${variant}: ${parts.map(({ text }) => text).join('; ')}.`,
  );
}

/** "24.6 % of 2,000 acts (by arithmetic 26.1 %), p50 2.1 s, p99 4.1 s"; null where nobody acted. */
export function latenessText(metrics: Metrics): string | null {
  const late = plainValueOf(metrics, 'recommendation.lateRatio');
  const shown = latencyOf(metrics, 'recommendation.shown');
  if (late === undefined || shown === undefined) return null;
  const arithmetic = plainValueOf(metrics, 'recommendation.arithmeticLateRatio');
  const beside = arithmetic === undefined ? '' : ` (by arithmetic ${formatPercent(arithmetic.value)})`;
  return `${formatPercent(late.value)} of ${shown.count.toLocaleString('en')} acts${beside}, ${feltText(shown)}`;
}

const feltText = (shown: LatencySummary): string =>
  `p50 ${quantileText(shown, 'p50')}, p99 ${quantileText(shown, 'p99')}`;
