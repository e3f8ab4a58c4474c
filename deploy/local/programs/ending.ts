// Ends processes by their identity: a signal, a time to leave in peace, then SIGKILL for the whole process group.
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

const POLL_MS = 20;

/** What to end and how; `graceMs` is the time between the signal and SIGKILL. */
export type Ending = { process: ProcessIdentity; signal: NodeJS.Signals; graceMs: number };

/** Ends one process and waits until it is gone. Does nothing where it already ended. */
export async function endProcess(ending: Ending): Promise<void> {
  sendSignal(ending, ending.signal);
  await untilGone(ending.process, ending.graceMs);
  if (!isRunning(ending.process)) return;
  killGroup(ending.process);
  await untilGone(ending.process, 5_000);
  if (isRunning(ending.process)) {
    throw new Error(`Process ${ending.process.pid} still runs 5 s after SIGKILL. End it by hand.`);
  }
}

/** The same for a process about to exit, where nothing asynchronous runs any more: blocks until all are gone. */
export function endProcessesNow(endings: readonly Ending[], limitMs: number): void {
  const deadline = Date.now() + limitMs;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const ending of endings) {
    sendSignal(ending, ending.signal);
    const endBy = Math.min(deadline, Date.now() + ending.graceMs);
    while (isRunning(ending.process) && Date.now() < endBy) Atomics.wait(pause, 0, 0, POLL_MS);
    if (isRunning(ending.process)) killGroup(ending.process);
  }
}

async function untilGone(identity: ProcessIdentity, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (isRunning(identity) && Date.now() < deadline) await delay(POLL_MS);
}

function sendSignal({ process: target }: Ending, signal: NodeJS.Signals): void {
  if (isRunning(target)) killQuietly(target.pid, signal);
}

/** Started programs lead a process group of their own, so the negative number reaches what they started too. */
function killGroup(target: ProcessIdentity): void {
  if (process.platform !== 'win32') killQuietly(-target.pid, 'SIGKILL');
  if (isRunning(target)) killQuietly(target.pid, 'SIGKILL');
}

function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
