// Where Stampede keeps what it makes: runs/ and, for what it needs between runs, `.stampede/` or STAMPEDE_HOME. They lie in the
// checkout or, where Stampede is installed as a package, in the folder where it was typed.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StackError } from './stack-error.ts';

/** The checkout or the package this file belongs to. */
export const REPOSITORY_ROOT = resolve(import.meta.dirname, '..', '..', '..');

/** Whose runs/ and .stampede/ are meant; deploy/surroundings.cjs says which folder that is. Absolute. */
export function projectFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment.STAMPEDE_PROJECT || REPOSITORY_ROOT);
}

/** The state directory: STAMPEDE_HOME where it is set, else `.stampede` in the project's folder. Absolute. */
export function stampedeHome(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment.STAMPEDE_HOME || join(projectFolder(environment), '.stampede'));
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
