// Reads the page views that single runs recorded.
import { join } from 'node:path';
import { PageViewRow } from './page-views.ts';
import { readRows } from './read-cell.ts';

/** The views that were asked for in the measured span of these single runs. */
export function readPageViews(cellDirectories: readonly string[], durationSeconds: number): PageViewRow[] {
  return cellDirectories
    .flatMap((directory) => readRows(join(directory, 'pages.ndjson'), PageViewRow))
    .filter(({ second }) => second >= 0 && second < durationSeconds);
}
