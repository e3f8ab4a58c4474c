// The lifecycle of a rehearsal. The scenario comes in validated; what goes out is a run directory and an exit code.
import { type CleanUp, createCleanUp } from '../../deploy/local/programs/clean-up.ts';
import { wordsOf } from '../../deploy/local/programs/process-end.ts';
import { lockOrWait } from '../../deploy/local/programs/wait-for-lock.ts';
import type { ComparedRun } from '../../reports/compare/compared-run.ts';
import { writeReports } from '../../reports/files/write-reports.ts';
import type { MachineNoise } from '../../reports/record/manifest.ts';
import type { RunResult } from '../../reports/record/result.ts';
import {
  createRunDirectory,
  type RunWriter,
  reopenRunDirectory,
} from '../../reports/record/run-directory.ts';
import { namedAsStarted } from '../../reports/words/command-forms.ts';
import { noiseSentence } from '../../reports/words/noise-words.ts';
import { plantedSentence } from '../../reports/words/verdict-words.ts';
import type { View } from '../cell/live-view.ts';
import { gatherFor } from '../generator-group/gather-for.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { targetOf } from '../targets/find-target.ts';
import type { Target } from '../targets/target.ts';
import type { Resumed } from './asked.ts';
import { finishCell, type RunOne } from './finish-cell.ts';
import { forgetCell } from './finished-cells.ts';
import { type GeneratorPriority, priorityWith } from './generator-priority.ts';
import { judgeNoise, measureNoise } from './machine-noise.ts';
import { makeManifest, plantedIn } from './manifest.ts';
import { runCells } from './run-cells.ts';
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
  /** How long it takes, about: told to whoever finds the machine taken by it. */
  expectedSeconds?: number;
  /** Whether to wait for another run that is under way; it is an error otherwise. */
  wait?: boolean;
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
 * 2. prepare the target: bring up its services, or use those that are up, remove what runs left on them that were killed, find
 *    or build the data set;
 * 3. write the manifest; where generators of other machines take part, wait until they have joined;
 * 4. run the cells one after the other, those planned, those that a search asks for, or those that follow from what it found: a
 *    fresh target, warm-up, measured span, drain, audit;
 * 5. summarise what was recorded, judge it, write the result;
 * 6. write the page, the JUnit XML and the Markdown.
 *
 * However it ends, what it opened is taken away; what could not be is said, and noted in `left-behind.txt`.
 */
export async function rehearse(input: RehearsalInput): Promise<Rehearsed> {
  const { scenario, view, resume, stop } = input;
  using held = new DisposableStack();
  const { wait = false, expectedSeconds } = input;
  const taken = expectedSeconds === undefined ? {} : { expectedSeconds };
  const lock = await lockOrWait(scenario.name, { wait, signal: stop, say: view.say }, taken);
  held.defer(lock.release);
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
    const result = await rehearseInto({ run, startedAt, noise, onLeft }, input);
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

/** What every cell of the run shares. */
type Begun = {
  run: RunWriter;
  startedAt: Date;
  noise: MachineNoise | null;
  onLeft: OnLeft;
};

async function rehearseInto(begun: Begun, input: RehearsalInput): Promise<RunResult> {
  const { run, startedAt, onLeft } = begun;
  const { scenario, view, stop, monotonicMs } = input;
  const planted = plantedIn(scenario);
  if (planted.length > 0) view.say(`! ${plantedSentence(planted)}`);
  await using cleanUp: CleanUp = createCleanUp(onLeft);
  const target = await targetOf(scenario).prepare(cleanUp, { scenario, told: view, stop, monotonicMs });
  // Written before the first cell, so that a run that is cut off says what it was and can go on.
  const wanted = scenario.generator.scheduling ?? 'nice';
  await writeManifest(begun, input, target, wanted);
  const elsewhere = await gatherFor(cleanUp, input, target.kafkaBrokers);
  let had: GeneratorPriority = wanted;
  const runOne: RunOne = async (plan, repeatedBecause) => {
    if (repeatedBecause !== undefined) forgetCell(run.directory, plan);
    const finished = await finishCell(plan, { ...input, run, target, elsewhere, onLeft }, repeatedBecause);
    had = priorityWith(had, wanted, finished.outcome);
    return finished;
  };
  const { summarise, capacityPerSecond } = await runCells(input, runOne);
  const manifest = await writeManifest(begun, input, target, had, capacityPerSecond);
  const found = summarise(manifest);
  const result: RunResult = {
    ...found,
    answer: namedAsStarted(found.answer, manifest.replayCommand),
    commit: manifest.commit,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
  };
  run.writeResult(result);
  return result;
}

async function writeManifest(
  { run, startedAt, noise }: Begun,
  input: RehearsalInput,
  { fingerprint, services, about }: Target,
  generatorRuns: GeneratorPriority,
  capacityPerSecond: number | null = null,
) {
  const manifest = await makeManifest({
    scenario: input.scenario,
    capacityPerSecond,
    seed: input.seed,
    overrides: input.overrides,
    flags: input.flags,
    startedAt,
    fingerprint,
    about,
    services,
    generatorRuns,
    noise,
    resumedAnyway: input.resume?.anyway ?? [],
  });
  run.writeManifest(manifest);
  return manifest;
}
