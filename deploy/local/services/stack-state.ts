// What `npm run stack -- up` left running, in `stack.json` of the state directory. It holds passwords: only its owner
// may read it.
import { readFileSync, rmSync } from 'node:fs';
import { isRunning } from '../programs/process-identity.ts';
import { type ProgramRecord, writeWhole } from '../programs/program-records.ts';
import { homePaths } from '../programs/state-directory.ts';
import type { AnyServiceName, FoundService } from './stack-service.ts';

const VERSION = 1;

/** A service left running, with the programs it consists of. */
export type LeftService = FoundService & { programs: ProgramRecord[] };

type StackState = { version: number; services: Partial<Record<AnyServiceName, LeftService>> };

/** The services that `up` left and whose programs all still run. Throws when the file cannot be read. */
export function leftServices(home: string): Partial<Record<AnyServiceName, LeftService>> {
  const { services } = readState(home);
  const running = Object.entries(services).filter(([, { programs }]) =>
    programs.every((one) => isRunning(one.process)),
  );
  return Object.fromEntries(running);
}

/** Everything that `up` wrote down, whether it still runs or not. */
export function notedServices(home: string): LeftService[] {
  return Object.values(readState(home).services);
}

/** Writes down what runs now; nothing left removes the file. */
export function writeLeftServices(home: string, services: readonly LeftService[]): void {
  const path = homePaths(home).stackFile;
  if (services.length === 0) {
    rmSync(path, { force: true });
    return;
  }
  const state: StackState = {
    version: VERSION,
    services: Object.fromEntries(services.map((one) => [one.service.name, one])),
  };
  writeWhole(path, `${JSON.stringify(state, null, 2)}\n`);
}

function readState(home: string): StackState {
  const path = homePaths(home).stackFile;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { version: VERSION, services: {} };
    throw cause;
  }
  const state = parse(text);
  if (state?.version === VERSION) return state;
  throw new Error(
    `${path} is not of version ${VERSION}. Run \`npm run stack -- down\` with the checkout that wrote it, or remove the file and end its services by hand.`,
  );
}

function parse(text: string): StackState | null {
  try {
    return JSON.parse(text) as StackState;
  } catch {
    return null;
  }
}
