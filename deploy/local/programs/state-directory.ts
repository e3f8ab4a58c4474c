// Where Stampede keeps what it needs between runs: `.stampede/` in the checkout, or STAMPEDE_HOME.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StackError } from './stack-error.ts';

/** The checkout this file belongs to. */
export const REPOSITORY_ROOT = resolve(import.meta.dirname, '..', '..', '..');

/** The state directory: STAMPEDE_HOME where it is set, else `.stampede` in the checkout. Absolute. */
export function stampedeHome(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment.STAMPEDE_HOME || join(REPOSITORY_ROOT, '.stampede'));
}

/** The parts of a state directory; `logs` and `programs` are made where they are missing. */
export function homePaths(home: string) {
  const paths = {
    logs: join(home, 'logs'),
    programs: join(home, 'programs'),
    data: join(home, 'data'),
    kafkaLibs: join(home, 'kafka-libs'),
    stackFile: join(home, 'stack.json'),
    shopFile: join(home, 'shop.json'),
  };
  makeDirectory(paths.logs);
  makeDirectory(paths.programs);
  return paths;
}

/** A directory with those above it. Where a file system cannot be written, Node tells only that the directory is not there. */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOTDIR') throw cause;
    throw new StackError(
      `${directory} cannot be made: ${reasonAbove(directory) ?? (cause as Error).message}. Set STAMPEDE_HOME to a folder that you may write to.`,
      { cause },
    );
  }
}

/** Why nothing can be made in the nearest directory that is there; null where it can. */
function reasonAbove(directory: string): string | null {
  let nearest = directory;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EROFS' ? `${nearest} is on a read-only file system` : `no right to write to ${nearest}`;
  }
}
