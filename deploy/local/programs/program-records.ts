// What is written down about each started program, so that the next start finds what a killed one left behind.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, type ProcessIdentity } from './process-identity.ts';
import { StackError } from './stack-error.ts';
import { homePaths } from './state-directory.ts';

/** One started program. `owner` is the process that ends it, or `stack`: it stays until `npm run stack -- down`. */
export type ProgramRecord = {
  name: string;
  process: ProcessIdentity;
  owner: ProcessIdentity | 'stack';
  stopSignal: NodeJS.Signals;
  graceMs: number;
  logFile: string;
  /** A data directory that no second program may open. */
  directory: string | null;
  sinceMs: number;
};

/** Writes a file so that a reader sees the whole of it or nothing. */
export function writeWhole(path: string, text: string, mode = 0o600): void {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, text, { mode });
  renameSync(part, path);
}

/** Notes a program down, or notes it down anew (a change of owner). */
export function writeRecord(home: string, record: ProgramRecord): void {
  mkdirSync(homePaths(home).programs, { recursive: true });
  writeWhole(recordPath(home, record), JSON.stringify(record));
}

/** Forgets a program. */
export function removeRecord(home: string, record: ProgramRecord): void {
  rmSync(recordPath(home, record), { force: true });
}

/** The noted programs that still run, oldest first; notes about programs that ended are removed on the way. */
export function runningRecords(home: string): ProgramRecord[] {
  const directory = homePaths(home).programs;
  const running: ProgramRecord[] = [];
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.json'))) {
    const record = readRecord(join(directory, file));
    if (record === null) continue;
    if (isRunning(record.process)) running.push(record);
    else removeRecord(home, record);
  }
  return running.sort((a, b) => a.sinceMs - b.sinceMs);
}

/** Throws when a program that runs has this data directory open; a second one would ruin it. */
export function refuseSecondUse(home: string, directory: string): void {
  const holder = runningRecords(home).find((record) => record.directory === directory);
  if (holder === undefined) return;
  const { name, process: held, owner } = holder;
  const whose = owner === 'stack' ? 'left by `npm run stack -- up`' : `of the run with pid ${owner.pid}`;
  const next = owner === 'stack' ? 'End it: npm run stack -- down' : 'Wait for that run to end, or stop it.';
  throw new StackError(
    `The data directory ${directory} is in use by ${name}, pid ${held.pid}, ${whose}. ${next}`,
  );
}

function readRecord(path: string): ProgramRecord | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProgramRecord;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`The note about a started program cannot be read: ${path}. Remove it.`, { cause });
  }
}

function recordPath(home: string, record: ProgramRecord): string {
  return join(homePaths(home).programs, `${record.process.pid}-${record.name.replace(/[^\w.-]/g, '_')}.json`);
}
