// The lifecycle of a rehearsal. The scenario comes in validated; what goes out is a run directory and an exit code.
import { join } from 'node:path';
import { type CleanUp, createCleanUp } from '../../deploy/local/programs/clean-up.ts';
import { acquireLock } from '../../deploy/local/programs/lock.ts';
import { wordsOf } from '../../deploy/local/programs/process-end.ts';
import { remains } from '../../deploy/local/programs/remains.ts';
import { bringUpStack, type Stack } from '../../deploy/local/services/stack.ts';
import type { ComparedRun } from '../../reports/compare/compared-run.ts';
import { gateAgainstBaseline } from '../../reports/compare/gate.ts';
import { writeReports } from '../../reports/files/write-reports.ts';
import type { MachineNoise, Manifest } from '../../reports/record/manifest.ts';
import { cellPath } from '../../reports/record/names.ts';
import type { RunResult } from '../../reports/record/result.ts';
import {
  createRunDirectory,
  type RunWriter,
  reopenRunDirectory,
} from '../../reports/record/run-directory.ts';
import { noiseSentence } from '../../reports/words/noise-words.ts';
import { plantedSentence } from '../../reports/words/verdict-words.ts';
import { type CapacityScenario, searchesCapacity } from '../capacity/configurations.ts';
import { runSearches } from '../capacity/run-searches.ts';
import { summariseCapacity } from '../capacity/summarise-capacity.ts';
import { runCell } from '../cell/cell.ts';
import type { View } from '../cell/live-view.ts';
import { type DataSet, ensureDataSet } from '../data/data-set.ts';
import { isOurServer } from '../data/databases.ts';
import { markObserver } from '../data/run-mark.ts';
import { brokerCountFor } from '../faults/fault.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import { planHash, planRun } from '../plan/plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { whyNot } from '../targets/our-shop/strike.ts';
import { sweepAbandoned } from '../targets/our-shop/sweep.ts';
import { type FinishedCell, summariseRun } from '../verdict/summarise-run.ts';
import type { Resumed } from './asked.ts';
import { forgetCell, keepOutcome, keptOutcome } from './finished-cells.ts';
import { judgeNoise, measureNoise } from './machine-noise.ts';
import { makeManifest, plantedIn } from './manifest.ts';
import { planDifferences } from './resume.ts';
import { repeatSpoilt } from './spoilt-blocks.ts';
import { noteAborted, noteLeft, type OnLeft } from './unplanned-end.ts';

export type RehearsalInput = {
  scenario: Scenario;
  seed: number;
  cells: readonly CellPlan[];
  overrides: readonly string[];
  flags: readonly string[];
  /** Cores of this machine, as many as may be used. */
  coreCount: number;
  /** Folder of all runs. */
  runsFolder: string;
  /** A run that was cut off, to go on with: its directory and when it began. */
  resume: Resumed | null;
  /** What the run is held against, beside its limits; null for nothing. */
  baseline: ComparedRun | null;
  view: View;
  /** Aborted when the run is to end at once; its reason's message is noted as the cause. */
  stop: AbortSignal;
  monotonicMs: () => number;
};

export type Rehearsed = { directory: string; result: RunResult };

/**
 * Runs one scenario from its plan to its page:
 * 1. take the machine's lock and a run directory (a new one, or that of the run to go on with); before a comparison, see how
 *    noisy the machine is;
 * 2. bring up the stack, or use the one that is up; remove what runs left on it that were killed;
 * 3. find or build the data set and write the manifest;
 * 4. run the cells one after the other, those planned or those that a search asks for: fresh database, shop, warm-up,
 *    measured span, drain, audit;
 * 5. summarise what was recorded, judge it, write the result;
 * 6. write the page, the JUnit XML and the Markdown.
 *
 * However it ends, what it opened is taken away; what could not be is said, and noted in `left-behind.txt`.
 */
