// One figure of one pair of variants: its values on both sides, the comparison by Welch, and what refuses it.
import { toComparisonResult } from '../record/comparison-result.ts';
import type { ComparisonResult } from '../record/result.ts';
import type { Comparison } from '../statistics/comparison.ts';
import { compareSeparateRuns } from '../statistics/welch.ts';
import { type CellValues, cellValues, geometricMean } from './cell-values.ts';
import type { ComparedFigure } from './compared-figures.ts';
import { type LabelledRun, withheldReason } from './compared-run.ts';
import type { VariantPair } from './pair-variants.ts';
import { refuseCutOff } from './refuse-cut-off.ts';

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
      ? refuseCutOff(
          compareSeparateRuns(request),
          { baseline: before.atLeastCount > 0, candidate: after.atLeastCount > 0 },
          { baseline: runs.baseline.label, candidate: runs.candidate.label },
        )
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
