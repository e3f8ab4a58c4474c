// Fills a migrated, empty shop database with a seeded data set: people, their ways in, categories and products.
import { Client } from 'pg';
import type { LoadedTable } from '../../system/contract/tables.ts';
import { generateCatalogue } from '../model/catalogue.ts';
import { generatePopulation } from '../model/population.ts';
import { SEEDED_PASSWORD } from './accounts.ts';
import { copyRows, type Row } from './copy-rows.ts';
import { categoryRows, customerRows, identityRows, productRows, refreshTokenRows } from './data-set-rows.ts';
import { seededPasswordHash } from './password-hash.ts';

export { emailOf, OPERATOR_EMAIL, refreshTokenOf, SEEDED_PASSWORD } from './accounts.ts';

export type DataSetInput = {
  databaseUrl: string;
  seed: number;
  /** At least 1 each; the operator's account comes on top. */
  peopleCount: number;
  productCount: number;
  /** The instant the data set is made for: nothing in it is younger, refresh tokens hold 30 days longer. */
  asOf: Date;
  onProgress?: (text: string) => void;
};

/** Rows loaded per table of a data set without a past. */
export type LoadedRows = Record<
  'categories' | 'products' | 'customers' | 'sign_in_identities' | 'refresh_tokens',
  number
>;

/** The database cannot take a data set as it is. */
export class DatabaseNotReadyError extends Error {
  override name = 'DatabaseNotReadyError';
}

/**
 * Generates the data set and copies it in within one transaction: all of it or nothing. Then sets the sequences and
 * analyses the tables. The same input gives the same rows.
 * @throws DatabaseNotReadyError when the tables do not exist or hold people, categories or products already
 */
export async function loadDataSet(input: DataSetInput): Promise<LoadedRows> {
  for (const name of ['peopleCount', 'productCount'] as const) {
    if (!Number.isInteger(input[name]) || input[name] < 1) {
      throw new Error(`${name} is ${input[name]}; it must be a whole number of 1 or more.`);
    }
  }
  if (Number.isNaN(input.asOf.getTime())) throw new Error('asOf is not a valid date.');
  const client = new Client({ connectionString: input.databaseUrl, application_name: 'stampede-load' });
  await client.connect();
  try {
    await refuseUnlessEmpty(client);
    await client.query('BEGIN');
    const rows = await copyAll(client, input);
    await client.query('SELECT shop_reset_sequences()');
    await client.query('COMMIT');
    for (const table of Object.keys(rows)) await client.query(`ANALYZE ${table}`);
    input.onProgress?.('analysed');
    return rows;
  } finally {
    await client.end();
  }
}

async function refuseUnlessEmpty(client: Client): Promise<void> {
  for (const table of ['customers', 'categories', 'products']) {
    const found = await client.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [
      table,
    ]);
    if (!found.rows[0]?.exists) {
      throw new DatabaseNotReadyError(
        `The database has no table ${table}; run \`node system/main.ts migrate\` on it first.`,
      );
    }
    const held = await client.query(`SELECT FROM ${table} LIMIT 1`);
    if (held.rowCount !== 0) {
      throw new DatabaseNotReadyError(`The database already holds ${table}; a data set needs an empty one.`);
    }
  }
}

async function copyAll(client: Client, input: DataSetInput): Promise<LoadedRows> {
  const { seed, peopleCount, productCount, asOf } = input;
  const people = generatePopulation({ seed, peopleCount, asOf });
  const products = generateCatalogue({ seed, productCount, asOf });
  const secretHash = await seededPasswordHash(SEEDED_PASSWORD);
  const copy = async <Table extends LoadedTable>(
    table: Table,
    rows: Iterable<Row<Table>>,
  ): Promise<number> => {
    const count = await copyRows(client, table, rows);
    input.onProgress?.(`${table}: ${count} rows`);
    return count;
  };
  return {
    categories: await copy('categories', categoryRows()),
    products: await copy('products', productRows(products)),
    customers: await copy('customers', customerRows(people, seed, asOf)),
    sign_in_identities: await copy('sign_in_identities', identityRows(people, secretHash)),
    refresh_tokens: await copy('refresh_tokens', refreshTokenRows(people, seed, asOf)),
  };
}
