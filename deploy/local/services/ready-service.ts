// From a program that was just started to a service that answers.
import type { Program } from '../programs/programs.ts';
import { untilReady } from './readiness.ts';
import type { ServiceFacts, StackService, StartedService } from './stack-service.ts';

/**
 * Waits until the only program of a service answers; one that does not in time is ended.
 * @param input.what its name for a person
 * @param input.startedMs when its start began, by `performance.now()`
 */
export async function readyService(input: {
  name: StackService['name'];
  what: string;
  url: string;
  program: Program;
  startedMs: number;
  probe: () => Promise<ServiceFacts>;
  deadlineMs: number;
  signal: AbortSignal;
}): Promise<StartedService> {
  const { name, what, url, program, startedMs, probe, deadlineMs, signal } = input;
  try {
    const facts = await untilReady({ what, programs: [program], probe, deadlineMs, signal });
    const startedInMs = Math.round(performance.now() - startedMs);
    const { pid } = program;
    const service: StackService = { name, origin: 'local', pid, pids: [pid], startedInMs, ...facts };
    return { url, service, programs: [program] };
  } catch (error) {
    await program.stop();
    throw error;
  }
}
