// Holds a candidate run against a baseline run, figure by figure and variant by variant. Pure: it takes what was read and
// gives comparisons in the form of `result.json`; terminal, Markdown and exit codes are made from that elsewhere.

import { toCombinedComparison } from '../record/comparison-result.ts';
import type { CombinedComparison } from '../record/result.ts';
import { ANSWERS_DIFFER, endsWithAnswer } from '../words/answer-meaning.ts';
import { statisticLabel } from '../words/metric-names.ts';
import { comparabilityWarnings, type SettingDifference, settingDifferences } from './comparability.ts';
import { type ComparedRow, compareFigure } from './compare-figure.ts';
import { areOfTwoThings, DEFAULT_MARGIN_RATIO } from './compare-sides.ts';
import { type ComparedFigures, comparedFigures } from './compared-figures.ts';
import { type LabelledRun, withheldReason } from './compared-run.ts';
import { pairVariants } from './pair-variants.ts';

export type RunComparison = {
  marginRatio: number;
  rows: ComparedRow[];
  /** One per variant: its primary metrics taken together. */
  combined: CombinedComparison[];
  differences: SettingDifference[];
  /** The differences in sentences, and a run that is compared with itself. */
  warnings: string[];
  /** What could not be compared, and what stands in. */
  notes: string[];
  /** Why there is no verdict at all: one of the runs was INVALID or failed its audit. */
  withheld: string | null;
  /** A primary metric is worse beyond the margin. */
  worse: boolean;
};

/**
 * A figure is compared where both runs have it; a primary one also where one side lost it, which refuses its verdict.
 * @param options `marginRatio` from 0 to below 1; else the margin declared by the runs, else 0.05
 */
export function compareRuns(
  baseline: LabelledRun,
  candidate: LabelledRun,
  options: { marginRatio?: number | undefined } = {},
): RunComparison {
  const chosen = comparedFigures(baseline, candidate);
  const marginRatio = options.marginRatio ?? chosen.marginRatio ?? DEFAULT_MARGIN_RATIO;
  const { pairs, unpaired } = pairVariants(baseline, candidate);
  const found = pairs
    .flatMap((pair) =>
      chosen.figures
        .filter((figure) => !(endsWithAnswer(figure.metric) && areOfTwoThings(pair)))
        .map((figure) => compareFigure(figure, pair, marginRatio)),
    )
    .filter(({ result }) => result.baselineCount + result.candidateCount > 0);
  const rows = found.filter((row) => hasBothSides(row) || row.result.role === 'primary');
  return {
    marginRatio,
    rows,
    combined: pairs.flatMap(({ title }) => combinedOf(rows.filter(({ group }) => group === title))),
    differences: settingDifferences(baseline, candidate),
    warnings: comparabilityWarnings(baseline, candidate),
    notes: [
      ...(pairs.length === 0 ? ['No variant stands in both runs: nothing was compared.'] : []),
      ...unpaired,
      ...pairs.filter((pair) => areOfTwoThings(pair)).map(({ title }) => `${title}: ${ANSWERS_DIFFER}`),
      ...standInNote(chosen),
      ...found.flatMap((row) => lostNote(row, baseline.label, candidate.label)),
    ],
    withheld: withheldReason(baseline, candidate),
    worse: rows.some(({ result }) => result.role === 'primary' && result.judgement === 'worse'),
  };
}

function hasBothSides({ result }: ComparedRow): boolean {
  return result.baselineCount > 0 && result.candidateCount > 0;
}

function lostNote(row: ComparedRow, baselineLabel: string, candidateLabel: string): string[] {
  if (hasBothSides(row)) return [];
  const { metric, statistic, baselineCount } = row.result;
  const where = baselineCount === 0 ? baselineLabel : candidateLabel;
  return [`${statisticLabel(metric, statistic)} of ${row.group} has no value in ${where}.`];
}

function standInNote({ figures, primaryStandsIn }: ComparedFigures): string[] {
  const [first] = figures;
  if (first === undefined) return ['Neither run declares limits or comparisons: nothing was compared.'];
  if (!primaryStandsIn) return [];
  const name = statisticLabel(first.metric, first.statistic);
  return [`No primary metric is declared; ${name}, of the first limit, stands in.`];
}

function combinedOf(rows: ComparedRow[]): CombinedComparison[] {
  const primaries = rows.filter(({ result }) => result.role === 'primary');
  const [first] = primaries;
  if (first === undefined) return [];
  const { level, baseline, candidate } = first.result;
  const named = primaries.map(({ result, comparison }) => ({
    name: statisticLabel(result.metric, result.statistic),
    comparison,
  }));
  return [toCombinedComparison({ level, baseline, candidate }, named)];
}
