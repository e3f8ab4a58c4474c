// The database of a shop of others: filled once, under a name that says with what, and copied for each time that it is opened, so that
// every rehearsal begins with the same shop.
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { onServer } from '../../../deploy/local/commands/shop-database.ts';

const PREFIX = 'stampede_target';
/** Connections of processes that have just ended take a moment to be gone. */
const LEAVE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 100;

export type ShopDatabase = {
  /** The database server, as a user who may create databases. */
  serverUrl: string;
  shopName: string;
  /** Of all that it is filled with: another one is another filled database. */
  fingerprint: string;
  /** Fills the empty database at this address, or rejects. */
  fill: (databaseUrl: string) => Promise<void>;
};

/**
 * The address of a fresh copy; whatever an earlier opening left of the shop is dropped.
 * @throws Error while another opening of the shop is at work
 */
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
    await untilNobodyIsIn(server, found);
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

async function untilNobodyIsIn(server: pg.Client, databases: readonly string[]): Promise<void> {
  for (const untilMs = performance.now() + LEAVE_WITHIN_MS; ; await wait(LOOK_EVERY_MS)) {
    const { rows } = await server.query<{ datname: string }>(
      'SELECT DISTINCT datname FROM pg_stat_activity WHERE datname = ANY($1)',
      [databases],
    );
    const [busy] = rows;
    if (busy === undefined) return;
    if (performance.now() >= untilMs)
      throw new Error(
        `database ${busy.datname}: somebody works in it, as another \`npm run target -- up\` of this shop does. Needed: one at a time; end that one (Ctrl-C).`,
      );
  }
}

async function drop(server: pg.Client, database: string): Promise<void> {
  await server.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
}
