// What `npm run stack -- doctor` finds out about the machine itself: Node, cores, memory, room on disk, ports, containers.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { freePorts } from '../programs/free-ports.ts';
import { homePaths } from '../programs/state-directory.ts';

/**
 * One line of the doctor's table. `missing` keeps the stack from coming up; `short` and `none` do not: results may suffer, or
 * it is not needed. `next` says what to type or to change.
 */
export type Finding = {
  what: string;
  state: 'found' | 'missing' | 'short' | 'none';
  detail: string;
  next?: string;
};

/** The name of the finding about the state directory. */
export const STATE_DIRECTORY = 'state directory';

const GIB = 1024 ** 3;
/** Three services and the shop hold about this much: PostgreSQL and Redis 0.2, one Kafka 0.5, shop and generator 0.5. */
const MEMORY_NEEDED_BYTES = 1.5 * GIB;
/** Data sets, PostgreSQL's log (up to 2 GB where orders come for long) and Kafka's topics. */
const DISK_NEEDED_BYTES = GIB;
const DISK_WANTED_BYTES = 4 * GIB;
const CORES_WANTED = 2;
/** Three brokers with their controllers, PostgreSQL, Redis, and the shop's processes. */
const PORTS_NEEDED = 12;
const ANSWER_WITHIN_MS = 5_000;

/** Everything about the machine that the stack depends on; `home` is the state directory. */
export async function machineFindings(home: string): Promise<Finding[]> {
  return [
    { what: 'Node', state: 'found', detail: process.versions.node },
    cores(availableParallelism()),
    memory(process.availableMemory(), totalmem()),
    disk(home),
    await ports(),
    dockerEngine(),
  ];
}

/** Whether generator and shop have a core each. */
export function cores(count: number): Finding {
  if (count >= CORES_WANTED) return { what: 'cores', state: 'found', detail: String(count) };
  const next = 'Measure on a machine with two cores or more: here the shop and its load share one.';
  return { what: 'cores', state: 'short', detail: String(count), next };
}

/** Whether the services and the shop fit into what is free. */
export function memory(availableBytes: number, totalBytes: number): Finding {
  const detail = `${gigabytes(availableBytes)} of ${gigabytes(totalBytes)} free`;
  if (availableBytes >= MEMORY_NEEDED_BYTES) return { what: 'memory', state: 'found', detail };
  const next = `Close other programs: services and shop take about ${gigabytes(MEMORY_NEEDED_BYTES)}.`;
  return { what: 'memory', state: 'short', detail, next };
}

/** Whether the state directory can be written and has room. */
export function disk(home: string): Finding {
  try {
    homePaths(home);
    accessSync(home, constants.W_OK);
  } catch (error) {
    const next = 'Set STAMPEDE_HOME to a folder that you may write to.';
    return { what: STATE_DIRECTORY, state: 'missing', detail: (error as Error).message, next };
  }
  const { bavail, bsize } = statfsSync(home);
  return room(home, bavail * bsize);
}

/** What so much free room at a place means. */
export function room(home: string, freeBytes: number): Finding {
  const detail = `${home}, ${gigabytes(freeBytes)} free`;
  const next = 'Make room, or set STAMPEDE_HOME to a folder on a larger disk.';
  if (freeBytes < DISK_NEEDED_BYTES) return { what: STATE_DIRECTORY, state: 'missing', detail, next };
  if (freeBytes < DISK_WANTED_BYTES) return { what: STATE_DIRECTORY, state: 'short', detail, next };
  return { what: STATE_DIRECTORY, state: 'found', detail };
}

async function ports(): Promise<Finding> {
  try {
    await freePorts(PORTS_NEEDED);
    return { what: 'ports', state: 'found', detail: 'free ones between 15,000 and 32,000 on 127.0.0.1' };
  } catch (error) {
    const next = 'End programs that listen there.';
    return { what: 'ports', state: 'missing', detail: (error as Error).message, next };
  }
}

/** Only told: containers are needed only where a service's programs are missing. */
function dockerEngine(): Finding {
  const what = 'Docker';
  const engine = firstLine('docker', ['info', '--format', '{{.ServerVersion}}']);
  if (engine === null) return { what, state: 'none', detail: 'no engine answers (not needed)' };
  const compose = firstLine('docker', ['compose', 'version', '--short']);
  if (compose === null)
    return { what, state: 'none', detail: `engine ${engine} without compose (not needed)` };
  return {
    what,
    state: 'found',
    detail: `engine ${engine}, compose ${compose}: docker-compose.yml can be used`,
  };
}

/** The first line that a program prints; null when it is not there, fails or is silent. */
export function firstLine(command: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', timeout: ANSWER_WITHIN_MS });
  const line = status === 0 ? stdout.trim().split('\n')[0] : '';
  return line ? line : null;
}

function gigabytes(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GB`;
}
