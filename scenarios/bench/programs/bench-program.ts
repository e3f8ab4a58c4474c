// Programs that a bench measures from outside: started by their path as processes of their own, given jobs over IPC.
import { join } from 'node:path';
import { stopSignal } from '../../../deploy/local/programs/process-end.ts';
import { type Program, startProgram } from '../../../deploy/local/programs/programs.ts';
import { unlessStopped } from '../../../deploy/local/programs/unless-stopped.ts';
import { repositoryRoot } from '../../data/repository.ts';

export type JobMessage = { id: number; job: unknown };
export type JobAnswer = { id: number; result: unknown } | { id: number; error: string };

export type BenchProgram = {
  pid: number;
  /** The program's answer to a job; rejects when it says why not, ends, or this process is to end. */
  ask<Result>(job: unknown): Promise<Result>;
  stop(): Promise<void>;
};

/** Starts a program of the project that serves jobs (serve-jobs.ts says how). */
export async function startBenchProgram(options: {
  path: string;
  folder: string;
  flags?: readonly string[];
  nice?: number;
  env?: NodeJS.ProcessEnv;
}): Promise<BenchProgram> {
  const name = options.path.replace(/.*\/|\.ts$/g, '');
  const program = await startProgram({
    name: `bench-${name}`,
    command: process.execPath,
    args: [...(options.flags ?? []), join(repositoryRoot, options.path)],
    env: { ...process.env, ...options.env },
    logFile: join(options.folder, `${name}.log`),
    ipc: true,
    ...(options.nice === undefined ? {} : { nice: options.nice }),
  });
  return { pid: program.pid, ask: createAsk(program), stop: () => program.stop().then(() => undefined) };
}

function createAsk(program: Program): BenchProgram['ask'] {
  let lastId = 0;
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  program.child.on('message', (answer: JobAnswer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) asker?.reject(new Error(`${program.name}: ${answer.error}`));
    else asker?.resolve(answer.result as never);
  });
  void program.exited.then(({ code, signal }) => {
    const failure = new Error(
      `${program.name} ended (${signal ?? `exit code ${code}`}); see ${program.logFile}.`,
    );
    for (const { reject } of waiting.values()) reject(failure);
  });
  return <Result>(job: unknown) => unlessStopped(stopSignal(), sendJob<Result>(job));

  function sendJob<Result>(job: unknown): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      const message: JobMessage = { id: lastId, job };
      program.child.send(message, (error) => {
        if (error)
          reject(new Error(`${program.name} cannot be reached; see ${program.logFile}.`, { cause: error }));
      });
    });
  }
}
