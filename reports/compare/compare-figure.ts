// One figure of one pair of variants: its values on both sides, the comparison by Welch, and what refuses it.
import { toComparisonResult } from '../record/comparison-result.ts';
import type { ComparisonResult } from '../record/result.ts';
import type { Comparison } from '../statistics/comparison.ts';
import { compareSeparateRuns } from '../statistics/welch.ts';
import { type CellValues, cellValues, geometricMean } from './cell-values.ts';
import type { ComparedFigure } from './compared-figures.ts';
import { type LabelledRun, withheldReason } from './compared-run.ts';
import type { VariantPair } from './pair-variants.ts';

export type ComparedRow = {
  /** The variant, with its level where there are levels. */
  group: string;
  unit: string;
  /** Geometric means over the cells; null without values, or where a failed audit withholds them. */
  baselineValue: number | null;
  candidateValue: number | null;
  /** The value was cut off at a deadline in at least one cell: it is at least this large. */
  baselineAtLeast: boolean;
  candidateAtLeast: boolean;
  comparison: Comparison;
  result: ComparisonResult;
};

type Sides<T> = { baseline: T; candidate: T };

/** Compares one figure; a side without values gives a refused comparison that says so. */
export function compareFigure(
  figure: ComparedFigure,
  pair: VariantPair,
  runs: Sides<LabelledRun>,
  marginRatio: number,
): ComparedRow {
  const before = cellValues(runs.baseline.result.cells, pair.baselineKey, figure);
  const after = cellValues(runs.candidate.result.cells, pair.candidateKey, figure);
  const { metric, statistic, role, higherIsBetter } = figure;
  const request = { baseline: before.values, candidate: after.values, marginRatio, higherIsBetter };
  const withheld = withheldReason(runs.baseline, runs.candidate);
  const comparison: Comparison =
    withheld === null
      ? refuseCutOff(compareSeparateRuns(request), { baseline: before, candidate: after }, runs)
      : { outcome: 'refused', ratio: null, marginRatio, footnote: withheld };
  const result = toComparisonResult(comparison, {
    metric,
    statistic,
    role,
    level: pair.level,
    baseline: `${pair.baselineVariant} of ${runs.baseline.label}`,
    candidate: `${pair.candidateVariant} of ${runs.candidate.label}`,
    kind: 'separate',
    declared: role === 'primary',
    request,
  });
  return {
    group: pair.title,
    unit: before.unit || after.unit,
    baselineValue: shownValue(runs.baseline, before),
    candidateValue: shownValue(runs.candidate, after),
    baselineAtLeast: before.atLeastCount > 0,
    candidateAtLeast: after.atLeastCount > 0,
    comparison,
    result,
  };
}

function shownValue({ result }: LabelledRun, values: CellValues): number | null {
  return result.verdict === 'AUDIT_FAILED' ? null : geometricMean(values);
}

/**
 * A value that was cut off at its deadline is a lower bound. A claim stands only where a larger value would make it
 * stronger: a candidate that is cut off is at least that much above the baseline, and the other way round.
 */
function refuseCutOff(
  comparison: Comparison,
  values: Sides<CellValues>,
  runs: Sides<LabelledRun>,
): Comparison {
  const isBefore = values.baseline.atLeastCount > 0;
  const isAfter = values.candidate.atLeastCount > 0;
  if (comparison.outcome === 'refused' || !(isBefore || isAfter)) return comparison;
  const { low, high, ratio, marginRatio } = comparison;
  const isSafe = (!isBefore && low > 1 + marginRatio) || (!isAfter && high < 1 - marginRatio);
  if (isSafe) return comparison;
  const where = [...(isBefore ? [runs.baseline.label] : []), ...(isAfter ? [runs.candidate.label] : [])];
  const footnote = `need values below their deadline; in ${where.join(' and ')} they are cut off at it`;
  return { outcome: 'refused', ratio, marginRatio, footnote };
}
