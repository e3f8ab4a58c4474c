// The workers of a history: hands out chunks, hears what was made, and ends with the first error.
import { Worker } from 'node:worker_threads';
import type { FromWorker, MadeChunk, ToWorker, WorkerSetup } from './chunk-protocol.ts';

export type ChunkPoolInput = {
  setup: WorkerSetup;
  workerCount: number;
  /** Chunks still to be made, ascending. */
  wanted: readonly number[];
  chunkCount: number;
  /** Called for each chunk, in the order of their indexes when `inOrder`; the next ones wait for it. */
  onChunk: (chunk: MadeChunk) => Promise<void> | void;
  inOrder: boolean;
};

/** Resolves when all wanted chunks are made and taken; rejects with the first error, all workers ended. */
export async function makeChunks(input: ChunkPoolInput): Promise<void> {
  const { setup, wanted } = input;
  if (wanted.length === 0) return;
  // The founders' pools follow from each other: one worker makes all their weeks.
  const isSequence = setup.settings.preset === 'founding';
  const queue = [...wanted];
  const count = isSequence ? 1 : Math.min(input.workerCount, wanted.length);
  const take = input.inOrder ? inOrder(wanted, input.onChunk) : input.onChunk;
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./chunk-worker.ts', import.meta.url), { workerData: setup }),
  );
  const send = (worker: Worker, message: ToWorker): void => worker.postMessage(message);
  const runs = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        const next = (): void => {
          const index = queue.shift();
          if (index === undefined) resolve();
          else send(worker, { kind: 'make', index });
        };
        worker.on('error', reject);
        worker.on('exit', (code) =>
          reject(new Error(`A worker of the history ended with exit code ${code}.`)),
        );
        worker.on('message', (message: FromWorker) => {
          if (message.kind === 'all-made') {
            resolve();
            return;
          }
          Promise.resolve(take(message.chunk)).then(() => {
            send(worker, { kind: 'taken' });
            if (!isSequence) next();
          }, reject);
        });
        if (isSequence) send(worker, { kind: 'make-all', done: missingFrom(wanted, input.chunkCount) });
        else next();
      }),
  );
  try {
    await Promise.all(runs);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function missingFrom(wanted: readonly number[], chunkCount: number): number[] {
  const set = new Set(wanted);
  return Array.from({ length: chunkCount }, (_, index) => index).filter((index) => !set.has(index));
}

/** Holds a chunk back until all before it were taken; its worker waits, so no more than one each is held. */
function inOrder(wanted: readonly number[], onChunk: ChunkPoolInput['onChunk']): ChunkPoolInput['onChunk'] {
  const done = new Map<number, PromiseWithResolvers<void>>(
    wanted.map((index) => [index, Promise.withResolvers<void>()]),
  );
  return async (chunk) => {
    const before = wanted[wanted.indexOf(chunk.index) - 1];
    if (before !== undefined) await done.get(before)?.promise;
    await onChunk(chunk);
    done.get(chunk.index)?.resolve();
  };
}
