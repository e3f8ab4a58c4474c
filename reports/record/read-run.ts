// Reads a run directory back, whole or killed halfway.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { countOf } from '../format/format.ts';
import { Manifest } from './manifest.ts';
import { type CellId, cellIdOfPath } from './names.ts';
import { type Cell, readCell, readDocument } from './read-cell.ts';
import { RunResult } from './result.ts';
import { RunStatus } from './status.ts';
import { RecordError } from './validate.ts';

export type Run = {
  directory: string;
  name: string;
  status: RunStatus;
  /** Null in a run that was killed or aborted before. */
  manifest: Manifest | null;
  result: RunResult | null;
  /** Sorted by block, then by place within the block where the result knows it. */
  cells: Cell[];
};

/** A run that came to a result: what the page, JUnit and Markdown are made from. */
export type FinishedRun = Run & { manifest: Manifest; result: RunResult };

/** @throws RecordError that names the file, what was found and what was needed */
export function readRun(directory: string): Run {
  if (!existsSync(join(directory, 'status.json'))) {
    throw new RecordError(`${directory}: found no status.json, needed a run directory`);
  }
  const optional = <T>(name: string, read: (path: string) => T): T | null =>
    existsSync(join(directory, name)) ? read(join(directory, name)) : null;
  const result = optional('result.json', (path) => readDocument(path, RunResult));
  return {
    directory,
    name: basename(directory),
    status: readDocument(join(directory, 'status.json'), RunStatus),
    manifest: optional('manifest.json', (path) => readDocument(path, Manifest)),
    result,
    cells: readCells(directory, result),
  };
}

/** The run has no result: it still runs, or was killed or aborted before. */
export class UnfinishedRunError extends RecordError {
  override name = 'UnfinishedRunError';
}

/** @throws UnfinishedRunError that says how far the run came, when it has no result */
export function readFinishedRun(directory: string): FinishedRun {
  const run = readRun(directory);
  const { manifest, result, status } = run;
  if (manifest !== null && result !== null) return { ...run, manifest, result };
  const end =
    status.state === 'aborted'
      ? `was aborted: ${status.reason}`
      : `started at ${status.startedAt} and was killed, or still runs`;
  const seconds = run.cells.reduce((sum, cell) => sum + cell.series.length, 0);
  throw new UnfinishedRunError(
    `${directory}: found a run without a result (it ${end}; ${countOf(run.cells.length, 'cell')} with ${countOf(seconds, 'recorded second')}), needed one that came to its end`,
  );
}

/** As much of a run without a result as can be read; `problems` says what could not. */
export type PartialRun = Omit<Run, 'result'> & { problems: string[] };

/** @throws RecordError when there is no readable `status.json`; anything else that is broken becomes a problem */
export function readPartialRun(directory: string): PartialRun {
  const problems: string[] = [];
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return null;
    }
  };
  const manifestPath = join(directory, 'manifest.json');
  return {
    directory,
    name: basename(directory),
    status: readDocument(join(directory, 'status.json'), RunStatus),
    manifest: existsSync(manifestPath) ? attempt(() => readDocument(manifestPath, Manifest)) : null,
    cells: cellFolders(directory)
      .flatMap(({ path, id }) => attempt(() => readCell(path, id)) ?? [])
      .sort(byBlock),
    problems,
  };
}

function cellFolders(directory: string): { path: string; id: CellId }[] {
  const root = join(directory, 'cells');
  const foldersIn = (path: string) =>
    existsSync(path) ? readdirSync(path).filter((name) => statSync(join(path, name)).isDirectory()) : [];
  return foldersIn(root).flatMap((folder) =>
    foldersIn(join(root, folder)).map((block) => ({
      path: join(root, folder, block),
      id: cellIdOfPath(folder, block),
    })),
  );
}

function byBlock(a: Cell, b: Cell): number {
  return a.block - b.block || a.directory.localeCompare(b.directory);
}

function readCells(directory: string, result: RunResult | null): Cell[] {
  const cells = cellFolders(directory).map(({ path, id }) => readCell(path, id));
  const orderOf = (cell: Cell) =>
    result?.cells.find(
      ({ variant, level, block }) => variant === cell.variant && level === cell.level && block === cell.block,
    )?.order ?? 0;
  return cells.sort((a, b) => a.block - b.block || orderOf(a) - orderOf(b) || byBlock(a, b));
}
