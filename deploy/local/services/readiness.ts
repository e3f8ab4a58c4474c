// Waits until a started service really answers, and says why when it does not: it ended, or its time ran out.
import { setTimeout as delay } from 'node:timers/promises';
import { lastLines } from '../programs/log-tail.ts';
import type { Program } from '../programs/programs.ts';
import { StackError } from '../programs/stack-error.ts';
import type { ServiceFacts } from './stack-service.ts';

const POLL_MS = 50;
const LOG_LINES = 12;

export type Readiness = {
  /** The service's name for people. */
  what: string;
  programs: readonly Program[];
  /** Asks the service a real question; throws while it cannot answer. */
  probe: () => Promise<ServiceFacts>;
  deadlineMs: number;
  signal: AbortSignal;
};

/** The service's facts as soon as it answers. Throws with the end of its log when a program ends or time runs out. */
export async function untilReady(readiness: Readiness): Promise<ServiceFacts> {
  const { what, programs, probe, deadlineMs, signal } = readiness;
  const startedMs = performance.now();
  let ended: { program: Program; how: string } | undefined;
  for (const program of programs) {
    void program.exited.then(({ code, signal: by }) => {
      ended ??= { program, how: code === null ? `was ended by ${by}` : `ended with code ${code}` };
    });
  }
  let lastError: unknown;
  while (performance.now() - startedMs < deadlineMs) {
    signal.throwIfAborted();
    if (ended !== undefined)
      throw new StackError(`${what} ${ended.how} while it started.${logOf(ended.program)}`);
    try {
      return await probe();
    } catch (error) {
      lastError = error;
    }
    await delay(POLL_MS);
  }
  const [first] = programs;
  throw new StackError(
    `${what} did not answer within ${deadlineMs / 1000} s (last: ${String(lastError)}).${first ? logOf(first) : ''}`,
    { cause: lastError },
  );
}

/** The end of a program's log as a block of an error message, with the log's path. */
export function logBlock(logFile: string): string {
  const lines = lastLines(logFile, LOG_LINES).map((line) => `    ${line}`);
  return `\n  Its log ends with:\n${lines.join('\n') || '    (nothing)'}\n  The whole log: ${logFile}`;
}

function logOf(program: Program): string {
  return logBlock(program.logFile);
}
