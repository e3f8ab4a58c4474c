// Makes `runs/<time>-<scenario>/` and writes what a run leaves behind. It validates what it writes, so that a bad
// value stops the run that made it and not the report of next week.
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { TSchema } from 'typebox';
import { type CellWriter, createCellWriter } from './cell-writer.ts';
import { Manifest } from './manifest.ts';
import { type CellId, cellPath, fileNameOfText } from './names.ts';
import { readDocument } from './read-cell.ts';
import { RunResult } from './result.ts';
import { RunStatus } from './status.ts';
import { RecordError, validate } from './validate.ts';

export type RunWriter = {
  directory: string;
  writeManifest(manifest: Manifest): void;
  /** Makes the folder of a single run; its writer is closed by the caller, or by `finish` and `abort`. */
  cell(id: CellId): CellWriter;
  writeResult(result: RunResult): void;
  /** Marks the run as finished at the result's `finishedAt`; the result must have been written. */
  finish(): void;
  /** Marks the run as ended before it had a result, and why. */
  abort(reason: string, at: Date): void;
};

/**
 * Makes a new run directory below `root` and points `root/latest` to it.
 * Where two runs start in the same second, the later one gets `-2` after its name.
 */
export function createRunDirectory(options: { root: string; scenario: string; startedAt: Date }): RunWriter {
  const { scenario, startedAt } = options;
  const directory = makeDirectory(options.root, `${timeName(startedAt)}-${fileNameOfText(scenario)}`);
  const writer = writerOf(directory, scenario, startedAt);
  pointLatestTo(options.root, basename(directory));
  return writer;
}

/**
 * Opens a run directory that was made before, to go on with a run that was killed or stopped: it says `running` again, and
 * the folder of a cell that is run again must have been removed.
 */
export function reopenRunDirectory(options: {
  directory: string;
  scenario: string;
  startedAt: Date;
}): RunWriter {
  return writerOf(options.directory, options.scenario, options.startedAt);
}

function writerOf(directory: string, scenario: string, startedAt: Date): RunWriter {
  const cells: CellWriter[] = [];
  let finishedAt: string | null = null;

  function writeStatus(state: RunStatus['state'], ended: string | null, reason: string | null): void {
    const status: RunStatus = {
      schemaVersion: 1,
      state,
      scenario,
      startedAt: startedAt.toISOString(),
      finishedAt: ended,
      reason,
      writer: { host: hostname(), processId: process.pid },
    };
    const path = join(directory, 'status.json');
    try {
      writeDocument(path, RunStatus, status);
    } catch (error) {
      if (state !== 'aborted' || (error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      rmSync(`${path}.part`, { force: true });
      writeInPlace(path, status);
    }
  }

  writeStatus('running', null, null);
  return {
    directory,
    writeManifest: (manifest) => writeDocument(join(directory, 'manifest.json'), Manifest, manifest),
    cell(id) {
      const writer = createCellWriter(join(directory, cellPath(id)));
      cells.push(writer);
      return writer;
    },
    writeResult(result) {
      writeDocument(join(directory, 'result.json'), RunResult, result);
      finishedAt = result.finishedAt;
    },
    finish() {
      if (finishedAt === null)
        throw new Error(`${directory}: found no result, needed writeResult before finish`);
      for (const cell of cells) cell.close();
      writeStatus('finished', finishedAt, null);
    },
    abort(reason, at) {
      for (const cell of cells) cell.close();
      writeStatus('aborted', at.toISOString(), reason);
    },
  };
}

/** `2025-11-21T120301Z`: sorts by time and is legal on every file system. */
function timeName(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
}

function makeDirectory(root: string, name: string): string {
  try {
    mkdirSync(root, { recursive: true });
  } catch (cause) {
    throw new RecordError(
      `${root}: cannot be made (${reasonAbove(root) ?? String(cause)}). Next: --out FOLDER`,
      { cause },
    );
  }
  for (let attempt = 1; ; attempt++) {
    const directory = join(root, attempt === 1 ? name : `${name}-${attempt}`);
    try {
      mkdirSync(directory);
      return directory;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 100) throw error;
    }
  }
}

/** Writes beside and renames, so that a reader never sees half a document. */
function writeDocument(path: string, schema: TSchema, value: unknown): void {
  validate(schema, value, path);
  writeFileSync(`${path}.part`, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(`${path}.part`, path);
}

/** On a full disk there is room for nothing new, but a small file's own block takes its new content. */
function writeInPlace(path: string, value: unknown): void {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
  const descriptor = openSync(path, 'r+');
  try {
    ftruncateSync(descriptor, writeSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** A symbolic link, or a file with the name in it where the system allows no links. */
function pointLatestTo(root: string, name: string): void {
  const latest = join(root, 'latest');
  if (lstatSync(latest, { throwIfNoEntry: false })?.isDirectory()) putAside(root, latest);
  rmSync(latest, { force: true });
  try {
    symlinkSync(name, latest, 'dir');
  } catch {
    writeFileSync(latest, `${name}\n`);
  }
}

/** A folder is a run that came back from an archive, which keeps no links: it gets a name of its own, for it may be the only copy. */
function putAside(root: string, latest: string): void {
  const name = runNameIn(latest) ?? 'not-a-run';
  for (let attempt = 0; ; attempt++) {
    const aside = join(root, attempt === 0 ? name : `${name}-copy-${attempt}`);
    if (existsSync(aside)) continue;
    renameSync(latest, aside);
    return;
  }
}

/** The name that a run's folder had when it was made; null where it does not say. */
function runNameIn(directory: string): string | null {
  try {
    const { startedAt, scenario } = readDocument(join(directory, 'status.json'), RunStatus);
    return `${timeName(new Date(startedAt))}-${fileNameOfText(scenario)}`;
  } catch {
    return null;
  }
}

/** Why nothing can be made in the nearest folder that is there; null where it can. Node itself tells only that the folder is not there. */
function reasonAbove(folder: string): string | null {
  let nearest = resolve(folder);
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS'
      ? `${nearest} is on a read-only file system`
      : `no right to write to ${nearest}`;
  }
}
