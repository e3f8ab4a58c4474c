// The programs that must not outlive this process. From the first one on, Ctrl-C, SIGTERM, SIGHUP and every way to
// exit end them, last started first.
import { type Ending, endProcess, endProcessesNow } from './ending.ts';
import type { ProgramRecord } from './program-records.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const EXIT_LIMIT_MS = 15_000;

/** Gives the exit code that this process shall have; undefined: 128 + signal. */
type Preparation = (signal: StopSignal) => Promise<number | undefined> | number | undefined;
type Held = { record: ProgramRecord; endTogether: string; onEnded: () => void };
type StopSignal = keyof typeof SIGNALS;

const held: Held[] = [];
const beforeEnd: Preparation[] = [];
let listening = false;
let ending: Promise<void> | null = null;

/** Takes a program under this process's care until `forget`; `onEnded` is called where this process ended it. */
export function endWithThisProcess(record: ProgramRecord, endTogether: string, onEnded: () => void): void {
  held.push({ record, endTogether, onEnded });
  watchForTheEnd();
}

/**
 * Listens for this process's end; the first program does so too. Whoever cleans up at `exit` what programs use calls
 * this first, so that the programs have ended by then.
 */
export function watchForTheEnd(): void {
  if (listening) return;
  listening = true;
  process.once('exit', () => {
    endProcessesNow(held.toReversed().map(toEnding), EXIT_LIMIT_MS);
    for (const { onEnded } of [...held]) onEnded();
  });
  for (const signal of Object.keys(SIGNALS) as StopSignal[]) process.on(signal, () => void onSignal(signal));
}

/** Gives a program up: it ended, or somebody else ends it. */
export function forget(record: ProgramRecord): void {
  const index = held.findIndex((candidate) => candidate.record === record);
  if (index >= 0) held.splice(index, 1);
}

/**
 * Runs `prepare` at Ctrl-C, SIGTERM or SIGHUP before the programs are ended (to write what a run has so far); a second
 * signal does not wait for it. After that this process exits, with the code that `prepare` gives or else 128 + signal.
 * Gives the function that takes it back.
 */
export function beforeProgramsEnd(prepare: Preparation): () => void {
  beforeEnd.push(prepare);
  return () => {
    const index = beforeEnd.indexOf(prepare);
    if (index >= 0) beforeEnd.splice(index, 1);
  };
}

/** Ends every program of this process, last started first, and waits until all are gone. */
export function endAllPrograms(): Promise<void> {
  ending ??= endInOrder().finally(() => {
    ending = null;
  });
  return ending;
}

async function endInOrder(): Promise<void> {
  while (held.length > 0) {
    const tag = held.at(-1)?.endTogether;
    const together = held.filter(({ endTogether }) => endTogether === tag);
    await Promise.all(together.map((one) => endProcess(toEnding(one))));
    for (const { record, onEnded } of together) {
      forget(record);
      onEnded();
    }
  }
}

let signalled = false;
async function onSignal(signal: StopSignal): Promise<void> {
  const isSecond = signalled;
  signalled = true;
  let exitCode: number | undefined;
  try {
    if (!isSecond)
      for (const prepare of beforeEnd.toReversed()) exitCode = (await prepare(signal)) ?? exitCode;
    await endAllPrograms();
  } catch (error) {
    console.error(error);
  } finally {
    process.exit(exitCode ?? SIGNALS[signal]);
  }
}

function toEnding({ record }: Held): Ending {
  return { process: record.process, signal: record.stopSignal, graceMs: record.graceMs };
}
