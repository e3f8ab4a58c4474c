// The database of `npm run shop`: made once, under another name until it is whole, and kept between calls.
import pg from 'pg';
import { migrateShop, runToEnd } from './shop-programs.ts';

const DATABASE = 'stampede_shop';
const LOADING = 'stampede_shop_loading';

export type ShopDataSet = {
  people: number;
  products: number;
  /** Days of history. */
  days: number;
  seed: number;
  /** ISO 8601 instant; default now. */
  asOf?: string;
  /** Drop the data set that is there. */
  fresh?: boolean;
};

/** The URL of the shop's database on this server, with the newest schema and a data set; makes what is missing. */
export async function prepareShopDatabase(
  serverUrl: string,
  dataSet: ShopDataSet,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const url = onServer(serverUrl, DATABASE);
  const server = new pg.Client(serverUrl);
  // A connection that is lost while a history is loaded; the next statement tells it.
  server.on('error', () => undefined);
  await server.connect();
  try {
    if (dataSet.fresh) await server.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    const { rowCount } = await server.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 1) {
      await migrateShop(url, signal);
      return url;
    }
    log(
      `Making ${dataSet.days} days of history with ${dataSet.people} people and ${dataSet.products} products, once.`,
    );
    await server.query(`DROP DATABASE IF EXISTS ${LOADING} WITH (FORCE)`);
    await server.query(`CREATE DATABASE ${LOADING}`);
    await migrateShop(onServer(serverUrl, LOADING), signal);
    await load(onServer(serverUrl, LOADING), dataSet, signal);
    await server.query(`ALTER DATABASE ${LOADING} RENAME TO ${DATABASE}`);
    return url;
  } finally {
    await server.end().catch(() => undefined);
  }
}

/** The address of another database on the same server. */
export function onServer(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

function load(
  databaseUrl: string,
  { people, products, days, seed, asOf }: ShopDataSet,
  signal: AbortSignal | undefined,
): Promise<void> {
  const counts = Object.entries({ people, products, days, seed }).flatMap(([name, count]) => [
    `--${name}`,
    String(count),
  ]);
  const instant = asOf === undefined ? [] : ['--as-of', asOf];
  return runToEnd(
    'shop-load',
    ['sim/history/load/load-main.ts', ...counts, ...instant],
    { DATABASE_URL: databaseUrl },
    signal === undefined ? {} : { signal },
  );
}
