// The gate of a run against a baseline, for a rehearsal to call once its cells are judged: change counts only where the
// interval clears the margin. It decides nothing about exit codes.
import type { ComparisonResult } from '../record/result.ts';
import { compareRuns } from './compare-runs.ts';
import type { ComparedRun } from './compared-run.ts';

export type GateOutcome = {
  /** In the form of `result.json`, kind `separate`; primary ones are `declared`, so that a worse one fails the run. */
  comparisons: ComparisonResult[];
  /** What differed between the runs besides the change, and what could not be compared. */
  warnings: string[];
  /** A primary metric is worse beyond the margin: SLOWER, LOWER, MORE, … */
  worse: boolean;
};

/** @param options `marginRatio` from 0 to below 1; left out: the margin that the scenario declares, else 0.05 */
export function gateAgainstBaseline(
  run: ComparedRun,
  baseline: ComparedRun,
  options: { marginRatio?: number | undefined } = {},
): GateOutcome {
  const compared = compareRuns({ ...baseline, label: baseline.name }, { ...run, label: 'this run' }, options);
  const { rows, warnings, notes, withheld, worse } = compared;
  return {
    comparisons: rows.map(({ result }) => result),
    warnings: [...(withheld === null ? [] : [withheld]), ...warnings, ...notes],
    worse,
  };
}
