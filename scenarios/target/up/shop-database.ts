// The database of a shop of others: filled once, under a name that says with what, and copied for each time that it is opened, so that
// every rehearsal begins with the same shop.
import pg from 'pg';
import { onServer } from '../../../deploy/local/commands/shop-database.ts';

const PREFIX = 'stampede_target';

export type ShopDatabase = {
  /** The database server, as a user who may create databases. */
  serverUrl: string;
  shopName: string;
  /** Of all that it is filled with: another one is another filled database. */
  fingerprint: string;
  /** Fills the empty database at this address, or rejects. */
  fill: (databaseUrl: string) => Promise<void>;
};

/** The address of a fresh copy; whatever an earlier opening left of the shop is dropped. */
export async function openShopDatabase({
  serverUrl,
  shopName,
  fingerprint,
  fill,
}: ShopDatabase): Promise<string> {
  const name = `${PREFIX}_${shopName}`;
  const filled = `${name}_filled_${fingerprint.slice(0, 12)}`;
  const filling = `${name}_filling`;
  const server = new pg.Client(serverUrl);
  // A connection that is lost while a database is filled; the next statement tells it.
  server.on('error', () => undefined);
  await server.connect();
  try {
    const { rows } = await server.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [name],
    );
    const found = rows.map(({ datname }) => datname);
    for (const old of found.filter((one) => one !== filled)) await drop(server, old);
    if (!found.includes(filled)) {
      await server.query(`CREATE DATABASE ${filling}`);
      await fill(onServer(serverUrl, filling));
      await server.query(`ALTER DATABASE ${filling} RENAME TO ${filled}`);
    }
    await server.query(`CREATE DATABASE ${name} TEMPLATE ${filled}`);
    return onServer(serverUrl, name);
  } finally {
    await server.end().catch(() => undefined);
  }
}

async function drop(server: pg.Client, database: string): Promise<void> {
  await server.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
}
