// Which priority the generator had over a whole run, and what a reader is told of it.
import type { Scheduling } from '../../deploy/local/programs/scheduling.ts';
import type { CellOutcome } from '../cell/cell.ts';

/** What every cell of the run had at least; `none`: not even niceness. */
export type GeneratorPriority = Scheduling | 'none';

type Had = Pick<CellOutcome, 'generatorHasPriority' | 'generatorIsScheduled'>;

/** The priority after one more cell. @param wanted what the scenario asks for, @param before that of the cells so far */
export function priorityWith(before: GeneratorPriority, wanted: Scheduling, cell: Had): GeneratorPriority {
  // Cells that an older version kept know niceness only.
  if (before === wanted && (cell.generatorIsScheduled ?? false) && wanted !== 'nice') return wanted;
  return before !== 'none' && cell.generatorHasPriority ? 'nice' : 'none';
}

export function priorityNote(had: GeneratorPriority): string {
  return NOTES[had];
}

const NOTES: Record<GeneratorPriority, string> = {
  'real-time':
    'The generator runs in real time (SCHED_RR), before everything else, so that on a small machine it is not the one that waits.',
  'own-core':
    'The generator runs at nice −15 and stays on one core, so that on a small machine it is not the one that waits.',
  nice: 'The generator runs at nice −15, so that on a small machine it is not the one that waits.',
  none: 'The generator could not be given priority (that takes root); the shop’s processes run at nice +5 instead.',
};
