// The one comparison of a figure of two runs that share no blocks, for the terminal and for the gallery: the values of both
// sides' cells, the comparison by Welch, and what refuses it.
import type { Comparison, ComparisonRequest } from '../statistics/comparison.ts';
import { compareSeparateRuns } from '../statistics/welch.ts';
import { answersDiffer } from '../words/answer-meaning.ts';
import { changeWords } from '../words/change-words.ts';
import { type CellValues, cellValues } from './cell-values.ts';
import type { ComparedFigure } from './compared-figures.ts';
import { type LabelledResult, withheldReason } from './compared-run.ts';
import { refuseCutOff } from './refuse-cut-off.ts';

/** Changes within ±5 % do not matter, unless the scenario or the caller says otherwise. */
export const DEFAULT_MARGIN_RATIO = 0.05;

export type Sides<T> = { baseline: T; candidate: T };

/** A variant of a run, by its key in `result.json`'s `variants`. */
export type VariantSide = { run: LabelledResult; key: string };

export type ComparedSides = Sides<CellValues> & {
  request: ComparisonRequest;
  comparison: Comparison;
};

/** A side without values gives a refused comparison that says so. */
export function compareSides(
  figure: Pick<ComparedFigure, 'metric' | 'statistic' | 'higherIsBetter'>,
  sides: Sides<VariantSide>,
  marginRatio: number,
): ComparedSides {
  const valuesOf = ({ run, key }: VariantSide) => cellValues(run.result.cells, key, figure);
  const [baseline, candidate] = [valuesOf(sides.baseline), valuesOf(sides.candidate)];
  const request = {
    baseline: baseline.values,
    candidate: candidate.values,
    marginRatio,
    higherIsBetter: figure.higherIsBetter,
    words: changeWords(figure.metric),
  };
  const withheld = withheldReason(sides.baseline.run, sides.candidate.run);
  const comparison: Comparison =
    withheld === null
      ? refuseCutOff(
          compareSeparateRuns(request),
          { baseline: baseline.atLeastCount > 0, candidate: candidate.atLeastCount > 0 },
          { baseline: sides.baseline.run.label, candidate: sides.candidate.run.label },
        )
      : { outcome: 'refused', ratio: null, marginRatio, footnote: withheld };
  return { baseline, candidate, request, comparison };
}

/** Whether the shop's answer to an order means different things on the two sides. */
export function areOfTwoThings({ baseline, candidate }: Sides<VariantSide>): boolean {
  const metricsOf = ({ run, key }: VariantSide) => run.result.variants[key]?.metrics;
  const [before, after] = [metricsOf(baseline), metricsOf(candidate)];
  return before !== undefined && after !== undefined && answersDiffer(before, after);
}
