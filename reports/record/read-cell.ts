// Reads the folder of one single run: rows, audit, and the histograms of a metric when asked for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static, type TSchema } from 'typebox';
import { CensoredRow } from './histograms/censored.ts';
import { type HistogramInterval, readHistogramLog } from './histograms/histogram-log.ts';
import { type CellId, textOfFileName } from './names.ts';
import { AuditFinding } from './result.ts';
import { ofOlderRow, RequestsRow, SeriesRow, SeriesRowWithoutVersion, withIntended } from './series.ts';
import { RecordError, validate } from './validate.ts';

const AuditFindings = Type.Array(AuditFinding);

export type Cell = CellId & {
  directory: string;
  series: SeriesRow[];
  censored: CensoredRow[];
  /** Null when the single run did not come as far as its audit. */
  audit: AuditFinding[] | null;
  /** Names of the metrics that have histograms, sorted. */
  metrics: string[];
  /** Length of the measured span as far as it was recorded. */
  durationSeconds: number;
};

/** @throws RecordError that names the file, what was found and what was needed */
export function readCell(directory: string, id: CellId): Cell {
  const series = readSeries(directory);
  const lastMeasured = series.findLast((row) => row.phase === 'measure');
  const auditPath = join(directory, 'audit.json');
  return {
    ...id,
    directory,
    series,
    censored: readRows(join(directory, 'censored.ndjson'), CensoredRow),
    audit: existsSync(auditPath) ? readDocument(auditPath, AuditFindings) : null,
    metrics: metricsOf(directory),
    durationSeconds: lastMeasured === undefined ? 0 : lastMeasured.second + 1,
  };
}

/** The rows of a cell's seconds, whichever version wrote them; none where nothing was recorded yet. */
export function readSeries(directory: string): SeriesRow[] {
  const rows = readLines(join(directory, 'series.ndjson')).map(({ value, place }) =>
    isVersioned(value)
      ? validate(SeriesRow, value, place)
      : ofOlderRow(validate(SeriesRowWithoutVersion, value, place)),
  );
  return withIntended(rows, readRows(join(directory, 'requests.ndjson'), RequestsRow));
}

function isVersioned(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'version' in value;
}

/** Names of the metrics that have histograms in a cell's folder, sorted. */
export function metricsOf(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.hlog'))
    .map((name) => textOfFileName(name.slice(0, -'.hlog'.length)))
    .sort();
}

/** The recorded seconds of a metric; none where the metric has no file. */
export function readHistograms(directory: string, fileName: string): HistogramInterval[] {
  const path = join(directory, fileName);
  return existsSync(path) ? readHistogramLog(readFileSync(path, 'utf8'), path) : [];
}

/** Rows of an NDJSON file; none where there is no file. A last line that was cut off by a kill is left out. */
export function readRows<S extends TSchema>(path: string, schema: S): Static<S>[] {
  return readLines(path).map(({ value, place }) => validate(schema, value, place));
}

function readLines(path: string): { value: unknown; place: string }[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => {
    const place = `${path} line ${index + 1}`;
    return { value: parse(line, place), place };
  });
}

/** @throws RecordError when the file is missing, not JSON, or not what the schema asks for */
export function readDocument<S extends TSchema>(path: string, schema: S): Static<S> {
  if (!existsSync(path)) throw new RecordError(`${path}: found no file, needed one`);
  return validate(schema, parse(readFileSync(path, 'utf8'), path), path);
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RecordError(`${place}: found "${text.slice(0, 40)}", needed JSON`, { cause });
  }
}
