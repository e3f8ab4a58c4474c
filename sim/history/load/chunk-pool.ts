// The workers of a history: hands out chunks, hears what was made, and ends with the first error.
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type HistorySettings, spanOf } from '../year/settings.ts';
import {
  chunkCountOf,
  type FromWorker,
  type MadeChunk,
  type ToWorker,
  type WorkerSetup,
  type WorkerStart,
} from './chunk-protocol.ts';

export type ChunkWork = {
  setup: WorkerSetup;
  /** Chunks still to be made, ascending. */
  wanted: readonly number[];
  chunkCount: number;
  /** Called for each chunk, in the order of their indexes when `inOrder`; the next ones wait for it. */
  onChunk: (chunk: MadeChunk) => Promise<void> | void;
  inOrder: boolean;
  /** Aborting it rejects with its reason. */
  stop?: AbortSignal | undefined;
};

export type ChunkPool = {
  /** Once. Resolves when all wanted chunks are made and taken; rejects with the first error of any worker. */
  make(work: ChunkWork): Promise<void>;
  /** Ends all workers; one that hangs in something is ended after five seconds. */
  end(): Promise<void>;
};

/** Starts the workers, which prepare the year meanwhile. Whoever starts a pool ends it. */
export function startChunkPool(settings: HistorySettings, workerCount: number): ChunkPool {
  // The founders' pools follow from each other: one worker makes all their weeks.
  const isSequence = settings.preset === 'founding';
  const workerData: WorkerStart = { settings };
  const usefulCount = isSequence
    ? 1
    : Math.min(workerCount, chunkCountOf(settings, spanOf(settings).dayCount));
  const workers = Array.from(
    { length: usefulCount },
    // Without this process's own flags: they name files from the folder in which npm started it.
    () => new Worker(new URL('./chunk-worker.ts', import.meta.url), { workerData, execArgv: [] }),
  );
  // One that fails before there is work is heard when there is.
  const failures = workers.map(
    (worker) =>
      new Promise<never>((_, reject) => {
        worker.on('error', reject);
        worker.on('exit', (code) =>
          reject(new Error(`A worker of the history ended with exit code ${code}.`)),
        );
      }),
  );
  for (const failure of failures) failure.catch(() => undefined);
  return {
    make: (work) =>
      work.wanted.length === 0
        ? Promise.resolve()
        : Promise.race([makeChunks(workers, work, isSequence), ...failures, untilAborted(work.stop)]),
    async end() {
      await Promise.all(workers.map(endWorker));
    },
  };
}

/** Rejects when the signal is aborted; pending for ever where it is not, or there is none. */
function untilAborted(stop: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (stop?.aborted) reject(stop.reason);
    else stop?.addEventListener('abort', () => reject(stop.reason), { once: true });
  });
}

const END_WITHIN_MS = 5_000;

/** Lets the worker end by itself: terminating a thread that compiles its modules has crashed Node. */
async function endWorker(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return;
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const end: ToWorker = { kind: 'end' };
  worker.postMessage(end);
  const hung = new AbortController();
  await Promise.race([gone, wait(END_WITHIN_MS, undefined, { signal: hung.signal })]).finally(() =>
    hung.abort(),
  );
  if (worker.threadId !== -1) await worker.terminate();
}

async function makeChunks(
  workers: readonly Worker[],
  { setup, wanted, chunkCount, onChunk, inOrder: isInOrder }: ChunkWork,
  isSequence: boolean,
): Promise<void> {
  const queue = [...wanted];
  const take = isInOrder ? inOrder(wanted, onChunk) : onChunk;
  const send = (worker: Worker, message: ToWorker): void => worker.postMessage(message);
  const runs = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        const next = (): void => {
          const index = queue.shift();
          if (index === undefined) resolve();
          else send(worker, { kind: 'make', index });
        };
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
        send(worker, { kind: 'begin', setup });
        if (isSequence) send(worker, { kind: 'make-all', done: missingFrom(wanted, chunkCount) });
        else next();
      }),
  );
  await Promise.all(runs);
}

function missingFrom(wanted: readonly number[], chunkCount: number): number[] {
  const set = new Set(wanted);
  return Array.from({ length: chunkCount }, (_, index) => index).filter((index) => !set.has(index));
}

/** Holds a chunk back until all before it were taken; its worker waits, so no more than one each is held. */
function inOrder(wanted: readonly number[], onChunk: ChunkWork['onChunk']): ChunkWork['onChunk'] {
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
