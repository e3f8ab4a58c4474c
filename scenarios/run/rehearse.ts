// The lifecycle of a rehearsal. The scenario comes in validated; what goes out is a run directory and an exit code.
import { join } from 'node:path';
import { acquireLock } from '../../deploy/local/lock.ts';
import { beforeProgramsEnd } from '../../deploy/local/programs-of-this-process.ts';
import { bringUpStack, type Stack } from '../../deploy/local/stack.ts';
import type { CellResult, Metrics, RunResult } from '../../reports/record/result.ts';
import { createRunDirectory, type RunWriter } from '../../reports/record/run-directory.ts';
import { summariseCell } from '../../reports/record/summarise-cell.ts';
import { writeReports } from '../../reports/write-reports.ts';
import type { SessionPlan } from '../../sim/model/session-plan.ts';
import type { Scenario } from '../scenario.ts';
import { answerOf } from './answer.ts';
import { type CellOutcome, runCell } from './cell.ts';
import { type DataSet, ensureDataSet } from './data-set.ts';
import { dropAbandonedRuns, withClient } from './databases.ts';
import { firstCrossedSecond } from './first-crossed.ts';
import { judgeGenerator } from './generator-health.ts';
import { exitCodeOf, judgeThresholds, verdictOf } from './judge.ts';
import type { View } from './live-view.ts';
import { makeManifest } from './manifest.ts';
import { planHash } from './plan.ts';

export type RehearsalInput = {
  scenario: Scenario;
  seed: number;
  plan: SessionPlan;
  overrides: readonly string[];
  /** Folder of all runs. */
  runsFolder: string;
  view: View;
  monotonicMs: () => number;
};

export type Rehearsed = { directory: string; result: RunResult };

/**
 * Runs one scenario from its plan to its page:
 * 1. take the machine's lock and a run directory;
 * 2. bring up the stack, or use the one that is up;
 * 3. find or build the data set;
 * 4. run the cell: fresh database, shop, warm-up, measured span, drain, audit;
 * 5. summarise what was recorded, judge it, write result and manifest;
 * 6. write the page, the JUnit XML and the Markdown.
 */
export async function rehearse(input: RehearsalInput): Promise<Rehearsed> {
  const { scenario, view } = input;
  const lock = await acquireLock(scenario.name);
  const startedAt = new Date();
  const run = createRunDirectory({ root: input.runsFolder, scenario: scenario.name, startedAt });
  let stoppedFromOutside = false;
  const forgetStop = beforeProgramsEnd(() => {
    stoppedFromOutside = true;
    run.abort('The run was stopped before it had a result.', new Date());
    view.say(`Stopped. What was recorded so far is in ${run.directory}`);
  });
  try {
    const result = await withStack(view, (stack) => rehearseOn(stack, run, startedAt, input));
    run.finish();
    view.phase('writing the report', 2);
    await writeReports(run.directory);
    return { directory: run.directory, result };
  } catch (error) {
    // What fails while all programs are being ended fails because of that.
    if (!stoppedFromOutside) run.abort(error instanceof Error ? error.message : String(error), new Date());
    throw error;
  } finally {
    forgetStop();
    await lock.release();
  }
}

async function withStack<T>(view: View, work: (stack: Stack) => Promise<T>): Promise<T> {
  view.phase('services', null);
  const stack = await bringUpStack({
    onProgress: (event) =>
      view.detail(`${event.service}: ${event.state}${event.detail ? ` · ${event.detail}` : ''}`),
  });
  try {
    return await work(stack);
  } finally {
    await stack.stop();
  }
}

async function rehearseOn(
  stack: Stack,
  run: RunWriter,
  startedAt: Date,
  input: RehearsalInput,
): Promise<RunResult> {
  const { scenario, seed, view, monotonicMs } = input;
  const serverIsOurs = stack.services.every(
    ({ name, origin }) => name !== 'postgres' || origin !== 'environment',
  );
  if (serverIsOurs) await withClient(stack.postgresUrl, dropAbandonedRuns);
  view.phase('data set', null);
  const dataSet = await ensureDataSet({
    postgresUrl: stack.postgresUrl,
    scenario,
    onProgress: (text) => view.detail(text),
    monotonicMs,
  });
  const variant = scenario.orders.transport;
  const cell = run.cell({ variant, level: null, block: 0 });
  cell.writePlan({ ...input.plan, hash: planHash(input.plan) });
  const outcome = await runCell({
    scenario,
    seed,
    planFile: join(cell.directory, 'plan.json'),
    template: dataSet.template,
    stack,
    cell,
    view,
    monotonicMs,
  });
  cell.close();
  const manifest = await manifestOf(input, startedAt, stack, dataSet, outcome);
  const result = { ...summarise(input, startedAt, cell.directory, outcome), commit: manifest.commit };
  run.writeManifest(manifest);
  run.writeResult(result);
  return result;
}

function manifestOf(
  input: RehearsalInput,
  startedAt: Date,
  stack: Stack,
  dataSet: DataSet,
  outcome: CellOutcome,
) {
  return makeManifest({
    scenario: input.scenario,
    seed: input.seed,
    overrides: input.overrides,
    startedAt,
    dataSet,
    services: stack.services,
    generatorHasPriority: outcome.generatorHasPriority,
  });
}

function summarise(
  input: RehearsalInput,
  startedAt: Date,
  cellDirectory: string,
  outcome: CellOutcome,
): Omit<RunResult, 'commit'> {
  const { scenario, seed } = input;
  const { durationSeconds } = scenario.load;
  const variant = scenario.orders.transport;
  const metrics = metricsOf(summariseCell(cellDirectory, durationSeconds), outcome);
  const generator = judgeGenerator(outcome.summary, outcome.stealMaxRatio);
  const thresholds = judgeThresholds(scenario.thresholds, variant, metrics, (threshold) =>
    firstCrossedSecond(cellDirectory, threshold, durationSeconds),
  );
  const verdict = verdictOf({ audit: outcome.audit, generators: [generator], thresholds });
  const { audit } = outcome;
  const failures = outcome.summary.failures;
  const cell: CellResult = {
    variant,
    level: null,
    block: 0,
    order: 0,
    seed,
    metrics,
    audit,
    generator,
    failures,
  };
  return {
    schemaVersion: 1,
    scenario: scenario.name,
    question: scenario.question,
    answer: answerOf({ verdict, metrics, hour: scenario.shop.hour, transport: variant }),
    seed,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    verdict,
    exitCode: exitCodeOf(verdict),
    variants: { [variant]: { metrics, audit, generator, failures } },
    cells: [cell],
    comparisons: [],
    thresholds,
  };
}

/** The failed ratio goes by intended time, like every latency; the rows of the series count by completion. */
function metricsOf(recorded: Metrics, outcome: CellOutcome): Metrics {
  const { requestsFailedCount, requestsSucceededCount } = outcome.summary;
  const endedCount = requestsFailedCount + requestsSucceededCount;
  if (endedCount === 0) return recorded;
  return { ...recorded, 'http.failedRatio': { unit: 'ratio', value: requestsFailedCount / endedCount } };
}
