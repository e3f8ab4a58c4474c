// Comparisons of a run's variants, pair by pair and level by level: each block gives one value per variant, and the pairs of a
// block share machine, seed and plan.
import { toCombinedComparison, toComparisonResult } from '../../reports/record/comparison-result.ts';
import type { CellResult, CombinedComparison, ComparisonResult } from '../../reports/record/result.ts';
import type { Comparison as JudgedComparison } from '../../reports/statistics/comparison.ts';
import { comparePairs } from '../../reports/statistics/paired-comparison.ts';
import type { ComparedMetric, Comparison } from '../scenario.ts';
import { statisticOf } from './judge.ts';

/** Below this an interval is wider than any effect worth naming. */
const MINIMUM_PAIRS = 3;

export type Compared = { comparisons: ComparisonResult[]; verdicts: CombinedComparison[] };

type Side = { level: string | null; baseline: string; candidate: string };

/** Compares every declared pair at every level, primary metrics first. */
export function compareVariants(comparison: Comparison, cells: readonly CellResult[]): Compared {
  const levels = [...new Set(cells.map((cell) => cell.level))];
  const sides = levels.flatMap((level) =>
    comparison.pairs.map(({ baseline, candidate }) => ({ level, baseline, candidate })),
  );
  const compared = sides.map((side) => compareSide(comparison, cells, side));
  return {
    comparisons: compared.flatMap(({ results }) => results),
    verdicts: compared.map(({ combined }) => combined),
  };
}

function compareSide(comparison: Comparison, cells: readonly CellResult[], side: Side) {
  const results: ComparisonResult[] = [];
  const primaries: { name: string; comparison: JudgedComparison }[] = [];
  const add = (compared: ComparedMetric, role: 'primary' | 'exploratory'): void => {
    const request = {
      ...pairsOf(cells, side, compared),
      marginRatio: comparison.marginRatio,
      higherIsBetter: compared.higherIsBetter,
    };
    const judged = comparePairs({ ...request, minimumPairs: MINIMUM_PAIRS });
    const { metric, statistic } = compared;
    const unit = cells.find(({ metrics }) => metrics[metric] !== undefined)?.metrics[metric]?.unit;
    const declared = role === 'primary' && comparison.declared;
    results.push(
      toComparisonResult(judged, {
        ...side,
        metric,
        statistic,
        role,
        kind: 'paired',
        declared,
        request,
        unit,
      }),
    );
    if (role === 'primary') primaries.push({ name: `${metric} ${statistic}`, comparison: judged });
  };
  for (const compared of comparison.primary) add(compared, 'primary');
  for (const compared of comparison.exploratory) add(compared, 'exploratory');
  return { results, combined: toCombinedComparison(side, primaries) };
}

/** One value per block and side; a block in which either side has no value is left out of both. */
function pairsOf(cells: readonly CellResult[], side: Side, { metric, statistic }: ComparedMetric) {
  const baseline: number[] = [];
  const candidate: number[] = [];
  for (const first of cells) {
    if (first.variant !== side.baseline || first.level !== side.level) continue;
    const second = cells.find(
      ({ variant, level, block }) =>
        variant === side.candidate && level === side.level && block === first.block,
    );
    const a = valueIn(first, metric, statistic);
    const b = second === undefined ? null : valueIn(second, metric, statistic);
    if (a === null || b === null) continue;
    baseline.push(a);
    candidate.push(b);
  }
  return { baseline, candidate };
}

function valueIn(cell: CellResult, metric: string, statistic: string): number | null {
  const found = cell.metrics[metric];
  return found === undefined ? null : statisticOf(found, statistic);
}
