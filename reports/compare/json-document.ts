// A comparison of two runs for machines: the comparisons in the form of `result.json`, with the values behind them.
import type { ComparedRow } from './compare-figure.ts';
import type { RunComparison } from './compare-runs.ts';
import type { LabelledRun } from './compared-run.ts';

export function jsonDocument(
  comparison: RunComparison,
  baseline: LabelledRun,
  candidate: LabelledRun,
  exitCode: number,
) {
  const { marginRatio, worse, withheld, warnings, differences, notes, rows, combined } = comparison;
  return {
    schemaVersion: 1,
    baseline: sideOf(baseline),
    candidate: sideOf(candidate),
    marginRatio,
    worse,
    withheld,
    exitCode,
    warnings,
    differences,
    notes,
    comparisons: rows.map(comparisonOf),
    comparisonVerdicts: combined,
  };
}

function sideOf({ name, manifest, result }: LabelledRun) {
  const { startedAt, commit, commitIsDirty } = manifest;
  const { scenario, verdict } = result;
  return { name, scenario, startedAt, commit, commitIsDirty, verdict, cellCount: result.cells.length };
}

function comparisonOf({ result, unit, ...row }: ComparedRow) {
  const { baselineValue, candidateValue, baselineAtLeast, candidateAtLeast } = row;
  return { ...result, unit, baselineValue, candidateValue, baselineAtLeast, candidateAtLeast };
}
