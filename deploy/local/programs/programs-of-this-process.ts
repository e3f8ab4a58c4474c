// The programs that must not outlive this process. From the first one on, Ctrl-C, SIGTERM, SIGHUP and every way to
// exit end them, last started first. A command that heeds the stop signal ends its own before; this is the net below it.
import { type Ending, endProcess, endProcessesNow } from './ending.ts';
import { endUnheeded, isEndForced } from './process-end.ts';
import type { ProgramRecord } from './program-records.ts';

const EXIT_LIMIT_MS = 15_000;
/** For all together, after a second Ctrl-C. */
const FORCED_EXIT_LIMIT_MS = 500;

type Held = { record: ProgramRecord; endTogether: string; onEnded: () => void };

const held: Held[] = [];
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
    const limitMs = isEndForced() ? FORCED_EXIT_LIMIT_MS : EXIT_LIMIT_MS;
    endProcessesNow(held.toReversed().map(toEnding), limitMs);
    for (const { onEnded } of [...held]) onEnded();
  });
  endUnheeded(endAllPrograms);
}

/** Gives a program up: it ended, or somebody else ends it. */
export function forget(record: ProgramRecord): void {
  const index = held.findIndex((candidate) => candidate.record === record);
  if (index >= 0) held.splice(index, 1);
}

/** Remembers which programs run now; the function that it gives ends those that were started since, last one first. */
export function programsFromNowOn(): () => Promise<void> {
  const before = new Set(held.map(({ record }) => record));
  return () => endInOrder(({ record }) => !before.has(record));
}

/** Ends every program of this process, last started first, and waits until all are gone. */
export function endAllPrograms(): Promise<void> {
  ending ??= endInOrder(() => true).finally(() => {
    ending = null;
  });
  return ending;
}

async function endInOrder(isMeant: (one: Held) => boolean): Promise<void> {
  for (;;) {
    const last = held.findLast(isMeant);
    if (last === undefined) return;
    const together = held.filter((one) => one.endTogether === last.endTogether && isMeant(one));
    await Promise.all(together.map((one) => endProcess(toEnding(one))));
    for (const { record, onEnded } of together) {
      forget(record);
      onEnded();
    }
  }
}

function toEnding({ record }: Held): Ending {
  return { process: record.process, signal: record.stopSignal, graceMs: record.graceMs };
}
