// A cell that has run.
import type { CellOutcome } from '../cell/cell.ts';
import type { CellPlan } from '../plan/cell-plan.ts';

/** Its plan, where it was recorded and what it reported. */
export type FinishedCell = { plan: CellPlan; directory: string; outcome: CellOutcome };
