// Why verdicts are refused, each reason once with its number.
import type { ComparedRow } from './compare-figure.ts';

/** Number by text, from 1, in the order of the rows. */
export function footnotesOf(rows: ComparedRow[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const { result } of rows) {
    const { footnote } = result;
    if (footnote !== null && !numbers.has(footnote)) numbers.set(footnote, numbers.size + 1);
  }
  return numbers;
}
