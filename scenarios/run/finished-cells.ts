// What a finished cell reported, kept beside its record (`cell.json`), so that a run that was cut off can go on where it
// stopped: finished cells are kept, all others are run again from their beginning.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellPath } from '../../reports/record/names.ts';
import type { CellOutcome } from '../cell/cell.ts';
import type { CellPlan } from '../plan/cell-plan.ts';

const FILE = 'cell.json';

/** Marks a cell as finished. */
export function keepOutcome(cellDirectory: string, outcome: CellOutcome): void {
  writeFileSync(join(cellDirectory, FILE), `${JSON.stringify(outcome)}\n`);
}

/** Whether a former part of this run finished the cell. */
export function isKept(runDirectory: string, plan: CellPlan): boolean {
  return existsSync(join(runDirectory, cellPath(plan), FILE));
}

/** The outcome of a cell that a former part of this run finished; null, with its remains removed, when it did not. */
export function keptOutcome(runDirectory: string, plan: CellPlan): CellOutcome | null {
  const file = join(runDirectory, cellPath(plan), FILE);
  // Written by this program into a directory of its own, after the cell's last line.
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as CellOutcome;
  forgetCell(runDirectory, plan);
  return null;
}

/** Removes all that is recorded of a cell, which then runs from its beginning. */
export function forgetCell(runDirectory: string, plan: CellPlan): void {
  rmSync(join(runDirectory, cellPath(plan)), { recursive: true, force: true });
}
