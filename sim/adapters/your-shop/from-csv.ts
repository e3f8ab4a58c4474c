// Items and people from CSV files, with a header of the names that `Item` and `ShopPerson` have.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import type { Http, Item, Place, ShopPerson } from './define-shop.ts';
import { ShopMistake, shown } from './shop-mistake.ts';

type Row = { line: number; cells: Readonly<Record<string, string>> };

/** As `catalogue` it reads items, as `people` accounts. */
export type FromCsv = {
  (http: Http, place: Place): Promise<readonly Item[]>;
  (place: Place): Promise<readonly ShopPerson[]>;
};

/**
 * A CSV file beside the one that describes the shop. Items have the columns id, name, category, price and, if they like, inStock,
 * stock and path; people email, password and name. Other columns of people come along in `columns`.
 */
export function fromCsv(file: string): FromCsv {
  function read(http: Http, place: Place): Promise<readonly Item[]>;
  function read(place: Place): Promise<readonly ShopPerson[]>;
  function read(...given: [Http, Place] | [Place]): Promise<readonly Item[] | readonly ShopPerson[]> {
    return given.length === 1 ? readPeople(file, given[0]) : readItems(file, given[1]);
  }
  return read;
}

async function readItems(file: string, place: Place): Promise<Item[]> {
  const rows = await rowsOf(file, place, ['id', 'name', 'category']);
  return rows.map(({ line, cells }) => itemOf(`${file} line ${line}`, cells));
}

function itemOf(where: string, cells: Row['cells']): Item {
  const { id = '', name = '', category = '', path = '' } = cells;
  const price = numberOf(where, 'price', cells.price);
  const stock = numberOf(where, 'stock', cells.stock);
  const inStock = truthOf(where, cells.inStock);
  return {
    id,
    name,
    category,
    ...(price === undefined ? {} : { price }),
    ...(stock === undefined ? {} : { stock }),
    ...(inStock === undefined ? {} : { inStock }),
    ...(path === '' ? {} : { path }),
  };
}

async function readPeople(file: string, place: Place): Promise<ShopPerson[]> {
  const rows = await rowsOf(file, place, ['email']);
  return rows.map(({ cells }) => ({
    email: cells.email ?? '',
    password: cells.password ?? '',
    name: cells.name ?? cells.email ?? '',
    columns: cells,
  }));
}

async function rowsOf(file: string, place: Place, needed: readonly string[]): Promise<Row[]> {
  const text = await readFile(resolve(place.folder, file), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ShopMistake(
      `${file} cannot be read (${cause.code ?? cause.message}), needed is a CSV file in ${place.folder}.`,
      { cause },
    );
  });
  const parsed = parsedRows(file, text);
  const [header] = parsed;
  if (header === undefined)
    throw new ShopMistake(`${file}: found no row, needed is a header with ${needed.join(', ')}, and rows.`);
  const names = header.record.map((name) => name.trim());
  const lacking = needed.filter((name) => !names.includes(name));
  if (lacking.length > 0)
    throw new ShopMistake(
      `${file}: its header is ${shown(names.join(','))}, needed are ${needed.join(', ')}: it has no ${lacking.join(', no ')}.`,
    );
  return parsed.slice(1).map(({ record, line }) => ({
    line,
    cells: Object.fromEntries(names.map((name, index) => [name, (record[index] ?? '').trim()])),
  }));
}

function parsedRows(file: string, text: string): { record: string[]; line: number }[] {
  try {
    const found: unknown[] = parse(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    });
    return found.map(recordOf);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new ShopMistake(`${file} is no CSV (${cause.message}), needed is one. Mend that row.`, { cause });
  }
}

/** What the parser gives with `info`, which its types do not say. */
function recordOf(found: unknown): { record: string[]; line: number } {
  if (typeof found === 'object' && found !== null && 'record' in found && 'info' in found) {
    const { record, info } = found;
    const line = typeof info === 'object' && info !== null && 'lines' in info ? info.lines : 0;
    if (Array.isArray(record) && typeof line === 'number') return { record, line };
  }
  throw new Error('The CSV parser gave something else than a row with its line.');
}

function numberOf(where: string, column: string, cell: string | undefined): number | undefined {
  if (cell === undefined || cell === '') return undefined;
  if (/^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
  throw new ShopMistake(
    `${where}: ${column} is ${shown(cell)}, needed is a number without sign of currency or commas, such as 12900 or 12.90.`,
  );
}

function truthOf(where: string, cell: string | undefined): boolean | undefined {
  if (cell === undefined || cell === '') return undefined;
  if (/^(true|yes|1)$/i.test(cell)) return true;
  if (/^(false|no|0)$/i.test(cell)) return false;
  throw new ShopMistake(`${where}: inStock is ${shown(cell)}, needed is true or false.`);
}
