// Reads a shop's own catalogue from CSV (RFC 4180 with a header line) or NDJSON, line by line, and checks every product;
// what is wrong with a line is told with its number and never stops the others.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A product as the file gives it, checked. */
export type ImportedProduct = {
  line: number;
  name: string;
  category: string;
  description: string;
  tags: string[];
  priceKrw: number;
  listPriceKrw: number;
  stockCount: number;
  image: string;
};

/** `reasons`: each names the thing, the value found and the value needed. */
export type RejectedLine = { line: number; reasons: string[] };

export type ReadProduct =
  | { kind: 'product'; product: ImportedProduct }
  /** Columns or keys that no product has: mostly a slip of the pen, so they are told. */
  | { kind: 'unknown-columns'; names: string[] }
  | { kind: 'rejected'; rejected: RejectedLine };

/** Columns of the CSV file and keys of the NDJSON objects; the first three must be there. */
export const IMPORT_COLUMNS = [
  'name',
  'category',
  'price_krw',
  'list_price_krw',
  'stock_count',
  'description',
  'tags',
  'image',
] as const;
const NEEDED_COLUMNS = IMPORT_COLUMNS.slice(0, 3);

const MOST_KRW = 2_000_000_000;
const MOST_STOCK = 1_000_000_000;
const LONGEST_NAME = 200;

/** The file cannot be read as products at all. */
export class ImportFileError extends Error {
  override name = 'ImportFileError';
}

/** Yields each product or rejected line of a `.csv` or `.ndjson` file, in order. */
export async function* readProducts(file: string): AsyncGenerator<ReadProduct> {
  const isCsv = file.endsWith('.csv');
  if (!isCsv && !file.endsWith('.ndjson')) {
    throw new ImportFileError(`${file}: found another ending; needed is .csv or .ndjson.`);
  }
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  try {
    yield* isCsv ? readCsv(lines) : readNdjson(lines);
  } catch (cause) {
    if (cause instanceof ImportFileError) throw cause;
    throw new ImportFileError(
      `${file} cannot be read (${(cause as Error).message}); needed is a file of UTF-8 text.`,
      {
        cause,
      },
    );
  }
}

async function* readNdjson(lines: AsyncIterable<string>): AsyncGenerator<ReadProduct> {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      yield rejected(number, [`the line is no JSON (${(cause as Error).message})`]);
      continue;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      yield rejected(number, ['the line is no object; needed is {"name": …, "category": …, "price_krw": …}']);
    } else {
      const unknown = unknownAmong(Object.keys(value));
      if (unknown.length > 0) yield { kind: 'unknown-columns', names: unknown };
      yield checkProduct(number, value as Record<string, unknown>);
    }
  }
}

async function* readCsv(lines: AsyncIterable<string>): AsyncGenerator<ReadProduct> {
  let header: string[] | null = null;
  let pending = '';
  let number = 0;
  let startedAt = 1;
  for await (const text of lines) {
    number += 1;
    if (pending === '') startedAt = number;
    pending += pending === '' ? text : `\n${text}`;
    // An odd number of quotes: the record goes on in the next line.
    if ((pending.match(/"/g)?.length ?? 0) % 2 === 1) continue;
    const record = pending.replace(/^\uFEFF/, '');
    pending = '';
    if (record.trim() === '') continue;
    const cells = csvCells(record);
    if (header === null) {
      header = checkHeader(cells ?? [record]);
      const unknown = unknownAmong(header);
      if (unknown.length > 0) yield { kind: 'unknown-columns', names: unknown };
    } else if (cells === null) {
      yield rejected(startedAt, ['there is text beside a quoted cell; needed is a comma after the quote']);
    } else if (cells.length !== header.length) {
      yield rejected(startedAt, [`found ${cells.length} columns; needed are ${header.length}`]);
    } else yield checkProduct(startedAt, Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));
  }
  if (pending !== '') yield rejected(startedAt, ['a quote is opened and never closed']);
}

function checkHeader(cells: readonly string[]): string[] {
  const header = cells.map((cell) => cell.trim().toLowerCase());
  const missing = NEEDED_COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new ImportFileError(
      `The header line lacks ${missing.join(', ')}; found ${header.join(', ')}. Needed is a line like ${NEEDED_COLUMNS.join(',')} with commas.`,
    );
  }
  const twice = header.filter((name, index) => header.indexOf(name) !== index);
  if (twice.length > 0) {
    throw new ImportFileError(`The header line has ${twice.join(', ')} twice; needed is each column once.`);
  }
  return header;
}

function unknownAmong(names: readonly string[]): string[] {
  return names.filter((name) => !(IMPORT_COLUMNS as readonly string[]).includes(name));
}

/** The cells of one record; null when something other than a comma stands beside a quoted cell. */
export function csvCells(record: string): string[] | null {
  const cells: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^,"][^,]*)|)(,|$)/y;
  for (;;) {
    const match = pattern.exec(record);
    if (match === null) return null;
    cells.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === '') return cells;
  }
}

function rejected(line: number, reasons: string[]): ReadProduct {
  return { kind: 'rejected', rejected: { line, reasons } };
}

function checkProduct(line: number, value: Record<string, unknown>): ReadProduct {
  const reasons: string[] = [];
  const text = (key: string, longest: number, needed: boolean): string => {
    const found = value[key] ?? '';
    if (typeof found !== 'string' || found.includes('\0')) {
      reasons.push(`${key} is ${JSON.stringify(found)}; needed is text`);
      return '';
    }
    // What stands for bytes that are no UTF-8.
    if (found.includes('\uFFFD')) reasons.push(`${key} is ${JSON.stringify(found)}; needed is UTF-8 text`);
    if (needed && found.trim() === '') reasons.push(`${key} is empty; needed is text`);
    if (found.length > longest)
      reasons.push(`${key} has ${found.length} characters; needed are at most ${longest}`);
    return found.trim();
  };
  const whole = (key: string, least: number, most: number, otherwise: number | null): number => {
    const found = value[key];
    if ((found === undefined || found === '' || found === null) && otherwise !== null) return otherwise;
    const number =
      typeof found === 'number' ? found : /^\d+$/.test(String(found)) ? Number(found) : Number.NaN;
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    reasons.push(
      `${key} is ${JSON.stringify(found ?? '')}; needed is a whole number from ${least} to ${most}`,
    );
    return least;
  };
  const priceKrw = whole('price_krw', 1, MOST_KRW, null);
  const product: ImportedProduct = {
    line,
    name: text('name', LONGEST_NAME, true),
    category: text('category', 100, true),
    description: text('description', 10_000, false),
    tags: tagsOf(value.tags, reasons),
    priceKrw,
    listPriceKrw: whole('list_price_krw', priceKrw, MOST_KRW, priceKrw),
    stockCount: whole('stock_count', 0, MOST_STOCK, 0),
    image: text('image', 2_000, false),
  };
  return reasons.length > 0 ? rejected(line, reasons) : { kind: 'product', product };
}

/** A list of texts, or in CSV one text with `|` between them. */
function tagsOf(found: unknown, reasons: string[]): string[] {
  const list = typeof found === 'string' ? found.split('|') : (found ?? []);
  if (Array.isArray(list) && list.every((tag) => typeof tag === 'string')) {
    return [...new Set(list.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
  }
  reasons.push(`tags is ${JSON.stringify(found)}; needed is a list of texts`);
  return [];
}
