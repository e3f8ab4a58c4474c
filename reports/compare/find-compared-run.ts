// Finds what a person named: a run by its name, its path or `latest`, a baseline by its name, or a baseline's file. What
// is read is checked here, at the boundary.
import { existsSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { closestMatch } from 'leven';
import { findRun, listRuns } from '../record/find-runs.ts';
import { Manifest } from '../record/manifest.ts';
import { readDocument } from '../record/read-cell.ts';
import { readFinishedRun, UnfinishedRunError } from '../record/read-run.ts';
import { RunResult } from '../record/result.ts';
import { RecordError } from '../record/validate.ts';
import {
  isBaselineFolder,
  listBaselines,
  readBaselineFile,
  readBaselineFolder,
  type StoredRun,
} from './baseline-store.ts';

export type Places = {
  /** The folder that holds the runs. */
  runs: string;
  /** The folder that holds the baselines. */
  baselines: string;
};

/** The project's own places as seen from here: a command may have been typed in another folder (deploy/surroundings.cjs). */
export function defaultPlaces(environment: NodeJS.ProcessEnv = process.env): Places {
  const project = relative('', environment.STAMPEDE_PROJECT ?? '');
  return { runs: join(project, 'runs'), baselines: join(project, '.stampede/baselines') };
}

/**
 * In this order: a run, a baseline, a folder or file at that path.
 * @throws RecordError that names the nearest names, or the file that is broken, and the next step
 */
export function findComparedRun(wanted: string, places: Places = defaultPlaces()): StoredRun {
  const run = findRun(places.runs, wanted);
  if (run.found) return readRunDirectory(run.directory);
  const named = join(places.baselines, wanted);
  if (listBaselines(places.baselines).includes(wanted)) return readBaselineFolder(named, wanted);
  if (isBaselineFolder(wanted)) return readBaselineFolder(wanted, basename(wanted));
  if (statSync(wanted, { throwIfNoEntry: false })?.isFile()) return readBaselineFile(wanted);
  throw new RecordError(notFound(wanted, places, run.nearest));
}

/** ` Did you mean x?` with a leading space, or an empty string when no known name is near. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const maxDistance = Math.max(2, Math.floor(typed.length / 3));
  const nearest = closestMatch(typed, known, { maxDistance });
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}

function readRunDirectory(directory: string): StoredRun {
  if (!existsSync(join(directory, 'result.json'))) return unfinished(directory);
  return {
    name: basename(directory),
    result: readDocument(join(directory, 'result.json'), RunResult),
    manifest: readDocument(join(directory, 'manifest.json'), Manifest),
  };
}

/** Reading it as a finished run says how far it came. */
function unfinished(directory: string): StoredRun {
  try {
    return readFinishedRun(directory);
  } catch (error) {
    if (!(error instanceof UnfinishedRunError)) throw error;
    const next = `Next: npm run scenario -- NAME --resume ${basename(directory)}, or name another run.`;
    throw new RecordError(`${error.message}. ${next}`, { cause: error });
  }
}

function notFound(wanted: string, { runs, baselines }: Places, nearest: string[]): string {
  if (wanted === 'latest')
    return `found no run in ${runs}/, needed one. Next: npm run scenario -- NAME makes one.`;
  const known = [...listBaselines(baselines), ...listRuns(runs)];
  const names = nearest.slice(0, 3).map((name) => `\n  ${name}`);
  const list = names.length === 0 ? '' : `\nThe nearest runs in ${runs}/:${names.join('')}`;
  return `found no run, baseline or file "${wanted}", needed one of them.${didYouMean(wanted, known)} Next: npm run baseline -- list, or npm run report -- --serve.${list}`;
}
