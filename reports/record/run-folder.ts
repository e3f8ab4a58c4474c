// Where a run stands below the folder of all runs: a folder of its own, and `latest` that leads to it.
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileNameOfText } from './names.ts';
import { readDocument } from './read-cell.ts';
import { RunStatus } from './status.ts';
import { RecordError } from './validate.ts';

/** `2025-11-21T120301Z`: sorts by time and is legal on every file system. */
function timeName(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
}

/**
 * Makes the folder of a run that started then; where there is one of the same second, `-2` stands behind its name.
 * @throws RecordError when nothing can be made in `root`
 */
export function makeRunFolder(root: string, scenario: string, startedAt: Date): string {
  const name = `${timeName(startedAt)}-${fileNameOfText(scenario)}`;
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

/** A symbolic link, or a file with the name in it where the system allows no links. */
export function pointLatestTo(root: string, name: string): void {
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
