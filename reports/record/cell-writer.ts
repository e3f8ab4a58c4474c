// Writes the folder of one single run while it runs. A row is with the operating system when its call returns, so a
// killed run loses at most the line being written.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import { CensoredRow } from './histograms/censored.ts';
import { histogramLogHeader, histogramLogLine } from './histograms/histogram-log.ts';
import { fileNameOfText } from './names.ts';
import { PageViewRow } from './page-views.ts';
import { AuditFinding } from './result.ts';
import { RequestsRow, SeriesRow } from './series.ts';
import { validate } from './validate.ts';

const AuditFindings = Type.Array(AuditFinding);

export type CellWriter = {
  directory: string;
  /** `plan.json`: the plan, or its seed and hash. */
  writePlan(plan: unknown): void;
  /** Names the wall time of second 0 of the measured span; needed before the first histogram. */
  startSpan(startedAt: Date): void;
  /** One row of `series.ndjson`. */
  appendSeries(row: SeriesRow): void;
  /**
   * The samples of one metric in one second: microseconds, HdrHistogram V2 compressed base64.
   * @param censored how many of them were cut off because no answer came, and after how long at least
   */
  appendHistogram(
    metric: string,
    second: number,
    encodedBase64: string,
    censored?: { count: number; fromMs?: number },
  ): void;
  /** One row of `requests.ndjson`. */
  appendRequests(row: RequestsRow): void;
  /** One row of `pages.ndjson`. */
  appendPageView(row: PageViewRow): void;
  writeAudit(findings: AuditFinding[]): void;
  /** Closes all files; a second call does nothing. */
  close(): void;
};

/** Makes `directory` and returns its writer. */
export function createCellWriter(directory: string): CellWriter {
  mkdirSync(directory, { recursive: true });
  const open = new Map<string, number>();
  let spanStartedAt: Date | undefined;
  let closed = false;

  function append(fileName: string, line: string, header = ''): void {
    if (closed)
      throw new Error(`${join(directory, fileName)}: found a closed cell, needed an open one to append to`);
    let descriptor = open.get(fileName);
    if (descriptor === undefined) {
      descriptor = openSync(join(directory, fileName), 'a');
      open.set(fileName, descriptor);
      if (header !== '') writeSync(descriptor, header);
    }
    writeSync(descriptor, line);
  }

  return {
    directory,
    writePlan: (plan) => writeFileSync(join(directory, 'plan.json'), `${JSON.stringify(plan)}\n`),
    startSpan(startedAt) {
      spanStartedAt = startedAt;
    },
    appendSeries(row) {
      validate(SeriesRow, row, `series row ${row.second} of ${directory}`);
      append('series.ndjson', `${JSON.stringify(row)}\n`);
    },
    appendRequests(row) {
      validate(RequestsRow, row, `requests row ${row.second} of ${directory}`);
      append('requests.ndjson', `${JSON.stringify(row)}\n`);
    },
    appendPageView(row) {
      validate(PageViewRow, row, `page view of ${directory}`);
      append('pages.ndjson', `${JSON.stringify(row)}\n`);
    },
    appendHistogram(metric, second, encodedBase64, censored = { count: 0 }) {
      if (spanStartedAt === undefined)
        throw new Error(`${directory}: startSpan must be called before appendHistogram`);
      const line = histogramLogLine(spanStartedAt, second, encodedBase64);
      append(`${fileNameOfText(metric)}.hlog`, line, histogramLogHeader(metric, spanStartedAt));
      if (censored.count > 0) {
        const row: CensoredRow = { metric, second, ...censored };
        append(
          'censored.ndjson',
          `${JSON.stringify(validate(CensoredRow, row, `censored row of ${directory}`))}\n`,
        );
      }
    },
    writeAudit(findings) {
      const path = join(directory, 'audit.json');
      writeFileSync(path, `${JSON.stringify(validate(AuditFindings, findings, path), null, 2)}\n`);
    },
    close() {
      closed = true;
      for (const descriptor of open.values()) closeSync(descriptor);
      open.clear();
    },
  };
}
