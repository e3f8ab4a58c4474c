// Where Stampede keeps what it needs between runs: `.stampede/` in the checkout, or STAMPEDE_HOME.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The checkout this file belongs to. */
export const REPOSITORY_ROOT = resolve(import.meta.dirname, '..', '..');

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
  };
  mkdirSync(paths.logs, { recursive: true });
  mkdirSync(paths.programs, { recursive: true });
  return paths;
}
