// Starts programs and makes sure that they end: with `stop`, with this process (Ctrl-C, SIGTERM, an exception), or,
// where this process was killed outright, at the next start (`endOrphans`).
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { endProcess } from './ending.ts';
import { identify, isRunning, ownIdentity } from './process-identity.ts';
import { type ProgramRecord, removeRecord, runningRecords, writeRecord } from './program-records.ts';
import { endWithThisProcess, forget } from './programs-of-this-process.ts';
import { homePaths, stampedeHome } from './state-directory.ts';

const LOG_LIMIT_BYTES = 8 * 1024 * 1024;

export type ProgramExit = { code: number | null; signal: NodeJS.Signals | null };

export type ProgramOptions = {
  name: string;
  command: string;
  args: readonly string[];
  /** The whole environment of the program; default: this process's. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Where its output is appended; default `<home>/logs/<name>.log`. */
  logFile?: string;
  /** −20 (first) to 19 (last). A negative one takes root; see `niceApplied`. */
  nice?: number;
  uid?: number;
  gid?: number;
  /** Opens a message channel: `child.send`, `child.on('message')`. */
  ipc?: boolean;
  /** Asks the program to end; default SIGTERM. */
  stopSignal?: NodeJS.Signals;
  /** Time between that signal and SIGKILL; default 10,000. */
  graceMs?: number;
  /** Programs with the same tag are ended at the same time, not one after another. */
  endTogether?: string;
  /** A data directory that no second program may open. */
  directory?: string;
  /** The state directory; default `stampedeHome()`. */
  home?: string;
};

export type Program = {
  name: string;
  pid: number;
  logFile: string;
  record: ProgramRecord;
  /** False where the wanted niceness was refused (a negative one without root). */
  niceApplied: boolean;
  child: ChildProcess;
  /** Settles once, however the program ends. */
  exited: Promise<ProgramExit>;
  /** Ends it: the signal, then SIGKILL after the grace. Harmless when it already ended. */
  stop(options?: { signal?: NodeJS.Signals; graceMs?: number }): Promise<ProgramExit>;
  /** Lets it outlive this process; from now on it belongs to `npm run stack -- down`. */
  leaveToStack(): void;
};

/** Starts a program in a process group of its own. Throws when it cannot be started at all (not found, no right). */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const home = options.home ?? stampedeHome();
  const logFile = options.logFile ?? join(homePaths(home).logs, `${options.name}.log`);
  const child = spawnWithLog(options, logFile);
  const exited = new Promise<ProgramExit>((settle) => {
    child.once('exit', (code, signal) => settle({ code, signal }));
  });
  const { pid } = child;
  if (pid === undefined) throw await startFailure(options, child);
  // A message or a signal that does not reach it any more; `exited` tells the end. Without a listener it would be ours.
  child.on('error', () => undefined);
  const record: ProgramRecord = {
    name: options.name,
    // A program that has already ended again has no start time left to read; the empty one matches no process.
    process: identify(pid) ?? { pid, startedAt: '' },
    owner: ownIdentity(),
    stopSignal: options.stopSignal ?? 'SIGTERM',
    graceMs: options.graceMs ?? 10_000,
    logFile,
    directory: options.directory ?? null,
    sinceMs: Date.now(),
  };
  writeRecord(home, record);
  const release = () => {
    forget(record);
    removeRecord(home, record);
  };
  endWithThisProcess(record, options.endTogether ?? `${record.name}:${pid}`, release);
  void exited.then(release);
  return {
    name: options.name,
    pid,
    logFile,
    record,
    niceApplied: options.nice === undefined || applyNice(pid, options.nice),
    child,
    exited,
    async stop({ signal = record.stopSignal, graceMs = record.graceMs } = {}) {
      await endProcess({ process: record.process, signal, graceMs });
      return exited;
    },
    leaveToStack() {
      record.owner = 'stack';
      writeRecord(home, record);
      forget(record);
      child.unref();
    },
  };
}

/** The programs whose owner was killed and that still run, oldest first. */
export function orphansOf(home: string): ProgramRecord[] {
  return runningRecords(home).filter(({ owner }) => owner !== 'stack' && !isRunning(owner));
}

/** Ends the programs whose owner no longer runs, newest first; those of `stack up` stay. Gives what it ended. */
export async function endOrphans(home = stampedeHome()): Promise<ProgramRecord[]> {
  const orphans = orphansOf(home);
  for (const orphan of orphans.toReversed()) {
    await endProcess({ process: orphan.process, signal: orphan.stopSignal, graceMs: orphan.graceMs });
    removeRecord(home, orphan);
  }
  return orphans;
}

function spawnWithLog(options: ProgramOptions, logFile: string): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true });
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT_BYTES) truncateSync(logFile);
  const log = openSync(logFile, 'a');
  try {
    return spawn(options.command, options.args, {
      env: options.env ?? process.env,
      stdio: ['ignore', log, log, ...(options.ipc ? (['ipc'] as const) : [])],
      detached: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
    });
  } finally {
    closeSync(log);
  }
}

function startFailure(options: ProgramOptions, child: ChildProcess): Promise<Error> {
  return new Promise((settle) => {
    child.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'ENOENT' ? 'the command or its working directory is not there' : cause.message;
      settle(new Error(`${options.name} cannot be started: ${options.command}: ${why}.`, { cause }));
    });
  });
}

/** Linux keeps a niceness per thread; threads made later inherit, so those that exist already are set one by one. */
function applyNice(pid: number, nice: number): boolean {
  const tasks = `/proc/${pid}/task`;
  try {
    for (const thread of existsSync(tasks) ? readdirSync(tasks) : [pid]) setPriority(Number(thread), nice);
    return true;
  } catch {
    return false;
  }
}
