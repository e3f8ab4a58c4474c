// One planned cell of a run: found finished where the run goes on, else planned, run and kept.
import { join } from 'node:path';
import { cellPath } from '../../reports/record/names.ts';
import type { RunWriter } from '../../reports/record/run-directory.ts';
import { type CellInput, runCell } from '../cell/cell.ts';
import type { View } from '../cell/live-view.ts';
import { browserPeople } from '../plan/browser-people.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import { planHash, planRun } from '../plan/plan.ts';
import type { Target } from '../targets/target.ts';
import type { FinishedCell } from '../verdict/summarise-run.ts';
import type { Resumed } from './asked.ts';
import { keepOutcome, keptOutcome } from './finished-cells.ts';
import { planDifferences } from './resume.ts';
import type { OnLeft } from './unplanned-end.ts';

/** What the cells of a run share. */
export type CellsOfRun = {
  run: RunWriter;
  target: Target;
  /** Generators of other machines; null where each cell starts its own. */
  elsewhere: CellInput['elsewhere'] | null;
  onLeft: OnLeft;
  view: View;
  stop: AbortSignal;
  monotonicMs: () => number;
  resume: Resumed | null;
};

/** Runs one cell; with the reasons when its block was spoilt and is run a second time. */
export type RunOne = (plan: CellPlan, repeatedBecause?: readonly string[]) => Promise<FinishedCell>;

/** Runs a cell and keeps its outcome; one that is kept already, of a run that goes on, is not run again. */
export async function finishCell(
  plan: CellPlan,
  { run, target, elsewhere, onLeft, view, stop, monotonicMs, resume }: CellsOfRun,
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
      browserPersonIds: browserPeople(plan.scenario, planned.plan),
      target,
      elsewhere: elsewhere ?? null,
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
