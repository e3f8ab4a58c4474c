// Makes `runs/<time>-<scenario>/` and writes what a run leaves behind. It validates what it writes, so that a bad
// value stops the run that made it and not the report of next week.
import { closeSync, ftruncateSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import type { TSchema } from 'typebox';
import { type CellWriter, createCellWriter } from './cell-writer.ts';
import { Manifest } from './manifest.ts';
import { type CellId, cellPath } from './names.ts';
import { RunResult } from './result.ts';
import { makeRunFolder, pointLatestTo } from './run-folder.ts';
import { RunStatus } from './status.ts';
import { validate } from './validate.ts';

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
  const directory = makeRunFolder(options.root, scenario, startedAt);
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
