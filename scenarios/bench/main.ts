// `npm run bench -- [name] [--json]`: runs the benches, shows their figures beside their limits and ends with 1 when one is
// missed. Exit codes: 0 all limits kept, 1 a limit missed, 3 usage or set-up error.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { EXIT_USAGE, exitWith } from '../../deploy/local/exit-with.ts';
import { acquireLock } from '../../deploy/local/lock.ts';
import { stopSignal } from '../../deploy/local/process-end.ts';
import { stampedeHome } from '../../deploy/local/state-directory.ts';
import { clockTime, createView } from '../run/live-view.ts';
import { benches } from './all.ts';
import { type BenchRow, exitCodeOf } from './bench.ts';
import { benchTable } from './bench-table.ts';
import { type BenchOptions, readBenchCommand } from './command-line.ts';

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

function program(): Command {
  const list = benches
    .map(
      ({ name, question, expectedSeconds }) =>
        `  ${name.padEnd(12)}${question} (${clockTime(expectedSeconds)} min)`,
    )
    .join('\n');
  return new Command('npm run bench --')
    .description('Measure the instrument and the shop against their limits. Without a name: all benches.')
    .argument('[name]', 'bench')
    .option('--json', 'print the rows as a JSON array on standard output, everything else on standard error')
    .option('--orders <count>', 'backlog of `drain` (default 50000)')
    .option('--requests <count>', 'requests of `memory` (default 1000000)')
    .option('--rate <count>', 'requests a second of `memory` (default 1500)')
    .addHelpText('after', `\nBenches:\n${list}`)
    .exitOverride();
}

async function main(): Promise<number> {
  const command = program().parse();
  const options = command.opts<BenchOptions & { json?: boolean }>();
  const asked = readBenchCommand(benches, command.args[0], options);
  if (asked.kind === 'mistakes') {
    process.stderr.write(`Nothing was started:\n${asked.mistakes.map((text) => `  ${text}\n`).join('')}`);
    return EXIT_USAGE;
  }
  const screen = options.json === true ? process.stderr : process.stdout;
  const stop = stopSignal();
  const lock = acquireLock('bench');
  const view = createView(screen, monotonicMs);
  const folder = newFolder();
  const rows: BenchRow[] = [];
  const onLeft = (sentence: string) => view.say(`! ${sentence}`);
  try {
    for (const bench of asked.benches) {
      view.phase(bench.name, bench.expectedSeconds);
      const found = await bench.run({ settings: asked.settings, view, folder, stop, onLeft, monotonicMs });
      rows.push(...found);
      view.close();
      screen.write(`${benchTable(found)}\n`);
    }
    rmSync(folder, { recursive: true });
  } finally {
    view.close();
    lock.release();
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  return exitCodeOf(rows);
}

/** Stays only when a bench fails: its logs say why. */
function newFolder(): string {
  const parent = join(stampedeHome(), 'bench');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'run-'));
}

await exitWith(main);
