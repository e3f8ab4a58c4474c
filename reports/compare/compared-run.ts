// One side of a comparison of separate runs: a finished run or a baseline, whichever it was read from.
import type { Manifest } from '../record/manifest.ts';
import type { RunResult } from '../record/result.ts';

/** As much of a result as a comparison reads; it is known before the run is marked as finished. */
export type ComparableResult = Pick<
  RunResult,
  'scenario' | 'verdict' | 'variants' | 'cells' | 'thresholds' | 'comparisons'
>;

export type ComparedRun<Result extends ComparableResult = ComparableResult> = {
  /** The run's directory name, or `baseline NAME`. */
  name: string;
  result: Result;
  manifest: Manifest;
};

/** A run that publishes nothing to compare: INVALID numbers describe the generator, a failed audit withholds them. */
export function unusableVerdict({ verdict }: ComparableResult): 'INVALID' | 'AUDIT_FAILED' | null {
  return verdict === 'INVALID' || verdict === 'AUDIT_FAILED' ? verdict : null;
}

/** `label` is how sentences call the side: `A`, `this run`, `baseline main`. */
export type LabelledResult = { label: string; result: ComparableResult };
export type LabelledRun = ComparedRun & LabelledResult;

/** Why there is no verdict at all; null where both runs may be compared. */
export function withheldReason(...runs: LabelledResult[]): string | null {
  const reasons = runs.flatMap(({ label, result }) => {
    const verdict = unusableVerdict(result);
    if (verdict === null) return [];
    const why =
      verdict === 'INVALID'
        ? 'its numbers describe the generator, not the shop'
        : 'a run that fails its audit publishes no performance result';
    return [`${label} is ${verdict}: ${why}`];
  });
  return reasons.length === 0 ? null : reasons.join('; ');
}
