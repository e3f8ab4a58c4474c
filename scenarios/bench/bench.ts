// What a bench is and what it yields: rows of one figure each with the limit it must keep, judged here and nowhere else.
import type { BehaviourStoreName } from '../../system/contract/processes.ts';
import type { View } from '../cell/live-view.ts';

/** A figure is at most, at least or exactly this. Exact are counts of what went through: they hold on any machine. */
export type Limit = { atMost: number } | { atLeast: number } | { exactly: number };

/**
 * One figure. `ok` is null where nothing is judged: the row has no limit, or it was not measured (`value` null, `note`
 * says why; `isLacking` where what it takes is not installed, so that no run of this machine could measure it).
 */
export type BenchRow = {
  name: string;
  value: number | null;
  unit: string;
  limit: Limit | null;
  ok: boolean | null;
  note?: string;
  isLacking?: true;
};

/** `full` measures; `check` goes the same way with a handful of everything, to see that the way is still open. */
export type BenchSize = 'full' | 'check';

export type BenchSettings = {
  /** Orders of the backlog that `drain` works off. */
  orderCount: number;
  /** Requests that `memory` sends. */
  requestCount: number;
  /** How fast it sends them, together. */
  requestsPerSecond: number;
  /** What `behaviour` measures, how fast its crowd acts and for how long. */
  behaviourStore: BehaviourStoreName;
  actionsPerSecond: number;
  actionSeconds: number;
  /** People whom `grades` grades, the orders of theirs that it looks at, and how fast others order meanwhile. */
  gradedPeopleCount: number;
  gradedOrderCount: number;
  gradesOrdersPerSecond: number;
  /** How many generators divide the plan of `generators`. */
  generatorCount: number;
  /** Whether `engine` measures other load generators too, where they are installed. */
  measuresPeers: boolean;
};

export type BenchContext = {
  size: BenchSize;
  settings: BenchSettings;
  view: View;
  /** A folder of this call for plans and logs. */
  folder: string;
  /** Aborted when the bench is to end at once. */
  stop: AbortSignal;
  /** Takes a sentence for each thing that could not be taken away. */
  onLeft: (sentence: string) => void;
  monotonicMs: () => number;
};

export type Bench = {
  name: string;
  /** What is measured, for the help. */
  question: string;
  /** How long it takes on two unhurried cores. */
  expectedSeconds: number;
  run(context: BenchContext): Promise<BenchRow[]>;
};

/** A figure with a limit. One that is no number has missed it. */
export function judged(name: string, value: number, unit: string, limit: Limit): BenchRow {
  return { name, value, unit, limit, ok: keeps(value, limit) };
}

function keeps(value: number, limit: Limit): boolean {
  if ('exactly' in limit) return value === limit.exactly;
  return 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
}

/** How many went through, of which exactly so many were sent. Without it a bench may be quick for want of work. */
export function counted(name: string, count: number, neededCount: number, unit: string): BenchRow {
  return judged(name, count, unit, { exactly: neededCount });
}

/** A figure that stands beside the judged ones to explain them. */
export function reported(name: string, value: number, unit: string): BenchRow {
  return { name, value, unit, limit: null, ok: null };
}

/** A figure that could not be measured this time; it does not count. */
export function notRun(name: string, unit: string, limit: Limit, why: string): BenchRow {
  return { name, value: null, unit, limit, ok: null, note: `not run: ${why}` };
}

/** A figure that takes something which this machine does not have; it does not count. */
export function lacking(name: string, unit: string, limit: Limit, what: string): BenchRow {
  return { ...notRun(name, unit, limit, what), isLacking: true };
}

/** A figure without a limit that this machine cannot measure. */
export function missingReport(name: string, unit: string, why: string): BenchRow {
  return { name, value: null, unit, limit: null, ok: null, note: `not run: ${why}`, isLacking: true };
}

/** 1 when a limit was missed, else 0. */
export function exitCodeOf(rows: readonly BenchRow[]): 0 | 1 {
  return rows.some((row) => row.ok === false) ? 1 : 0;
}
