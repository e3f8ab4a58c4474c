// `npm run scenario -- NAME`: reads the command line, checks everything at once, runs the rehearsal, prints the verdict
// and ends with its exit code. Without a name it lists the scenarios.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { findNginx } from '../deploy/local/balancer/find-nginx.ts';
import { EXIT_USAGE, exitWith } from '../deploy/local/programs/exit-with.ts';
import { findBrowser } from '../deploy/local/programs/find-browser.ts';
import { stopSignal } from '../deploy/local/programs/process-end.ts';
import { projectFolder } from '../deploy/local/programs/state-directory.ts';
import { defaultPlaces, findComparedRun } from '../reports/compare/find-compared-run.ts';
import { wrapLines } from '../reports/format/wrap.ts';
import { closingText } from '../reports/words/closing-text.ts';
import { baselineMistakes } from './ask/baseline-mistakes.ts';
import { chromiumMistakes } from './ask/chromium-mistakes.ts';
import { readCommandLine } from './ask/command-line.ts';
import { describePlan } from './ask/dry-run.ts';
import { meetTarget } from './ask/meet-target.ts';
import { nginxMistakes } from './ask/nginx-mistakes.ts';
import { describeScenarios, durationOf } from './ask/scenario-list.ts';
import { createView, type View } from './cell/live-view.ts';
import { livePortOf, whileShown } from './live/open-live.ts';
import { scenarios } from './questions/all.ts';
import { compareWithResumed } from './run/go-on.ts';
import { rehearse } from './run/rehearse.ts';
import { rateOptions } from './scenario/arrival-rate.ts';
import { targetOf } from './targets/find-target.ts';

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

function program(): Command {
  const command = new Command('npm run scenario --')
    .description('Rehearse a scenario. Without a name: list them.')
    .argument('[name]', 'scenario')
    .option('--seed <number>', 'seed of the plan and of every decision (default 1)')
    .option('--duration <span>', 'measured span, such as 60 (seconds), 20m or 8h');
  for (const { option, help } of rateOptions()) command.option(`${option} <rate>`, help);
  return command
    .option('--blocks <number>', 'blocks of a comparison; each runs every variant once')
    .option('--quick', 'a comparison or search in minutes: it tries less and claims less')
    .option('--aa', 'compare the baseline with itself: whatever that finds, the instrument made up')
    .option('--aa-of <variant>', 'the same of another variant: compare it with itself')
    .option('--fault <name@share>', 'strike in mid-load, e.g. broker-kill@50%')
    .option('--target <file or name>', 'what it is rehearsed against: a file that describes your shop')
    .option('--url <url>', 'where your shop is')
    .option('--i-own <host>', 'confirms that the shop at this host is yours, where nobody can type its name')
    .option('--resume <run>', 'go on with a run that was cut off; finished cells are kept')
    .option('--resume-anyway', 'go on although commit, machine or data differ; the page says so')
    .option('--baseline <run>', 'fail when worse than this run, file or baseline by more than the margin')
    .option('--set <key=value...>', 'override a setting, e.g. orders.transport=direct', collect, [])
    .option(
      '--generators <number>',
      'processes that divide the plan among them: of this machine, or kafka:N[@HOST:PORT,…] that join with npm run generator',
    )
    .option('--browsers <number>', 'windows of Chromium that walk through the storefront beside the load')
    .option('--live [port]', 'show the shop in a browser while it is rehearsed (default port 4500)')
    .option('--out <folder>', 'folder of the runs (default runs/)')
    .option('--json', 'print result.json on standard output, everything else on standard error')
    .option('--wait', 'wait for another run that is under way on this machine, and begin when it is done')
    .option('--dry-run', 'say what would run and for how long; start nothing')
    .addHelpText('after', `\nScenarios:\n${scenarios.map(({ name }) => `  ${name}`).join('\n')}`)
    .exitOverride();
}

function collect(value: string, all: string[]): string[] {
  return [...all, value];
}

async function main(): Promise<number> {
  const command = program().parse();
  const coreCount = availableParallelism();
  const [name] = command.args;
  if (name === undefined) {
    process.stdout.write(describeScenarios(scenarios, coreCount, process.stdout.columns));
    return 0;
  }
  const options = command.opts<
    Parameters<typeof readCommandLine>[2] & { live?: string | true; wait?: boolean }
  >();
  const runsFolder = options.out ?? join(projectFolder(), 'runs');
  const read = readCommandLine(scenarios, name, options, runsFolder, coreCount);
  const stop = stopSignal();
  const asked = options.dryRun === true ? read : await meetTarget(read, coreCount, stop, options.iOwn);
  if (asked.kind === 'mistakes') return usageErrors(asked.mistakes);
  const livePort = livePortOf(options.live);
  if (typeof livePort === 'object' && livePort !== null) return usageErrors([livePort.mistake]);
  // Looked up before anything starts: a baseline that is not there, or that can settle nothing, is a mistake in the command.
  const wanted = asked.baseline;
  const baseline = wanted === null ? null : findComparedRun(wanted, { ...defaultPlaces(), runs: runsFolder });
  const mistakes =
    wanted === null || baseline === null
      ? []
      : baselineMistakes(wanted, asked.scenario, asked.cells, baseline);
  if (mistakes.length > 0) return usageErrors(mistakes);
  const missing = [
    ...chromiumMistakes(asked.scenario, findBrowser(process.env)),
    ...nginxMistakes(asked.scenario, findNginx(process.env)),
  ];
  if (missing.length > 0) return usageErrors(missing);
  const resumed = await compareWithResumed(asked, options.resumeAnyway === true);
  if (resumed.kind === 'mistakes') return usageErrors(resumed.mistakes);
  if (options.dryRun === true) {
    const dataSet = await targetOf(asked.scenario).dataSetState(asked.scenario);
    const plan = describePlan(asked.scenario, asked.cells, dataSet, coreCount);
    process.stdout.write(wrapLines(plan, process.stdout.columns));
    return 0;
  }
  const screen = options.json === true ? process.stderr : process.stdout;
  const terminal = createView(screen, monotonicMs);
  const input = {
    ...asked,
    resume: resumed.resume,
    coreCount,
    baseline,
    runsFolder,
    expectedSeconds: durationOf(asked.scenario, coreCount),
    wait: options.wait === true,
    stop,
  };
  try {
    const shown = { scenario: asked.scenario, terminal, nowMs: monotonicMs };
    const run = await whileShown(livePort, shown, (view) => rehearse({ ...input, view, monotonicMs }));
    return conclude(run, terminal, screen, options.json === true);
  } finally {
    terminal.close();
  }
}

function conclude(
  { directory, result }: Awaited<ReturnType<typeof rehearse>>,
  view: View,
  screen: NodeJS.WriteStream,
  json: boolean,
): number {
  view.close();
  screen.write(`\n${closingText(result, screen.columns)}`);
  screen.write(`\nThe page: ${join(directory, 'report.html')}\n`);
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return result.exitCode;
}

function usageErrors(mistakes: readonly string[]): number {
  const what =
    mistakes.length === 1 ? 'Nothing was started:' : `Nothing was started, for ${mistakes.length} reasons:`;
  const said = `${what}\n${mistakes.map((mistake) => `  ${mistake}\n`).join('')}`;
  process.stderr.write(wrapLines(said, process.stderr.columns));
  return EXIT_USAGE;
}

await exitWith(main);
