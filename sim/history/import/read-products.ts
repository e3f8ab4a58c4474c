// Reads a shop's own catalogue from CSV (or another separator) or NDJSON, row by row, and checks every product; what is wrong
// with a row is told with its line and never stops the others.
import type { MarkEvidence } from './check-cell.ts';
import { checkProduct, type ImportedProduct } from './check-product.ts';
import { type ColumnMap, type Columns, columnsOf, isKnownName, mistakeIn } from './columns.ts';
import { type CsvRow, csvFormat, csvRows, SEPARATOR_NAMES } from './csv-rows.ts';
import { ImportFileError } from './import-file-error.ts';
import { readObject, textLines } from './ndjson-rows.ts';
import { createRowReader, type ProductRow, type RowReader } from './product-row.ts';
import { openTextFile, type TextFile } from './text-file.ts';

export type { ImportedProduct } from './check-product.ts';
export { ImportFileError } from './import-file-error.ts';

/** `reasons`: each names the column, the value found and the value needed. */
export type RejectedLine = { line: number; reasons: string[] };

export type NoProductReason = Extract<ProductRow, { kind: 'no product' }>['why'];

export type ReadProduct =
  | { kind: 'product'; product: ImportedProduct }
  | { kind: 'rejected'; rejected: RejectedLine }
  /** Columns or keys that are not read; each name comes once. */
  | { kind: 'left-out'; names: string[] }
  | { kind: 'no-product'; line: number; why: NoProductReason }
  /** A cell over several lines, one of which looks like a row: perhaps a quote that is closed far too late. */
  | { kind: 'long-cell'; line: number; lastLine: number };

/** A file that can be read more than once. */
export type ProductFile = {
  /** How it is read, in one line. */
  said: string;
  products(): AsyncGenerator<ReadProduct>;
  /** What the readings so far have learned about commas and points in amounts; the next reading uses it. */
  evidence: MarkEvidence;
};

export type ReadOptions = { encoding?: string; map?: ColumnMap };

/**
 * Opens a `.csv`, `.tsv`, `.txt` or `.ndjson`, `.jsonl` file.
 * @throws ImportFileError when it is none of them or cannot be read, also while it is read
 */
export async function openProducts(file: string, options: ReadOptions = {}): Promise<ProductFile> {
  const isJson = /\.(ndjson|jsonl)$/i.test(file);
  if (!isJson && !/\.(csv|tsv|txt)$/i.test(file)) {
    throw new ImportFileError(
      `${file}: found another ending; needed is .csv, .tsv, .txt, .ndjson or .jsonl.`,
    );
  }
  const map = options.map ?? new Map();
  const text = await openTextFile(file, options.encoding);
  const evidence: MarkEvidence = { decimalLines: new Map(), ambiguous: new Set() };
  const format = csvFormat(text.head, isKnownName(map));
  const separators = isJson
    ? 'one object a line'
    : `${SEPARATOR_NAMES[format.separator] ?? format.separator} between cells`;
  return {
    said: `read as ${text.encoding}${text.reason === 'default' ? '' : ` (${text.reason})`}, ${separators}`,
    evidence,
    products: () =>
      withFileName(
        file,
        isJson ? readNdjson(text, map, evidence) : readCsv(csvRows(text, format), map, evidence),
      ),
  };
}

async function* withFileName(file: string, all: AsyncGenerator<ReadProduct>): AsyncGenerator<ReadProduct> {
  try {
    yield* all;
  } catch (cause) {
    const problem = (cause as Error).message;
    if (cause instanceof ImportFileError) throw new ImportFileError(`${file} ${problem}`, { cause });
    throw new ImportFileError(`${file} cannot be read (${problem}); needed is a file of text.`, { cause });
  }
}

async function* readNdjson(
  text: TextFile,
  map: ColumnMap,
  evidence: MarkEvidence,
): AsyncGenerator<ReadProduct> {
  const read = createRowReader();
  const leftOut = new Set<string>();
  let columns = columnsOf([], map);
  for await (const { line, text: content } of textLines(text)) {
    if (content === null)
      yield rejected(line, ['the line is too long; needed are at most 1,048,576 characters']);
    else if (content.trim() === '') yield { kind: 'no-product', line, why: 'blank' };
    else {
      const object = readObject(content);
      if (typeof object === 'string') {
        yield rejected(line, [object]);
        continue;
      }
      if (!isSame(columns.names, object.names)) {
        columns = columnsOf(object.names, map);
        const names = columns.leftOut.filter((name) => !leftOut.has(name));
        for (const name of names.slice(0, MOST_LEFT_OUT - leftOut.size)) leftOut.add(name);
        if (names.length > 0) yield { kind: 'left-out', names };
      }
      yield readRow(line, columns, object.values, read, evidence);
    }
  }
}

/** Names of keys that are remembered as told. */
const MOST_LEFT_OUT = 1_000;

async function* readCsv(
  rows: AsyncGenerator<CsvRow>,
  map: ColumnMap,
  evidence: MarkEvidence,
): AsyncGenerator<ReadProduct> {
  const read = createRowReader();
  let columns: Columns | null = null;
  for await (const row of rows) {
    const { line, lastLine, cells } = row;
    if (cells.every((cell) => cell.trim() === '')) yield { kind: 'no-product', line, why: 'blank' };
    else if (columns === null) {
      columns = columnsOf(cells, map);
      const mistake = row.isQuoteBroken
        ? 'there is text beside a quoted cell of the header'
        : mistakeIn(columns, map);
      if (mistake !== null) throw new ImportFileError(`line ${line}: ${mistake}`);
      if (columns.leftOut.length > 0) yield { kind: 'left-out', names: columns.leftOut };
    } else {
      const mistake = shapeMistake(row, columns.names.length);
      if (mistake !== null) {
        yield rejected(line, [mistake]);
        continue;
      }
      if (looksSwallowed(row)) yield { kind: 'long-cell', line, lastLine };
      yield readRow(line, columns, cells, read, evidence);
    }
  }
}

function shapeMistake({ line, lastLine, cells, isQuoteBroken }: CsvRow, wanted: number): string | null {
  if (isQuoteBroken) {
    const span = lastLine === line ? '' : ` (lines ${line} to ${lastLine} were read as one row)`;
    return `there is text beside a quoted cell${span}; needed is the separator after the closing quote, and quotes inside a quoted cell twice`;
  }
  const isWhole = cells.length === wanted || cells.slice(wanted).every((cell) => cell.trim() === '');
  if (cells.length >= wanted && isWhole) return null;
  return `found ${cells.length} cells; needed are ${wanted} (a separator inside a cell stands between quotes)`;
}

/** A line inside a cell with as many separators as a row: one cannot tell text from rows that a stray quote swallowed. */
function looksSwallowed({ line, lastLine, cells }: CsvRow): boolean {
  if (lastLine === line || cells.length < 3) return false;
  return cells.some(
    (cell) =>
      cell.includes('\n') &&
      cell
        .split('\n')
        .some((inner) => [',', ';', '\t', '|'].some((mark) => inner.split(mark).length >= cells.length)),
  );
}

function readRow(
  line: number,
  columns: Columns,
  values: readonly unknown[],
  read: RowReader,
  evidence: MarkEvidence,
): ReadProduct {
  const row = read(columns, values);
  if (row.kind === 'no product') return { kind: 'no-product', line, why: row.why };
  const checked = checkProduct(line, row, evidence);
  return checked.kind === 'product' ? checked : rejected(line, checked.reasons);
}

function rejected(line: number, reasons: string[]): ReadProduct {
  return { kind: 'rejected', rejected: { line, reasons } };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}
