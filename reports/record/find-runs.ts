// Finds runs below a root folder by name, the newest one, and removes old ones.
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Names of the runs below `root`, oldest first; the name begins with the start time. */
export function listRuns(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => name !== 'latest' && existsSync(join(root, name, 'status.json')))
    .sort();
}

export type FoundRun = { found: true; directory: string } | { found: false; nearest: string[] };

/**
 * The directory of a run given as `latest`, as a name below `root`, or as a path.
 * When there is none, the (at most 5) names nearest to what was asked for.
 */
export function findRun(root: string, wanted: string): FoundRun {
  const candidates = wanted === 'latest' ? [latestRun(root)] : [join(root, wanted), wanted];
  for (const directory of candidates) {
    if (directory !== null && existsSync(join(directory, 'status.json'))) return { found: true, directory };
  }
  const names = listRuns(root);
  if (wanted === 'latest') return { found: false, nearest: [] };
  const distances = new Map(names.map((name) => [name, distance(wanted.toLowerCase(), name.toLowerCase())]));
  const nearest = names.toReversed().sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0));
  return { found: false, nearest: nearest.slice(0, 5) };
}

/** Removes all but the newest `keepCount` runs and returns the names removed. */
export function pruneRuns(root: string, keepCount: number): string[] {
  const names = listRuns(root);
  const removed = names.slice(0, Math.max(0, names.length - keepCount));
  for (const name of removed) rmSync(join(root, name), { recursive: true });
  return removed;
}

/** Where `latest` points: a symbolic link, or a file that holds the name; else the newest run. */
function latestRun(root: string): string | null {
  const latest = join(root, 'latest');
  if (existsSync(latest)) {
    if (statSync(latest).isDirectory()) return join(root, basename(realpathSync(latest)));
    return join(root, readFileSync(latest, 'utf8').trim());
  }
  const newest = listRuns(root).at(-1);
  return newest === undefined ? null : join(root, newest);
}

/** Edits that turn `wanted` into `name`, where what the name has before and after costs nothing (Sellers 1980). */
function distance(wanted: string, name: string): number {
  let row = new Array<number>(name.length + 1).fill(0);
  for (const [index, character] of [...wanted].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= name.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (name[column - 1] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(...row);
}
