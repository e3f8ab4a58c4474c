// Comparisons of a run's variants, pair by pair and level by level: each block gives one value per variant, and the pairs of a
// block share machine, seed and plan.

import { cellValues } from '../../reports/compare/cell-values.ts';
import { refuseCutOff } from '../../reports/compare/refuse-cut-off.ts';
import { isHigherBetter } from '../../reports/metrics/find-metric.ts';
import { toCombinedComparison, toComparisonResult } from '../../reports/record/comparison-result.ts';
import { variantKey } from '../../reports/record/names.ts';
import type { CellResult, CombinedComparison, ComparisonResult } from '../../reports/record/result.ts';
import type { Comparison as JudgedComparison } from '../../reports/statistics/comparison.ts';
import { comparePairs } from '../../reports/statistics/paired-comparison.ts';
import { answersDiffer, endsWithAnswer } from '../../reports/words/answer-meaning.ts';
import { changeWords } from '../../reports/words/change-words.ts';
import type { ComparedMetric, Comparison } from '../scenario/scenario.ts';

/** Below this an interval is wider than any effect worth naming. */
const MINIMUM_PAIRS = 3;

export type Compared = { comparisons: ComparisonResult[]; verdicts: CombinedComparison[] };

type Side = { level: string | null; baseline: string; candidate: string; tells: string };

/** Compares every declared pair at every level, primary metrics first. */
export function compareVariants(comparison: Comparison, cells: readonly CellResult[]): Compared {
  const levels = [...new Set(cells.map((cell) => cell.level))];
  const sides = levels.flatMap((level) => comparison.pairs.map((pair) => ({ level, ...pair })));
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
    const { isCutOff, ...values } = pairsOf(cells, side, compared);
    const request = {
      ...values,
      marginRatio: comparison.marginRatio,
      higherIsBetter: isHigherBetter(compared.metric),
      words: changeWords(compared.metric),
    };
    const judged = refuseCutOff(comparePairs({ ...request, minimumPairs: MINIMUM_PAIRS }), isCutOff, side);
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
  const isOfTwoThings = answersDifferBetween(cells, side);
  for (const compared of comparison.exploratory)
    if (!(isOfTwoThings && endsWithAnswer(compared.metric))) add(compared, 'exploratory');
  return { results, combined: toCombinedComparison(sidesOf(side), primaries) };
}

const sidesOf = ({ level, baseline, candidate }: Side) => ({ level, baseline, candidate });

/** Whether the two sides answer an order with different things; then no time up to the answer is compared. */
function answersDifferBetween(cells: readonly CellResult[], { level, baseline, candidate }: Side): boolean {
  const metricsIn = (variant: string) =>
    cells.find((cell) => cell.variant === variant && cell.level === level)?.metrics;
  return answersDiffer(metricsIn(baseline) ?? {}, metricsIn(candidate) ?? {});
}

/**
 * One value per block and side; a block in which either side has no value, or too few samples for it, is left out of both.
 * `isCutOff`: a value of that side is only known to be at least so much.
 */
function pairsOf(cells: readonly CellResult[], side: Side, { metric, statistic }: ComparedMetric) {
  const baseline: number[] = [];
  const candidate: number[] = [];
  const isCutOff = { baseline: false, candidate: false };
  for (const first of cells) {
    if (first.variant !== side.baseline || first.level !== side.level) continue;
    const second = cells.find(
      ({ variant, level, block }) =>
        variant === side.candidate && level === side.level && block === first.block,
    );
    const a = valueIn(first, metric, statistic);
    const b = second === undefined ? null : valueIn(second, metric, statistic);
    if (a === null || b === null) continue;
    baseline.push(a.value);
    candidate.push(b.value);
    isCutOff.baseline ||= a.isAtLeast;
    isCutOff.candidate ||= b.isAtLeast;
  }
  return { baseline, candidate, isCutOff };
}

function valueIn(
  cell: CellResult,
  metric: string,
  statistic: string,
): { value: number; isAtLeast: boolean } | null {
  const { values, atLeastCount } = cellValues([cell], variantKey(cell), { metric, statistic });
  const [value] = values;
  return value === undefined ? null : { value, isAtLeast: atLeastCount > 0 };
}
