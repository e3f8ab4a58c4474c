// One figure of one pair of variants as a row of the comparison: its values on both sides and its verdict.
import { toComparisonResult } from '../record/comparison-result.ts';
import type { ComparisonResult } from '../record/result.ts';
import type { Comparison } from '../statistics/comparison.ts';
import { type CellValues, geometricMean } from './cell-values.ts';
import { compareSides } from './compare-sides.ts';
import type { ComparedFigure } from './compared-figures.ts';
import type { LabelledResult } from './compared-run.ts';
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

/** Compares one figure; a side without values gives a refused comparison that says so. */
export function compareFigure(figure: ComparedFigure, pair: VariantPair, marginRatio: number): ComparedRow {
  const { baseline: before, candidate: after, comparison, request } = compareSides(figure, pair, marginRatio);
  const { metric, statistic, role } = figure;
  const runs = { baseline: pair.baseline.run, candidate: pair.candidate.run };
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

function shownValue({ result }: LabelledResult, values: CellValues): number | null {
  return result.verdict === 'AUDIT_FAILED' ? null : geometricMean(values);
}
