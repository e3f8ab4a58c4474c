// Of a shop that is not ours only is told what its shoppers saw.
import type { FinishedRun } from '../record/read-run.ts';

/** Whether the inside of the rehearsed shop was not seen. */
export function isUnseen({ manifest }: Pick<FinishedRun, 'manifest'>): boolean {
  return manifest.shop !== undefined;
}
