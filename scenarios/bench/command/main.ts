// `npm run bench -- [name] [--check] [--json]`: runs the benches and shows their figures beside their limits, or only looks
// whether they still work. Exit codes: 0 all limits kept or all benches work, 1 one missed or broken, 3 usage or set-up
// error.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { EXIT_USAGE, exitWith } from '../../../deploy/local/programs/exit-with.ts';
import { stopSignal } from '../../../deploy/local/programs/process-end.ts';
import { stampedeHome } from '../../../deploy/local/programs/state-directory.ts';
import { lockOrWait } from '../../../deploy/local/programs/wait-for-lock.ts';
import { wrapHelp, wrapLines } from '../../../reports/format/wrap.ts';
import { clockTime } from '../../cell/clock-time.ts';
import { createView } from '../../cell/live-view.ts';
import { type Bench, type BenchContext, type BenchRow, exitCodeOf } from '../bench.ts';
import { benches } from './all.ts';
import { type BenchCheck, checkLine, checkRows, failedCheck } from './bench-check.ts';
import { benchTable } from './bench-table.ts';
import { type BenchOptions, readBenchCommand } from './command-line.ts';

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

function program(): Command {
  const nameColumns = 2 + Math.max(...benches.map(({ name }) => name.length));
  const list = benches
    .map(
      ({ name, question, expectedSeconds }) =>
        `  ${name.padEnd(nameColumns)}${question} (${clockTime(expectedSeconds)} min)`,
    )
    .join('\n');
  return new Command('npm run bench --')
    .description('Measure the instrument and the shop against their limits. Without a name: all benches.')
    .argument('[name]', 'bench')
    .option('--check', 'only look whether they still work: a small run of each, in which no time is judged')
    .option(
      '--json',
      'print the rows (of a check: what it found) as a JSON array on standard output, everything else on standard error',
    )
    .option(
      '--peers',
      'beside `engine` also vegeta, artillery, autocannon and Locust, those that are installed (3 min more)',
    )
    .option('--orders <count>', 'backlog of `drain` (default 50000)')
    .option('--requests <count>', 'requests of `memory` (default 1000000)')
    .option(
      '--rate <count>',
      'requests a second of `memory` (default 1500), actions a second of `behaviour` (default 5000)',
    )
    .option('--store <name>', 'store of `behaviour`: postgres (default) or opensearch')
    .option('--seconds <count>', 'how long the crowd of `behaviour` acts (default 15)')
    .option('--people <count>', 'people whom `grades` grades (default 20000)')
    .option('--graded <count>', 'their orders in the window of `grades` (default 200000)')
    .option('--pace <count>', 'orders a second that are placed meanwhile in `grades` (default 60)')
    .option('--generators <count>', 'generators that divide the plan of `generators` (default 8)')
    .option('--wait', 'wait for another run that is under way on this machine, and begin when it is done')
    .addHelpText('after', () => wrapHelp(`\nBenches:\n${list}`, process.stdout.columns))
    .exitOverride();
}

async function main(): Promise<number> {
  const command = program().parse();
  const options = command.opts<BenchOptions & { json?: boolean; wait?: boolean }>();
  const asked = readBenchCommand(benches, command.args[0], options);
  if (asked.kind === 'mistakes') {
    const said = `Nothing was started:\n${asked.mistakes.map((text) => `  ${text}\n`).join('')}`;
    process.stderr.write(wrapLines(said, process.stderr.columns));
    return EXIT_USAGE;
  }
  const screen = options.json === true ? process.stderr : process.stdout;
  const stop = stopSignal();
  const seconds = asked.benches.reduce((sum, { expectedSeconds }) => sum + expectedSeconds, 0);
  const expected = asked.size === 'check' ? {} : { expectedSeconds: seconds };
  const lock = await lockOrWait('bench', { wait: options.wait === true, signal: stop }, expected);
  const view = createView(screen, monotonicMs);
  const folder = newFolder();
  const onLeft = (sentence: string) => view.say(`! ${sentence}`);
  const context = { size: asked.size, settings: asked.settings, view, folder, stop, onLeft, monotonicMs };
  try {
    const { found, exitCode } = await (asked.size === 'check' ? check : measure)(
      asked.benches,
      context,
      screen,
    );
    if (exitCode === 0) rmSync(folder, { recursive: true });
    if (options.json === true) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return exitCode;
  } finally {
    view.close();
    lock.release();
  }
}

async function measure(benches: readonly Bench[], context: BenchContext, screen: NodeJS.WriteStream) {
  const found: BenchRow[] = [];
  for (const bench of benches) {
    context.view.phase(bench.name, bench.expectedSeconds);
    const rows = await bench.run(context);
    found.push(...rows);
    context.view.close();
    screen.write(`${benchTable(rows)}\n`);
  }
  return { found, exitCode: exitCodeOf(found) };
}

/** One that is broken keeps nobody from hearing of the others. */
async function check(benches: readonly Bench[], context: BenchContext, screen: NodeJS.WriteStream) {
  const found: BenchCheck[] = [];
  for (const bench of benches) {
    context.view.phase(bench.name, null);
    const checked = await bench.run(context).then(
      (rows) => checkRows(bench.name, rows),
      (error: unknown) => failedCheck(bench.name, error),
    );
    found.push(checked);
    context.view.close();
    screen.write(`${checkLine(checked)}\n`);
  }
  return { found, exitCode: found.some(({ mistakes }) => mistakes.length > 0) ? 1 : 0 };
}

/** Stays only when a bench fails or misses a limit: its logs say why. */
function newFolder(): string {
  const parent = join(stampedeHome(), 'bench');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'run-'));
}

await exitWith(main);
