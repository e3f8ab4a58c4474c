// The curve of a comparison over the offered rate: the median wait, the slow waits and what was done a second, a line for each
// variant.
import type { LevelFigures } from '../../record/of-capacity.ts';
import type { RunResult } from '../../record/result.ts';
import { statisticLabel } from '../../words/metric-names.ts';
import { atLeastText } from '../../words/quantile.ts';
import type { CurveChart } from './page-data.ts';

type Line = CurveChart['lines'][number];

/** None with fewer than two rates, and where the audit failed: then there is no performance result. */
export function levelCharts(result: RunResult): CurveChart[] {
  const { levels = [], ofCapacity, verdict, comparisons } = result;
  const points = levels
    .filter(({ ratio, hasBurst }) => ratio !== null && !hasBurst)
    .sort((a, b) => a.offeredPerSecond - b.offeredPerSecond);
  const rates = [...new Set(points.map(({ offeredPerSecond }) => offeredPerSecond))];
  if (rates.length < 2 || verdict === 'AUDIT_FAILED') return [];
  const axisUnit = `${ofCapacity?.arrivals ?? 'orders'}/s offered`;
  const wait = comparisons.find(({ role }) => role === 'primary')?.metric ?? 'order.confirmed';
  const waits = (['p50', 'p95'] as const).map((statistic) => ({
    id: `levels-${statistic}`,
    title: statisticLabel(wait, statistic),
    unit: 'ms',
    axisUnit,
    lines: linesOf(
      points,
      (point) => point[statistic]?.ms ?? null,
      (point) => cutOffText(point[statistic]),
    ),
  }));
  const asOffered = { label: 'as many as offered', rates, values: rates, isLimit: true };
  const completed = linesOf(points, ({ completedPerSecond }) => completedPerSecond);
  const unit = `${ofCapacity?.arrivals ?? 'orders'}/s`;
  return [
    ...waits,
    { id: 'levels-completed', title: 'completed', unit, axisUnit, lines: [...completed, asOffered] },
  ];
}

function linesOf(
  points: readonly LevelFigures[],
  read: (point: LevelFigures) => number | null,
  textOf: (point: LevelFigures) => string | null = () => null,
): Line[] {
  return [...Map.groupBy(points, ({ variant }) => variant)].map(([label, own]) => ({
    label,
    rates: own.map(({ offeredPerSecond }) => offeredPerSecond),
    values: own.map(read),
    texts: own.map(textOf),
    isLimit: false,
  }));
}

function cutOffText(wait: LevelFigures['p50']): string | null {
  return wait?.isAtLeast ? atLeastText(wait.ms) : null;
}
