// What a bench is and what it yields: rows of one figure each with the limit it must keep, judged here and nowhere else.
import type { View } from '../run/live-view.ts';

/** A figure is at most or at least this. */
export type Limit = { atMost: number } | { atLeast: number };

/**
 * One figure. `ok` is null where nothing is judged: the row has no limit, or it was not measured (`value` null, `note`
 * says why).
 */
export type BenchRow = {
  name: string;
  value: number | null;
  unit: string;
  limit: Limit | null;
  ok: boolean | null;
  note?: string;
};

export type BenchSettings = {
  /** Orders of the backlog that `drain` works off. */
  orderCount: number;
  /** Requests that `memory` sends. */
  requestCount: number;
  /** How fast it sends them, together. */
  requestsPerSecond: number;
};

export type BenchContext = {
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
  const ok = 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
  return { name, value, unit, limit, ok };
}

/** A figure that stands beside the judged ones to explain them. */
export function reported(name: string, value: number, unit: string): BenchRow {
  return { name, value, unit, limit: null, ok: null };
}

/** A figure that could not be measured here; it does not count. */
export function notRun(name: string, unit: string, limit: Limit, why: string): BenchRow {
  return { name, value: null, unit, limit, ok: null, note: `not run: ${why}` };
}

/** 1 when a limit was missed, else 0. */
export function exitCodeOf(rows: readonly BenchRow[]): 0 | 1 {
  return rows.some((row) => row.ok === false) ? 1 : 0;
}
