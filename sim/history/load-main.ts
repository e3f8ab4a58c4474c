// Entry point: node sim/history/load-main.ts --database URL --people N --products N --seed N --as-of ISO
// Loads a seeded data set into a migrated, empty database. Exit codes: 0 loaded, 3 usage or set-up error.
import { parseArgs } from 'node:util';
import { type DataSetInput, loadDataSet } from './load-data-set.ts';

const USAGE = `Usage: node sim/history/load-main.ts [options]
  --database URL   PostgreSQL of the shop, migrated and empty (default: DATABASE_URL)
  --people N       default 10000
  --products N     default 20000
  --seed N         default 1
  --as-of ISO      instant the data set is made for, e.g. 2026-11-20T11:00:00Z (default: now)
  --help`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The settings of the command line, all errors at once; null when help was asked for. */
function readSettings(args: string[], environment: NodeJS.ProcessEnv): DataSetInput | null {
  const { values } = parseArgs({
    args,
    options: {
      database: { type: 'string' },
      people: { type: 'string', default: '10000' },
      products: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      'as-of': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const errors: string[] = [];
  const count = (name: 'people' | 'products' | 'seed', least: number): number => {
    const number = Number(values[name]);
    if (!Number.isSafeInteger(number) || number < least) {
      errors.push(`--${name} is "${values[name]}"; it must be a whole number of ${least} or more.`);
    }
    return number;
  };
  const databaseUrl = values.database ?? environment.DATABASE_URL ?? '';
  if (databaseUrl === '') errors.push('No database: give --database URL or set DATABASE_URL.');
  const asOf = values['as-of'] === undefined ? new Date() : new Date(values['as-of']);
  if (Number.isNaN(asOf.getTime()))
    errors.push(`--as-of is "${values['as-of']}"; it must be an ISO 8601 instant.`);
  const settings = {
    databaseUrl,
    seed: count('seed', 0),
    peopleCount: count('people', 1),
    productCount: count('products', 1),
    asOf,
    onProgress: say,
  };
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return settings;
}

try {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings === null) say(USAGE);
  else {
    const startedMs = performance.now();
    const rows = await loadDataSet(settings);
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    say(`Loaded ${total} rows in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s.`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
