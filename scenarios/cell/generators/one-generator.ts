// A generator's process as seen from the rehearsal: started with priority, told its input, listened to until it is done.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Program, startProgram } from '../../../deploy/local/programs/programs.ts';
import { applyScheduling, type Scheduling } from '../../../deploy/local/programs/scheduling.ts';
import {
  type FromGenerator,
  GENERATOR_NODE_FLAGS,
  type GeneratorSecond,
  type GeneratorSummary,
} from '../../../sim/engine/protocol/protocol.ts';
import type { GeneratorInput, ToGenerator } from '../../../sim/generator/input.ts';
import { repositoryRoot } from '../../data/repository.ts';
import type { RecordedAttempt } from '../recorded-attempt.ts';

/** Above the services, so that on a small machine the generator is not the one that waits. Takes root. */
const PRIORITY_NICE = -15;

export type GeneratorListeners = {
  onProgress(text: string, doneCount: number, totalCount: number): void;
  onWarmedUp(spanStartMonotonicMs: number): void;
  onSecond(row: GeneratorSecond): void;
  onAttempts(attempts: RecordedAttempt[]): void;
};

/** What one of several is heard of, and told. */
export type ShardListeners = GeneratorListeners & {
  /** Warm, and could begin its span then; resolves to when it is to. A rejection ends it. */
  onReady?(earliestMonotonicMs: number): Promise<number>;
};

export type Generator = {
  /** What it is called where it joined from elsewhere; left out for one that the rehearsal started. */
  name?: string;
  hasPriority: boolean;
  /** Whether it got the scheduling that was asked for. */
  isScheduled: boolean;
  /** Makes ready for `run` with the same input; a rejection keeps all from beginning. Left out where there is nothing to do. */
  prepare?(input: GeneratorInput): Promise<void>;
  /** Runs the plan; rejects when the generator fails or ends without its summary. */
  run(input: GeneratorInput, listeners: ShardListeners): Promise<GeneratorSummary>;
  /** Has it end its span now, and report. */
  endEarly(): void;
  stop(): Promise<void>;
};

/** One that is a process of this machine. */
export type LocalGenerator = Generator & { pid: number };

/** Starts a generator; it waits for its input. `scheduling` is had where the machine allows it, on top of its niceness. */
export async function startGenerator(
  logFolder: string,
  { scheduling = 'nice', name = 'generator' }: { scheduling?: Scheduling | undefined; name?: string } = {},
): Promise<LocalGenerator> {
  const program = await startProgram({
    name,
    command: process.execPath,
    args: [...GENERATOR_NODE_FLAGS, join(repositoryRoot, 'sim/generator/main.ts')],
    logFile: join(logFolder, `${name}.log`),
    nice: PRIORITY_NICE,
    ipc: true,
  });
  return {
    pid: program.pid,
    hasPriority: program.niceApplied,
    isScheduled: applyScheduling(scheduling, program.pid, availableParallelism()),
    run: (input, listeners) => runGenerator(program, input, listeners),
    endEarly: () => tell(program, { type: 'stop' }),
    async stop() {
      await program.stop();
    },
  };
}

function runGenerator(
  program: Program,
  input: GeneratorInput,
  listeners: ShardListeners,
): Promise<GeneratorSummary> {
  return new Promise((resolve, reject) => {
    program.child.on('message', (message: FromGenerator<RecordedAttempt>) => {
      switch (message.type) {
        case 'progress':
          return listeners.onProgress(message.text, message.doneCount, message.totalCount);
        case 'ready':
          return void listeners.onReady?.(message.earliestMonotonicMs).then(
            (spanStartMonotonicMs) => tell(program, { type: 'begin', spanStartMonotonicMs }),
            () => tell(program, { type: 'stop' }),
          );
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
    tell(program, { type: 'start', input });
  });
}

/** One that cannot be delivered means that it has ended, and `exited` says how. */
function tell(program: Program, message: ToGenerator): void {
  program.child.send(message, () => undefined);
}
