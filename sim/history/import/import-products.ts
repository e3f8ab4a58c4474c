// Puts a shop's own catalogue into its database: all accepted products in one transaction, or nothing.
import { Client } from 'pg';
import { LOADED_TABLES } from '../../../system/contract/tables.ts';
import { copyText } from '../copy-rows.ts';
import { copyLine } from '../copy-text.ts';
import { type ImportedProduct, ImportFileError, type RejectedLine, readProducts } from './read-products.ts';

export type ImportInput = {
  file: string;
  /** Null in a dry run without a database. */
  databaseUrl: string | null;
  dryRun: boolean;
  /** With rejected lines, false (default) imports nothing; true imports the others. */
  skipRejected: boolean;
  nowMs: number;
};

export type ImportReport = {
  acceptedCount: number;
  rejectedCount: number;
  /** The first ones. */
  rejected: RejectedLine[];
  newCategories: string[];
  /** Columns or keys of the file that were not read. */
  unknownColumns: string[];
  importedCount: number;
};

/** The shop's database did not take the import; nothing of it stays. */
export class ImportDatabaseError extends Error {
  override name = 'ImportDatabaseError';
}

const MOST_LISTED = 50;
const PIECE = 5_000;

/**
 * Reads, checks and (unless it is a dry run, or lines are rejected) imports the file. Ids go on after the largest.
 * @throws ImportFileError when the file holds no products, ImportDatabaseError when the database is none of a shop or the
 * import broke off
 */
export async function importProducts(input: ImportInput): Promise<ImportReport> {
  const report = await readReport(input.file);
  if (report.acceptedCount + report.rejectedCount === 0) {
    throw new ImportFileError(`${input.file}: found no product; needed is one a line.`);
  }
  if (input.databaseUrl === null) return report;
  const client = new Client({ connectionString: input.databaseUrl, application_name: 'stampede-import' });
  // The statement that is under way tells a connection that is lost.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await importInto(client, input, report);
    return report;
  } catch (cause) {
    if (cause instanceof ImportFileError) throw cause;
    throw new ImportDatabaseError(
      `The database did not take the products (${(cause as Error).message}); nothing was imported, needed is the shop's database in DATABASE_URL. Next: mend that, then the same command again.`,
      { cause },
    );
  } finally {
    // A transaction that was not committed ends with its connection: nothing of it stays.
    await client.end().catch(() => undefined);
  }
}

async function importInto(client: Client, input: ImportInput, report: ImportReport): Promise<void> {
  await client.query('BEGIN');
  await client.query('LOCK TABLE products, categories IN SHARE ROW EXCLUSIVE MODE');
  const categories = await categoryIds(client);
  report.newCategories = report.newCategories.filter((name) => !categories.has(name));
  const isRefused = report.rejectedCount > 0 && !input.skipRejected;
  if (input.dryRun || isRefused || report.acceptedCount === 0) return;
  for (const name of report.newCategories) {
    const { rows } = await client.query<{ id: number }>(
      'INSERT INTO categories (name) VALUES ($1) RETURNING id',
      [name],
    );
    categories.set(name, rows[0]?.id ?? 0);
  }
  const importedCount = await copyAll(client, input, categories);
  await client.query('SELECT shop_reset_sequences()');
  await client.query('COMMIT');
  report.importedCount = importedCount;
}

async function readReport(file: string): Promise<ImportReport> {
  const report: ImportReport = {
    acceptedCount: 0,
    rejectedCount: 0,
    rejected: [],
    newCategories: [],
    unknownColumns: [],
    importedCount: 0,
  };
  const categories = new Set<string>();
  const unknown = new Set<string>();
  for await (const read of readProducts(file)) {
    if (read.kind === 'product') {
      report.acceptedCount += 1;
      categories.add(read.product.category);
    } else if (read.kind === 'unknown-columns') for (const name of read.names) unknown.add(name);
    else {
      report.rejectedCount += 1;
      if (report.rejected.length < MOST_LISTED) report.rejected.push(read.rejected);
    }
  }
  report.newCategories = [...categories];
  report.unknownColumns = [...unknown];
  return report;
}

async function categoryIds(client: Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ id: number; name: string }>('SELECT id, name FROM categories');
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** Reads the file a second time, so that no number of products has to be held in memory. */
async function copyAll(
  client: Client,
  { file, nowMs }: ImportInput,
  categories: Map<string, number>,
): Promise<number> {
  const { rows } = await client.query<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM products');
  let id = rows[0]?.id ?? 0;
  let count = 0;
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    if (lines.length > 0) await copyText(client, 'products', lines.join(''));
    count += lines.length;
    lines = [];
  };
  for await (const read of readProducts(file)) {
    if (read.kind !== 'product') continue;
    id += 1;
    lines.push(productLine(id, read.product, categories.get(read.product.category) ?? 0, nowMs));
    if (lines.length >= PIECE) await flush();
  }
  await flush();
  return count;
}

function productLine(id: number, product: ImportedProduct, categoryId: number, nowMs: number): string {
  const row = {
    id,
    category_id: categoryId,
    name: product.name,
    description: product.description,
    tags: product.tags,
    price_krw: product.priceKrw,
    list_price_krw: product.listPriceKrw,
    stock_count: product.stockCount,
    stocked_count: product.stockCount,
    order_count: 0,
    sold_out: product.stockCount === 0,
    image: product.image,
    registered_at: new Date(nowMs),
  };
  return copyLine(LOADED_TABLES.products.map((column) => row[column]));
}
