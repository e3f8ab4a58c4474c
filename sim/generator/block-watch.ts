// Notices when somebody's code keeps this process from going on: an endless loop, a wait that blocks. A thread of its own looks
// whether the main thread still beats; when it does not, it halts it as a debugger would and reads where it is.
import { Worker } from 'node:worker_threads';
import type { AtWork } from '../adapters/your-shop/fault.ts';
import { VERBS } from '../adapters/your-shop/verbs.ts';

/** A process that does nothing else for so long sends nothing on time, so that no figure of it would be worth anything. */
const LIMIT_MS = 5_000;
const BEAT_MS = 250;

/** What the file may be at; 0 is nothing yet. */
export const AT_WORK: readonly (AtWork | null)[] = [
  null,
  ...VERBS,
  'visit',
  'catalogue',
  'people',
  'audit',
  'webhooks',
  'the file itself',
];

/** Places in the memory that both threads share. */
export const BEATS = 0;
export const BEGUN = 1;

/** The name under which the watching thread finds what to call in the halted one. */
export const ON_BLOCKED = 'stampede.blocked';

export type WatchSettings = {
  cells: Int32Array;
  file: string;
  limitMs: number;
  beatMs: number;
};

export type BlockWatch = {
  /** Something of the file begins. */
  began(atWork: AtWork): void;
  close(): Promise<void>;
};

/**
 * Watches the thread that calls this. `onBlocked` is called in it, in the middle of what blocks it, with a sentence that names verb,
 * file and line; it must end the process.
 */
export function watchForBlocks(
  file: string,
  onBlocked: (message: string) => void,
  limitMs = LIMIT_MS,
): BlockWatch {
  const cells = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  Object.defineProperty(globalThis, Symbol.for(ON_BLOCKED), { value: onBlocked, configurable: true });
  const workerData: WatchSettings = { cells, file, limitMs, beatMs: BEAT_MS };
  const worker = new Worker(new URL('./block-watch-worker.ts', import.meta.url), { workerData });
  worker.unref();
  const beat = setInterval(() => Atomics.add(cells, BEATS, 1), BEAT_MS);
  beat.unref();
  const indexOf = new Map(AT_WORK.map((atWork, index) => [atWork, index]));
  return {
    began(atWork) {
      Atomics.store(cells, BEGUN, indexOf.get(atWork) ?? 0);
    },
    async close() {
      clearInterval(beat);
      await worker.terminate();
    },
  };
}