export async function rehearse(input: RehearsalInput): Promise<Rehearsed> {
  const { scenario, view, resume, stop } = input;
  using held = new DisposableStack();
  held.defer(acquireLock(scenario.name).release);
  const startedAt = resume?.startedAt ?? new Date();
  const run =
    resume === null
      ? createRunDirectory({ root: input.runsFolder, scenario: scenario.name, startedAt })
      : reopenRunDirectory({ directory: resume.directory, scenario: scenario.name, startedAt });
  // What has its result stays finished, whatever becomes of its page.
  let isFinished = false;
  // At once: who does not wait for the end in order finds the cause all the same.
  const onStop = () => isFinished || noteAborted(run, stop.reason, view);
  stop.addEventListener('abort', onStop, { once: true });
  held.defer(() => stop.removeEventListener('abort', onStop));
  const onLeft = (sentence: string) => noteLeft(run, sentence, view);
  try {
    const noise = await noiseBefore(input);
    stop.throwIfAborted();
    const result = await withStack({ ...input, onLeft }, (stack) =>
      rehearseOn({ stack, run, startedAt, noise, onLeft }, input),
    );
    run.finish();
    isFinished = true;
    view.phase('writing the report', 2);
    await writeReports(run.directory).catch((cause: unknown) => {
      throw new Error(
        `The run is finished and its result stands in ${run.directory}, but its page could not be written: ${wordsOf(cause)}. Next: npm run report`,
        { cause },
      );
    });
    return { directory: run.directory, result };
  } catch (error) {
    // What fails while the run is being ended fails because of that.
    if (!stop.aborted && !isFinished) noteAborted(run, error, view);
    throw error;
  }
}

/** What a comparison must reckon with where its scenario does not say; measuring.md says where it comes from. */
const USUAL_SD = 0.07;

/** Only comparisons ask; a noisy machine is said at once and never stops a run. */
async function noiseBefore(input: RehearsalInput): Promise<MachineNoise | null> {
  const { scenario, baseline, coreCount, view, monotonicMs } = input;
  if (scenario.comparison === undefined && baseline === null) return null;
  view.phase('how noisy is this machine', 3);
  const reading = await measureNoise(monotonicMs, coreCount);
  const noise = judgeNoise(reading, scenario.comparison?.expectedSd ?? USUAL_SD);
  view.say(`${noise.isNoisy ? '! ' : ''}${noiseSentence(noise)}`);
  return noise;
}

async function withStack<T>(
  { view, scenario: { fault, shop }, stop, onLeft }: RehearsalInput & { onLeft: OnLeft },
  work: (stack: Stack) => Promise<T>,
): Promise<T> {
  view.phase('services', null);
  await using cleanUp: CleanUp = createCleanUp(onLeft);
  const stack = await bringUpStack({
    // Without a wish, a cluster that is up is used whatever its size.
    ...(brokerCountFor(fault) === 1 ? {} : { brokerCount: brokerCountFor(fault) }),
    shopConnections: shop.databaseConnections,
    log: (line) => view.say(`! ${line}`),
    onProgress: (event) =>
      view.detail(`${event.service}: ${event.state}${event.detail ? ` · ${event.detail}` : ''}`),
    signal: stop,
  });
  cleanUp.later(remains.services, stack.stop);
  const refusal = fault === undefined ? null : whyNot(fault.name, stack.services);
  if (refusal !== null) throw new Error(refusal);
  return await work(stack);
}

/** What every cell of the run shares. */
type Begun = {
  stack: Stack;
  run: RunWriter;
  startedAt: Date;
  noise: MachineNoise | null;
  onLeft: OnLeft;
};

async function rehearseOn(begun: Begun, input: RehearsalInput): Promise<RunResult> {
  const { stack, run, startedAt } = begun;
  const { scenario, view, stop } = input;
  const serverIsOurs = isOurServer(stack.services);
  await sweepAbandoned(stack, markObserver(Date.now()), (line) => view.say(line));
  const planted = plantedIn(scenario);
  if (planted.length > 0) view.say(`! ${plantedSentence(planted)}`);
  view.phase('data set', null);
  const dataSet = await ensureDataSet({
    postgresUrl: stack.postgresUrl,
    serverIsOurs,
    scenario,
    onProgress: (text) => view.detail(text),
    stop,
    monotonicMs: input.monotonicMs,
  });
  // Written before the first cell, so that a run that is cut off says what it was and can go on.
  await writeManifest(begun, input, dataSet, true);
  let hasPriority = true;
  const runOne: RunOne = async (plan, repeatedBecause) => {
    if (repeatedBecause !== undefined) forgetCell(run.directory, plan);
    const finished = await finishCell(plan, { ...begun, serverIsOurs }, dataSet, input, repeatedBecause);
    hasPriority &&= finished.outcome.generatorHasPriority;
    return finished;
  };
  const summarise = searchesCapacity(scenario)
    ? await searchForCapacity(scenario, input, runOne)
    : await runPlanned(input, runOne);
  const manifest = await writeManifest(begun, input, dataSet, hasPriority);
  const result: RunResult = {
    ...summarise(manifest),
    commit: manifest.commit,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
  };
  run.writeResult(result);
  return result;
}

