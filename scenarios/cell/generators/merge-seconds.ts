// The rows that several generators make of the same second, as one row. Counts are added, of what tells how they kept up the worst
// is kept; histogram parts stay apart, for whoever receives them merges parts of one second and metric exactly.
import type { GeneratorSecond, LiveQuantiles, Whereabouts } from '../../../sim/engine/protocol/protocol.ts';
import { addUp } from './add-up.ts';

/** Gauges that add up; of the others the highest is the one to look at. */
const ADDED_GAUGES = new Set(['sessionsActive']);

/**
 * Gives the merged row of a second as soon as every generator that is still at work has told of it, in order of the seconds.
 * @param count how many generators there are
 */
export function createSecondMerger(count: number, onRow: (row: GeneratorSecond) => void) {
  /** Rows not given yet, by second; a handful at most, for all generators begin at one instant. */
  const waiting = new Map<number, GeneratorSecond[]>();
  const lastSecond = new Array<number>(count).fill(Number.NEGATIVE_INFINITY);

  function giveComplete(): void {
    const toldByAll = Math.min(...lastSecond);
    const complete = [...waiting.keys()].filter((second) => second <= toldByAll).sort((a, b) => a - b);
    for (const second of complete) {
      const rows = waiting.get(second) ?? [];
      waiting.delete(second);
      onRow(mergeSecond(rows));
    }
  }

  return {
    take(generator: number, row: GeneratorSecond): void {
      // What was under way when it was given up: its seconds are given already.
      if (lastSecond[generator] === Number.POSITIVE_INFINITY) return;
      const rows = waiting.get(row.second);
      if (rows === undefined) waiting.set(row.second, [row]);
      else rows.push(row);
      lastSecond[generator] = row.second;
      giveComplete();
    },
    /** The generator tells no more. */
    ended(generator: number): void {
      lastSecond[generator] = Number.POSITIVE_INFINITY;
      giveComplete();
    },
  };
}

/** One row of several of the same second. @throws Error when there is none */
export function mergeSecond(rows: readonly GeneratorSecond[]): GeneratorSecond {
  const [first] = rows;
  if (first === undefined) throw new Error('a second that no generator told of was to be merged');
  if (rows.length === 1) return first;
  const whereabouts = rows.flatMap((row) => row.whereabouts ?? []);
  return {
    second: first.second,
    counts: addUp(rows.map(({ counts }) => counts)),
    gauges: mergeGauges(rows.map(({ gauges }) => gauges)),
    failures: addUp(rows.map(({ failures }) => failures)),
    live: mergeLive(rows.map(({ live }) => live)),
    ...(whereabouts.length === 0 ? {} : { whereabouts: mergeWhereabouts(whereabouts) }),
    histograms: rows.flatMap(({ histograms }) => histograms),
    intendedRequests: rows.flatMap(({ intendedRequests }) => intendedRequests),
  };
}

function mergeGauges(all: readonly GeneratorSecond['gauges'][]): GeneratorSecond['gauges'] {
  const merged: Record<string, number> = {};
  for (const gauges of all)
    for (const [name, value] of Object.entries(gauges)) {
      const before = merged[name];
      if (before === undefined) merged[name] = value;
      else merged[name] = ADDED_GAUGES.has(name) ? before + value : Math.max(before, value);
    }
  return merged;
}

/** Quantiles of several cannot be added: for the eye the slowest generator's will do. */
function mergeLive(all: readonly LiveQuantiles[]): LiveQuantiles {
  const merged: LiveQuantiles = {};
  const higher = (a: number | null, b: number | null) => (a === null || (b !== null && b > a) ? b : a);
  for (const live of all)
    for (const [metric, { p50Ms, p99Ms }] of Object.entries(live)) {
      const before = merged[metric] ?? { p50Ms: null, p99Ms: null };
      merged[metric] = { p50Ms: higher(before.p50Ms, p50Ms), p99Ms: higher(before.p99Ms, p99Ms) };
    }
  return merged;
}

function mergeWhereabouts(all: readonly Whereabouts[]): Whereabouts {
  const moves = new Map<string, Whereabouts['moves'][number]>();
  for (const move of all.flatMap((one) => one.moves)) {
    const key = `${move.from} ${move.to}`;
    moves.set(key, { ...move, count: move.count + (moves.get(key)?.count ?? 0) });
  }
  return {
    inside: addUp(all.map(({ inside }) => inside)),
    moves: [...moves.values()].sort((a, b) => b.count - a.count),
  };
}
