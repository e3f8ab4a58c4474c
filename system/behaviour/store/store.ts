// What keeps the behaviour log: one type, an implementation for each kind of store.
import type { BehaviourEntry, TargetType } from '../../contract/behaviour.ts';
import type { BehaviourAction } from '../../contract/tables.ts';
import type { LoggedAction, Place } from '../rules.ts';

/** What an operator asks for; null: not asked. */
export type LogFilter = {
  customerId: number | null;
  targetType: TargetType | null;
  targetId: number | null;
  action: BehaviourAction | null;
  /** Inclusive. */
  from: Date | null;
  /** Exclusive. */
  to: Date | null;
  /** Words in lower case, each the beginning of a word of the text; empty: no search. */
  words: readonly string[];
};

export type BehaviourStore = {
  /**
   * Stores actions, each once by its id: those that are there already stay as they are. When it rejects, some may be stored and
   * doing the same again is safe.
   */
  add(actions: readonly LoggedAction[]): Promise<void>;
  /** Newest first, behind a place or from the top; at most `limit`. */
  find(filter: LogFilter, page: { after: Place | null; limit: number }): Promise<BehaviourEntry[]>;
  /** The newest of each of these customers, at most `count` of one; each one's stand together, newest first. */
  newestOf(customerIds: readonly number[], count: number): Promise<BehaviourEntry[]>;
  /** Actions by step; keys are Unix ms that are multiples of the step, and none has 0. */
  histogram(filter: LogFilter & { from: Date; to: Date }, stepMs: number): Promise<Map<number, number>>;
  /** Makes ready for the days to come and lets days go that are older than the retention. */
  upkeep(now: Date): Promise<{ addedDayCount: number; droppedDayCount: number }>;
  /** Whether an error of `add` is the fault of an action, so that it would be each time. */
  isActionFault(error: unknown): boolean;
};
