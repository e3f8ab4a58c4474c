// Makes the page, the JUnit file, the summary and the table of seconds of a run from what it recorded.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderReport } from '../html/render-report.ts';
import { readFinishedRun } from '../record/read-run.ts';
import { renderJUnit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSeriesCsv } from './series-csv.ts';

export type WrittenReports = { page: string; junit: string; summary: string; series: string };

/**
 * Writes `report.html`, `junit.xml`, `summary.md` and `series.csv` into the run directory and returns their paths.
 * @param options.page another place for the page
 * @throws RecordError when the run has no result or a file of it is not what it should be
 */
export async function writeReports(
  runDirectory: string,
  options: { page?: string } = {},
): Promise<WrittenReports> {
  const run = readFinishedRun(runDirectory);
  const written = {
    page: options.page ?? join(runDirectory, 'report.html'),
    junit: join(runDirectory, 'junit.xml'),
    summary: join(runDirectory, 'summary.md'),
    series: join(runDirectory, 'series.csv'),
  };
  writeFileSync(written.page, await renderReport(run));
  writeFileSync(written.junit, renderJUnit(run.result));
  writeFileSync(written.summary, renderMarkdown(run.result, run.manifest));
  writeFileSync(written.series, renderSeriesCsv(run.cells));
  return written;
}
