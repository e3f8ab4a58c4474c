// A span of time chosen on the page: whole buckets of a view, from the start of one to the end of another.
import type { PageCell } from '../../data/page-data.ts';

/** Seconds of the measured span; `to` is where the last bucket ends. */
export type Span = { from: number; to: number };

/** The buckets of a cell that lie in a span, as [first, end); without a span, those of the measured span. */
export function bucketsOf(cell: PageCell, span: Span | null): [first: number, end: number] {
  const { from, to } = span ?? { from: 0, to: cell.durationSeconds };
  const width = cell.bucketSeconds;
  const first = cell.seconds.findIndex((second) => second + width > from + 1e-6);
  const last = cell.seconds.findLastIndex((second) => second < to - 1e-6);
  return first === -1 || last < first ? [0, 0] : [first, last + 1];
}

/** The span widened to whole buckets of a cell; null where nothing of it was recorded. */
export function snapToBuckets(cell: PageCell, span: Span): Span | null {
  const [first, end] = bucketsOf(cell, span);
  const start = cell.seconds[first];
  const last = cell.seconds[end - 1];
  return end === first || start === undefined || last === undefined
    ? null
    : { from: start, to: last + cell.bucketSeconds };
}

/** Sum of a column over buckets [first, end). */
export function sumOver(column: readonly number[] | undefined, [first, end]: [number, number]): number {
  let sum = 0;
  for (let bucket = first; bucket < end; bucket++) sum += column?.[bucket] ?? 0;
  return sum;
}