type RunOne = (plan: CellPlan, repeatedBecause?: readonly string[]) => Promise<FinishedCell>;
type Summarise = (manifest: Manifest) => Omit<RunResult, 'commit' | 'startedAt' | 'finishedAt'>;

/** Runs all cells that were planned beforehand. */
async function runPlanned(input: RehearsalInput, runOne: RunOne): Promise<Summarise> {
  const { scenario, seed, cells, view } = input;
  const finished: FinishedCell[] = [];
  for (const [index, plan] of cells.entries()) {
    if (cells.length > 1) view.say(cellTitle(plan, index, cells.length));
    finished.push(await runOne(plan));
  }
  if (scenario.comparison !== undefined)
    await repeatSpoilt(finished, (plan, reasons) => {
      view.say(`— again, for the generator spoilt its block: ${cellName(plan)}`);
      return runOne(plan, reasons);
    });
  return (manifest) =>
    summariseRun(scenario, seed, finished, (measured) => againstBaseline(input, manifest, measured));
}

/** Runs cells whose rates depend on how those before them ended. */
async function searchForCapacity(
  scenario: CapacityScenario,
  { seed, coreCount, view }: RehearsalInput,
  runOne: RunOne,
): Promise<Summarise> {
  const say = (line: string): void => view.say(line);
  const searched = await runSearches({ scenario, seed, coreCount, runCell: runOne, say });
  return () => summariseCapacity(scenario, seed, searched);
}

/** Comparisons with the baseline; what makes it a doubtful one is said on the screen. */
function againstBaseline(
  { baseline, view }: RehearsalInput,
  manifest: Manifest,
  measured: ComparedRun['result'],
): RunResult['comparisons'] {
  if (baseline === null) return [];
  const gate = gateAgainstBaseline({ name: 'this run', result: measured, manifest }, baseline);
  for (const warning of gate.warnings) view.say(`! ${warning}`);
  return gate.comparisons;
}

function cellTitle(plan: CellPlan, index: number, count: number): string {
  return `— ${index + 1} of ${count}: ${cellName(plan)}`;
}

function cellName({ variant, level, block }: CellPlan): string {
  return `block ${block + 1}, ${variant}${level === null ? '' : ` at ${level}`}`;
}

async function finishCell(
  plan: CellPlan,
  { run, stack, onLeft, serverIsOurs }: Begun & { serverIsOurs: boolean },
  dataSet: DataSet,
  { view, stop, monotonicMs, resume }: RehearsalInput,
  repeatedBecause: readonly string[] | undefined,
): Promise<FinishedCell> {
  const directory = join(run.directory, cellPath(plan));
  if (resume !== null && resume.anyway.length === 0) refuseOtherPlan(run.directory, plan);
  const kept = resume === null ? null : keptOutcome(run.directory, plan);
  if (kept !== null) return { plan, directory, outcome: kept };
  const planned = planRun(plan.scenario, plan.seed);
  if (planned.kind === 'mistakes') throw new Error(planned.mistakes.join(' '));
  const cell = run.cell(plan);
  cell.writePlan({ ...planned.plan, hash: planHash(planned.plan) });
  try {
    const measured = await runCell({
      scenario: plan.scenario,
      seed: plan.seed,
      planFile: join(directory, 'plan.json'),
      template: dataSet.template,
      serverIsOurs,
      stack,
      cell,
      view,
      stop,
      onLeft,
      monotonicMs,
    });
    const outcome = { ...measured, ...(repeatedBecause === undefined ? {} : { repeatedBecause }) };
    keepOutcome(directory, outcome);
    return { plan, directory, outcome };
  } finally {
    cell.close();
  }
}

/** The probes of a search are known one after the other, so that their plans are compared here. */
function refuseOtherPlan(runDirectory: string, plan: CellPlan): void {
  const [difference] = planDifferences(runDirectory, [plan]);
  if (difference === undefined) return;
  throw new Error(`--resume: ${difference}. Rehearse it anew, or give --resume-anyway.`);
}

async function writeManifest(
  { stack, run, startedAt, noise }: Begun,
  input: RehearsalInput,
  dataSet: DataSet,
  generatorHasPriority: boolean,
) {
  const manifest = await makeManifest({
    scenario: input.scenario,
    seed: input.seed,
    overrides: input.overrides,
    flags: input.flags,
    startedAt,
    dataSet,
    services: stack.services,
    generatorHasPriority,
    noise,
    resumedAnyway: input.resume?.anyway ?? [],
  });
  run.writeManifest(manifest);
  return manifest;
}
