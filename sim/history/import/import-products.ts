// Puts a shop's own catalogue into its database: all accepted products in one transaction, or nothing.
import { basename } from 'node:path';
import { Client } from 'pg';
import type { ColumnMap } from './columns.ts';
import { type ImportReport, type KeyLines, readReport, reject } from './import-report.ts';
import { ImportFileError, openProducts, type ProductFile } from './read-products.ts';
import { knownKeys, stageProducts, storeStaged, unstage } from './store-products.ts';

export type { ImportReport } from './import-report.ts';

export type ImportInput = {
  file: string;
  /** Null in a dry run without a database. */
  databaseUrl: string | null;
  dryRun: boolean;
  /** With rejected lines, false (default) imports nothing; true imports the others. */
  skipRejected: boolean;
  /** Products whose key is there already, in the file or in the shop, are replaced; else such lines are rejected. */
  update?: boolean;
  /** Default: detected. */
  encoding?: string;
  map?: ColumnMap;
  nowMs: number;
};

/** The shop's database did not take the import; nothing of it stays. */
export class ImportDatabaseError extends Error {
  override name = 'ImportDatabaseError';
}

/**
 * Reads, checks and (unless it is a dry run, or lines are rejected) imports the file. Ids go on after the largest.
 * @throws ImportFileError when the file holds no products, ImportDatabaseError when the database is none of a shop or the
 * import broke off
 */
export async function importProducts(input: ImportInput): Promise<ImportReport> {
  const { encoding, map } = input;
  const file = await openProducts(input.file, {
    ...(encoding === undefined ? {} : { encoding }),
    ...(map === undefined ? {} : { map }),
  });
  const { report, keyLines } = await readReport(file, input.update ?? false);
  if (report.acceptedCount + report.rejectedCount === 0) {
    throw new ImportFileError(`${input.file}: found no product; needed is one a line.`);
  }
  if (input.databaseUrl === null) return report;
  const client = new Client({ connectionString: input.databaseUrl, application_name: 'stampede-import' });
  // The statement that is under way tells a connection that is lost.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await importInto(client, input, file, report, keyLines);
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

async function importInto(
  client: Client,
  input: ImportInput,
  file: ProductFile,
  report: ImportReport,
  keyLines: KeyLines,
): Promise<void> {
  await client.query('BEGIN');
  // What a role is held to elsewhere is too little for a whole catalogue.
  for (const limit of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
    await client.query(`SET LOCAL ${limit} = 0`);
  await refuseOldSchema(client);
  await client.query('LOCK TABLE products, categories, product_keys IN SHARE ROW EXCLUSIVE MODE');
  const { rows } = await client.query<{ name: string }>('SELECT name FROM categories');
  const known = new Set(rows.map(({ name }) => name));
  report.newCategories = report.newCategories.filter((name) => !known.has(name));
  const stagedCount = await stageProducts(client, file, keyLines);
  if (stagedCount !== report.acceptedCount - report.replacedCount) {
    throw new ImportFileError(`${input.file} was changed while it was read; needed is one that stays.`);
  }
  if (input.update !== true) await rejectKnown(client, report);
  const isRefused = report.rejectedCount > 0 && !input.skipRejected;
  if (input.dryRun || isRefused || report.acceptedCount === 0) return;
  const stored = await storeStaged(client, basename(input.file), input.nowMs);
  await client.query('COMMIT');
  report.importedCount = stored.insertedCount;
  report.updatedCount = stored.updatedCount;
}

async function refuseOldSchema(client: Client): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('product_keys') IS NOT NULL AS found`,
  );
  if (rows[0]?.found === true) return;
  throw new Error(
    'it has no table product_keys; needed is one of a shop, migrated to the newest: node system/main.ts migrate',
  );
}

/** Products whose keys the shop has already are rejected, with the line that they came from before. */
async function rejectKnown(client: Client, report: ImportReport): Promise<void> {
  const known = await knownKeys(client);
  for (const { line, key, productId, from } of known) {
    const reason = `key is ${JSON.stringify(key)}, which is product ${productId} of the shop already (${from}); needed is a new one (--update replaces it)`;
    reject(report, { line, reasons: [reason] });
  }
  report.acceptedCount -= known.length;
  report.rejected.sort((a, b) => a.line - b.line);
  await unstage(client, known);
}
