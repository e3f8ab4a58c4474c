// Counts of a bucket as a rate.
import type { Column, PageCell, Sums } from '../../data/page-data.ts';

/** Counts of a bucket divided by its recorded seconds; nothing where none was recorded. */
export function rateOf(cell: PageCell, sums: Sums): Column {
  return cell.rowCounts.map((seconds, bucket) => (seconds === 0 ? null : (sums[bucket] ?? 0) / seconds));
}
