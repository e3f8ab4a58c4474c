// `npm run history`: fills a shop with a believable past, or checks that it would be one. Exit codes: 0 made (or all ok),
// 1 a figure of the check lies outside its range, 3 usage or set-up error.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { createCleanUp } from '../../deploy/local/programs/clean-up.ts';
import { EXIT_USAGE, exitWith } from '../../deploy/local/programs/exit-with.ts';
import { stopSignal } from '../../deploy/local/programs/process-end.ts';
import { remains } from '../../deploy/local/programs/remains.ts';
import { saidWhenSlow } from '../../deploy/local/programs/said-when-slow.ts';
import { projectFolder } from '../../deploy/local/programs/state-directory.ts';
import { formatNumber } from '../../reports/format/format.ts';
import { wrapLines } from '../../reports/format/wrap.ts';
import { renderHistory } from '../../reports/history/render-history.ts';
import { checkHistory } from '../../sim/history/check/check-history.ts';
import { csvChecksums, databaseChecksums, type TableChecksum } from '../../sim/history/load/checksums.ts';
import { loadHistory } from '../../sim/history/load/load-history.ts';
import type { MadeHistory } from '../../sim/history/load/made-history.ts';
import { writeCsv } from '../../sim/history/load/write-csv.ts';
import { fingerprintOf } from '../../sim/history/year/settings.ts';
import { checkTable } from './check-table.ts';
import { type HistoryCommand, type HistoryOptions, readHistoryCommand } from './command-line.ts';
import { describeYear } from './describe-year.ts';
import { createProgressLine } from './progress-line.ts';
import { openTarget } from './target-database.ts';

const EXIT_FAILED = 1;
const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
const say = (text: string): void => void process.stdout.write(`${wrapLines(text, process.stdout.columns)}\n`);

function program(): Command {
  return new Command('npm run history --')
    .description('Fill a shop with a dated past. The same seed and options give the same rows.')
    .option('--preset <name>', 'founding, korea, instacart or olist (default korea)')
    .option('--days <count>', 'whole days before the end (default 365)')
    .option('--people <count>', 'people at the end (default 10000)')
    .option('--products <count>', 'products (default 20000)')
    .option('--orders <count>', 'about so many orders: people buy more or less often')
    .option('--seed <number>', 'default 1')
    .option('--until <date>', 'last day in Seoul, or an instant (default: yesterday)')
    .option(
      '--growth <model>',
      'bass: people sign up along an S-curve (default); none: all from the first day',
    )
    .option(
      '--behaviour <share>',
      'share of orders whose clicks and cart changes are written, 0 to 1 (default 0.1)',
    )
    .option('--into <target>', 'postgres (default; DATABASE_URL or a stack of its own) or csv')
    .option('--out <folder>', 'where history.html, and with --into csv the files, are written')
    .option('--workers <count>', 'threads; never changes a row (default: one per core, at least 2)')
    .option('--resume', 'go on with a load that was cut off')
    .option('--replace', 'empty the database (or folder) first, if this tool filled it')
    .option('--wait', 'wait for another run that is under way on this machine, and begin when it is done')
    .option('--check', 'make the history in memory and print how it compares with published figures')
    .exitOverride();
}

async function main(): Promise<number> {
  const command = program().parse();
  const { wait = false, ...options } = command.opts<HistoryOptions & { wait?: boolean }>();
  const read = readHistoryCommand(options, Date.now());
  if (read.kind === 'mistakes') {
    const said = `Nothing was made:\n${read.mistakes.map((mistake) => `  ${mistake}`).join('\n')}\n`;
    process.stderr.write(wrapLines(said, process.stderr.columns));
    return EXIT_USAGE;
  }
  return read.command.check ? check(read.command) : make(read.command, wait);
}

function check({ settings }: HistoryCommand): number {
  process.stderr.write('Making histories in memory and counting; that takes a while …\n');
  const checked = checkHistory(settings);
  const { lines } = checked;
  process.stdout.write(`${checkTable(checked)}\n`);
  const outside = lines.filter(({ ok }) => !ok).length;
  if (settings.preset === 'founding') {
    say(`\nThe founding figures depart from ${outside} of ${lines.length} ranges; they are kept as given.`);
    return 0;
  }
  say(outside === 0 ? `\nAll ${lines.length} ok.` : `\n${outside} of ${lines.length} lie outside.`);
  return outside === 0 ? 0 : EXIT_FAILED;
}

async function make(command: HistoryCommand, wait: boolean): Promise<number> {
  const { settings, workerCount, resume, replace } = command;
  const folder = resolve(command.out ?? join(projectFolder(), 'runs', `history-${fingerprintOf(settings)}`));
  const stop = stopSignal();
  const options = { settings, resume, replace, stop, ...(workerCount === undefined ? {} : { workerCount }) };
  if (command.into === 'csv')
    return conclude(
      await withProgress((onProgress) => writeCsv({ ...options, folder, onProgress })),
      () => csvChecksums(folder),
      folder,
      folder,
    );
  await using cleanUp = createCleanUp((sentence) => process.stderr.write(`! ${sentence}\n`));
  const target = await openTarget(process.env.DATABASE_URL, say, stop, wait);
  cleanUp.later(remains.services, target.close);
  const { databaseUrl } = target;
  const made = await withProgress((onProgress) => loadHistory({ ...options, databaseUrl, onProgress }));
  return await conclude(made, () => databaseChecksums(databaseUrl), folder, target.name);
}

async function withProgress(
  work: (onProgress: ReturnType<typeof createProgressLine>['show']) => Promise<MadeHistory>,
): Promise<MadeHistory> {
  const line = createProgressLine(process.stdout, monotonicMs);
  try {
    return await work(line.show);
  } finally {
    line.close();
  }
}

async function conclude(
  made: MadeHistory,
  readChecksums: () => Promise<TableChecksum[]>,
  folder: string,
  target: string,
): Promise<number> {
  const page = join(folder, 'history.html');
  try {
    const tables = (await saidWhenSlow('Adding up what was written', readChecksums())).map((sum) => ({
      ...sum,
      rowCount: sum.rowCount ?? made.rowCounts[sum.table] ?? 0,
    }));
    const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0);
    for (const { table, rowCount: count, checksum } of tables) {
      say(`  ${table.padEnd(20)} ${formatNumber(count).padStart(13)}  ${checksum}`);
    }
    const seconds = made.elapsedMs / 1_000;
    say(
      made.wasLoaded
        ? `\n${formatNumber(rowCount)} rows in ${seconds.toFixed(1)} s (${formatNumber(Math.round(rowCount / seconds))} rows/s), in ${target}.`
        : `\nThis history was there already, whole, in ${target}.`,
    );
    await mkdir(folder, { recursive: true });
    await writeFile(page, await renderHistory(describeYear(made, tables)));
  } catch (cause) {
    throw new Error(
      `The history is made, whole, in ${target}; its page ${page} is not: ${(cause as Error).message}. Next: mend that, then the same command without --replace; it makes no rows again.`,
      { cause },
    );
  }
  say(`The page: ${page}`);
  return 0;
}

await exitWith(main);
