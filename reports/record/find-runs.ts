// Finds runs below a root folder by name, the newest one, and removes old ones.
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readDocument } from './read-cell.ts';
import { type Observer, observerAt, RunStatus, SILENT_MINUTES, stateOfRun } from './status.ts';

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

export type PrunedRuns = { removed: string[]; spared: { name: string; reason: string }[] };

/** Removes all but the newest `keepCount` runs, and never one that still runs or that `latest` points to. */
export function pruneRuns(root: string, keepCount: number, observer = observerAt(new Date())): PrunedRuns {
  const names = listRuns(root);
  const latest = latestRun(root);
  const pruned: PrunedRuns = { removed: [], spared: [] };
  for (const name of names.slice(0, Math.max(0, names.length - keepCount))) {
    const directory = join(root, name);
    const reason = directory === latest ? '`latest` points to it' : reasonToWait(directory, observer);
    if (reason !== null) {
      pruned.spared.push({ name, reason });
      continue;
    }
    rmSync(directory, { recursive: true });
    pruned.removed.push(name);
  }
  return pruned;
}

/** Why a run must not be removed now; a status that cannot be read counts as running while anything is written. */
function reasonToWait(directory: string, observer: Observer): string | null {
  const writtenAt = lastWrittenAt(directory);
  try {
    const status = readDocument(join(directory, 'status.json'), RunStatus);
    return stateOfRun(status, writtenAt, observer) === 'running' ? 'it still runs' : null;
  } catch {
    const silentMs = observer.now.getTime() - writtenAt.getTime();
    return silentMs < SILENT_MINUTES * 60_000 ? 'its status cannot be read and it was just written to' : null;
  }
}

/** When the run itself last wrote something; reports made from it later do not count. */
export function lastWrittenAt(directory: string): Date {
  const own = ['status.json', 'manifest.json', 'result.json'].map((name) => join(directory, name));
  const cells = join(directory, 'cells');
  const recorded = isDirectory(cells)
    ? readdirSync(cells, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
  const times = [...own, ...recorded].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return new Date(times.reduce((a, b) => Math.max(a, b), 0));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Where `latest` points: a symbolic link, or a file that holds the name; else the newest run. */
function latestRun(root: string): string | null {
  const latest = join(root, 'latest');
  if (existsSync(latest)) {
    if (statSync(latest).isDirectory()) return join(root, basename(realpathSync(latest)));
    return join(root, basename(readFileSync(latest, 'utf8').trim()));
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
