// The compose file's one-shot that fills an empty shop: loads a data set as sim/history/load-main.ts does (same options), or
// leaves a shop as it is that has products already, so that a second `docker compose up` changes nothing.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';

const SETUP_ERROR = 3;
const LOADER = join(import.meta.dirname, '..', 'sim', 'history', 'load-main.ts');

async function holdsProducts(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query('SELECT FROM products LIMIT 1')).rowCount === 1;
  } finally {
    await client.end();
  }
}

function load(): Promise<number> {
  const child = spawn(process.execPath, [LOADER, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => settle(code ?? SETUP_ERROR));
  });
}

const databaseUrl = process.env.DATABASE_URL ?? '';
if (databaseUrl === '') {
  console.error('DATABASE_URL is not set; it names the migrated database of the shop.');
  process.exitCode = SETUP_ERROR;
} else if (await holdsProducts(databaseUrl)) console.log('The shop has its data already; nothing is loaded.');
else process.exitCode = await load();
