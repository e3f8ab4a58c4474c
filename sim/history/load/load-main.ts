// Entry point: node sim/history/load/load-main.ts --database URL --people N --products N --days N --seed N --as-of ISO
// Fills a migrated, empty shop database with a history that ends at an instant. Exit codes: 0 loaded, 3 usage or set-up
// error.
import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS, mistakesIn } from '../year/settings.ts';
import { type LoadHistoryInput, loadHistory } from './load-history.ts';

const USAGE = `Usage: node sim/history/load/load-main.ts [options]
  --database URL   PostgreSQL of the shop, migrated and empty (default: DATABASE_URL)
  --people N       default 10000
  --products N     default 20000
  --days N         days of history, default 180
  --seed N         default 1
  --as-of ISO      instant at which the history ends, e.g. 2026-11-20T11:00:00Z (default: now)
  --replace        empty the database first, if this tool filled it
  --help`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What the command line asks for, all errors at once; null when help was asked for. */
function readInput(args: string[], environment: NodeJS.ProcessEnv, nowMs: number): LoadHistoryInput | null {
  const { values } = parseArgs({
    args,
    options: {
      database: { type: 'string' },
      people: { type: 'string', default: '10000' },
      products: { type: 'string', default: '20000' },
      days: { type: 'string', default: '180' },
      seed: { type: 'string', default: '1' },
      'as-of': { type: 'string' },
      replace: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const errors: string[] = [];
  const databaseUrl = values.database ?? environment.DATABASE_URL ?? '';
  if (databaseUrl === '') errors.push('No database: give --database URL or set DATABASE_URL.');
  const asOf = values['as-of'];
  const untilMs = asOf === undefined ? nowMs : Date.parse(asOf);
  if (Number.isNaN(untilMs)) errors.push(`--as-of is "${asOf}"; it must be an ISO 8601 instant.`);
  const settings = {
    ...DEFAULT_SETTINGS,
    people: Number(values.people),
    products: Number(values.products),
    days: Number(values.days),
    seed: Number(values.seed),
    untilMs: Number.isNaN(untilMs) ? nowMs : untilMs,
  };
  errors.push(...mistakesIn(settings));
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return { databaseUrl, settings, replace: values.replace };
}

try {
  const input = readInput(process.argv.slice(2), process.env, Date.now());
  if (input === null) say(USAGE);
  else {
    const { rowCounts, elapsedMs } = await loadHistory(input);
    const total = Object.values(rowCounts).reduce((sum, count) => sum + count, 0);
    say(
      `Loaded ${total} rows, ${rowCounts.orders ?? 0} orders among them, in ${(elapsedMs / 1_000).toFixed(1)} s.`,
    );
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
