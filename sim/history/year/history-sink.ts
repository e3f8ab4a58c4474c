// What a generator of a history hands on, thing by thing; writing rows and counting figures are two implementations.

import type { BehaviourAction } from '../../../system/contract/tables.ts';
import type { UuidWords } from '../../model/chance/random.ts';
import type { Person } from '../../model/person.ts';
import type { GradeChange } from './grade-ledger.ts';
import type { HistoryOrder } from './make-order.ts';

export type HistoryAction = {
  id: UuidWords;
  customerId: number;
  action: BehaviourAction;
  target: { type: 'product' | 'category'; id: number } | { type: 'text'; text: string };
  actedAtMs: number;
};

export type HistorySink = {
  /** A person as they stand at the end. */
  person(person: Person): void;
  order(order: HistoryOrder): void;
  gradeChange(change: GradeChange): void;
  action(action: HistoryAction): void;
};
