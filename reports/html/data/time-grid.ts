// The time buckets of a page: tidy widths, aligned to second 0 of the measured span.
import type { SeriesRow } from '../../record/series.ts';

const BUCKET_SECONDS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600];

export type Grid = { bucketSeconds: number; firstBucket: number; bucketCount: number };

/** The smallest tidy bucket width with which the rows fit into `maxBuckets` buckets. */
export function bucketSecondsFor(rowCount: number, maxBuckets: number): number {
  // One more bucket than the rows fill, because buckets are aligned to second 0.
  const width = BUCKET_SECONDS.find((seconds) => Math.ceil(rowCount / seconds) + 1 <= maxBuckets);
  return width ?? Math.ceil(rowCount / (maxBuckets - 1));
}

/** Buckets over everything that the rows of one or more single runs hold. */
export function gridOf(series: SeriesRow[][], maxBuckets: number): Grid {
  const seconds = series.flatMap((rows) => [rows[0]?.second ?? 0, rows.at(-1)?.second ?? 0]);
  const first = seconds.reduce((a, b) => Math.min(a, b), 0);
  const last = seconds.reduce((a, b) => Math.max(a, b), 0);
  const bucketSeconds = bucketSecondsFor(last - first + 1, maxBuckets);
  const firstBucket = Math.floor(first / bucketSeconds);
  return { bucketSeconds, firstBucket, bucketCount: Math.floor(last / bucketSeconds) - firstBucket + 1 };
}

/** Index of the bucket that holds a second; outside 0 … bucketCount − 1 for a second outside the grid. */
export function bucketOf(grid: Grid, second: number): number {
  return Math.floor(second / grid.bucketSeconds) - grid.firstBucket;
}
