// The compose file's one-shot that fills an empty shop: loads a history as sim/history/load/load-main.ts does (same options), or
// leaves a shop as it is that has data already, so that a second `docker compose up` changes nothing. A load that was cut
// off is begun again.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';

const SETUP_ERROR = 3;
const LOADER = join(import.meta.dirname, '..', 'sim', 'history', 'load', 'load-main.ts');

async function holds(databaseUrl: string): Promise<'nothing' | 'half a history' | 'data'> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // A connection that is lost between two statements is told by the next one.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ marked: boolean }>(
      "SELECT to_regclass('stampede_history.made') IS NOT NULL AS marked",
    );
    if (rows[0]?.marked === true) {
      const made = await client.query<{ state: string }>('SELECT state FROM stampede_history.made');
      if (made.rows[0]?.state === 'loading') return 'half a history';
    }
    return (await client.query('SELECT FROM products LIMIT 1')).rowCount === 1 ? 'data' : 'nothing';
  } finally {
    await client.end().catch(() => undefined);
  }
}

function load(options: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [LOADER, ...process.argv.slice(2), ...options], { stdio: 'inherit' });
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
} else {
  const found = await holds(databaseUrl);
  if (found === 'data') console.log('The shop has its data already; nothing is loaded.');
  else process.exitCode = await load(found === 'nothing' ? [] : ['--replace']);
}
