// What is said of blocks that were run a second time because the generator spoilt their first attempt.
import type { RunResult } from '../record/result.ts';

/** A sentence for each repeated block, in the order of the cells. */
export function repeatedSentences({ cells }: Pick<RunResult, 'cells'>): string[] {
  const blocks = Map.groupBy(
    cells.filter(({ repeatedBecause }) => repeatedBecause !== undefined),
    ({ block, level }) => `Block ${block + 1}${level === null ? '' : ` at ${level}`}`,
  );
  return [...blocks].map(
    ([name, [first]]) =>
      `${name} was run a second time, with all its variants, because the generator spoilt the first attempt. ${(first?.repeatedBecause ?? []).join(' ')}`,
  );
}
