// Reads what the gallery lists: each run's status, manifest and result, never its cells. A run that cannot be read is
// listed with the reason, and what did not change since the last look is not read again.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lastWrittenAt } from '../record/find-runs.ts';
import { Manifest } from '../record/manifest.ts';
import { readDocument } from '../record/read-cell.ts';
import { RunResult, type Verdict } from '../record/result.ts';
import { type Observer, observerAt, RunStatus, stateOfRun } from '../record/status.ts';

export type FinishedEntry = {
  kind: 'finished';
  name: string;
  status: RunStatus;
  manifest: Manifest;
  result: RunResult;
};
export type UnfinishedEntry = {
  kind: 'unfinished';
  name: string;
  state: 'running' | 'killed' | 'aborted';
  status: RunStatus;
  /** Null where the run ended before it was written. */
  manifest: Manifest | null;
  lastWrittenAt: Date;
};
export type UnreadableEntry = { kind: 'unreadable'; name: string; error: string };
export type GalleryEntry = FinishedEntry | UnfinishedEntry | UnreadableEntry;

/** A run's verdict, or what became of it. */
export type EntryWord = Verdict | 'ABORTED' | 'KILLED' | 'RUNNING' | 'UNREADABLE';

export function wordOfEntry(entry: GalleryEntry): EntryWord {
  switch (entry.kind) {
    case 'finished':
      return entry.result.verdict;
    case 'unfinished':
      return entry.state === 'running' ? 'RUNNING' : entry.state === 'killed' ? 'KILLED' : 'ABORTED';
    case 'unreadable':
      return 'UNREADABLE';
  }
}

/** Scenario of a run; of an unreadable one, what its name says. */
export function scenarioOfEntry(entry: GalleryEntry): string {
  return entry.kind === 'unreadable' ? entry.name.replace(RUN_NAME, '') : entry.status.scenario;
}

/** How `createRunDirectory` begins the name of a run. */
const RUN_NAME = /^\d{4}-\d{2}-\d{2}T\d{6}Z-/;
const DOCUMENTS = ['status.json', 'manifest.json', 'result.json'];

export type EntryReader = {
  /** All runs, newest first. */
  list(): GalleryEntry[];
  /** The run of exactly this name below the root; nothing else is looked up, so a path leads nowhere. */
  find(name: string): GalleryEntry | null;
};

/** @param observe who looks at runs that say they are running, and when */
export function createEntryReader(
  root: string,
  observe: () => Observer = () => observerAt(new Date()),
): EntryReader {
  const known = new Map<string, { stamp: string; entry: GalleryEntry }>();

  function entryOf(name: string): GalleryEntry {
    const stamp = stampOf(join(root, name));
    const before = known.get(name);
    if (before?.stamp === stamp && before.entry.kind !== 'unfinished') return before.entry;
    const entry = readEntry(root, name, observe());
    known.set(name, { stamp, entry });
    return entry;
  }

  return {
    list: () => runNames(root).toReversed().map(entryOf),
    find: (name) => (runNames(root).includes(name) ? entryOf(name) : null),
  };
}

/** Folders that hold a status or are named like a run, oldest first. */
function runNames(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => name !== 'latest' && isFolder(join(root, name)))
    .filter((name) => RUN_NAME.test(name) || existsSync(join(root, name, 'status.json')))
    .sort();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function stampOf(directory: string): string {
  return DOCUMENTS.map((name) => {
    const file = statSync(join(directory, name), { throwIfNoEntry: false });
    return file === undefined ? '-' : `${file.mtimeMs}/${file.size}`;
  }).join(' ');
}

function readEntry(root: string, name: string, observer: Observer): GalleryEntry {
  const directory = join(root, name);
  const optional = <T>(file: string, read: (path: string) => T): T | null =>
    existsSync(join(directory, file)) ? read(join(directory, file)) : null;
  try {
    const status = readDocument(join(directory, 'status.json'), RunStatus);
    const manifest = optional('manifest.json', (path) => readDocument(path, Manifest));
    const result = optional('result.json', (path) => readDocument(path, RunResult));
    if (result !== null && manifest !== null) return { kind: 'finished', name, status, manifest, result };
    const writtenAt = lastWrittenAt(directory);
    const state = stateOfRun(status, writtenAt, observer);
    if (state !== 'finished') {
      return { kind: 'unfinished', name, state, status, manifest, lastWrittenAt: writtenAt };
    }
    const missing = result === null ? 'result.json' : 'manifest.json';
    return { kind: 'unreadable', name, error: `${missing}: found no file in a finished run, needed one` };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', name, error: message.replaceAll(`${directory}/`, '') };
  }
}
