// The generator's process as seen from the rehearsal: started with priority, told its input, listened to until it is done.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Program, startProgram } from '../../deploy/local/programs/programs.ts';
import { applyScheduling, type Scheduling } from '../../deploy/local/programs/scheduling.ts';
import {
  type FromGenerator,
  GENERATOR_NODE_FLAGS,
  type GeneratorSecond,
  type GeneratorSummary,
} from '../../sim/engine/protocol/protocol.ts';
import type { GeneratorInput, ToGenerator } from '../../sim/generator/input.ts';
import { repositoryRoot } from '../data/repository.ts';
import type { RecordedAttempt } from './recorded-attempt.ts';

/** Above the services, so that on a small machine the generator is not the one that waits. Takes root. */
const PRIORITY_NICE = -15;

export type GeneratorListeners = {
  onProgress(text: string, doneCount: number, totalCount: number): void;
  onWarmedUp(spanStartMonotonicMs: number): void;
  onSecond(row: GeneratorSecond): void;
  onAttempts(attempts: RecordedAttempt[]): void;
};

export type Generator = {
  pid: number;
  hasPriority: boolean;
  /** Whether it got the scheduling that was asked for. */
  isScheduled: boolean;
  /** Runs the plan; rejects when the generator fails or ends without its summary. */
  run(input: GeneratorInput, listeners: GeneratorListeners): Promise<GeneratorSummary>;
  stop(): Promise<void>;
};

/** Starts the generator; it waits for its input. `scheduling` is had where the machine allows it, on top of its niceness. */
export async function startGenerator(logFolder: string, scheduling: Scheduling = 'nice'): Promise<Generator> {
  const program = await startProgram({
    name: 'generator',
    command: process.execPath,
    args: [...GENERATOR_NODE_FLAGS, join(repositoryRoot, 'sim/generator/main.ts')],
    logFile: join(logFolder, 'generator.log'),
    nice: PRIORITY_NICE,
    ipc: true,
  });
  return {
    pid: program.pid,
    hasPriority: program.niceApplied,
    isScheduled: applyScheduling(scheduling, program.pid, availableParallelism()),
    run: (input, listeners) => runGenerator(program, input, listeners),
    async stop() {
      await program.stop();
    },
  };
}

function runGenerator(
  program: Program,
  input: GeneratorInput,
  listeners: GeneratorListeners,
): Promise<GeneratorSummary> {
  return new Promise((resolve, reject) => {
    program.child.on('message', (message: FromGenerator<RecordedAttempt>) => {
      switch (message.type) {
        case 'progress':
          return listeners.onProgress(message.text, message.doneCount, message.totalCount);
        case 'warmed-up':
          return listeners.onWarmedUp(message.spanStartMonotonicMs);
        case 'second':
          return listeners.onSecond(message.row);
        case 'attempts':
          return listeners.onAttempts(message.attempts);
        case 'done':
          return resolve(message.summary);
        case 'failed':
          return reject(new Error(`The generator could not go on: ${message.message}`));
      }
    });
    void program.exited.then(({ code, signal }) => {
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      reject(new Error(`The generator ended (${how}) before it was done; see ${program.logFile}.`));
    });
    const start: ToGenerator = { type: 'start', input };
    // One that cannot be delivered means that it has ended, and `exited` says how.
    program.child.send(start, () => undefined);
  });
}
