// The generator's process: forked with IPC (`serialization: 'advanced'`), waits for `start`, works, reports and ends.
// When its parent goes away it ends at once.
import { getHeapStatistics } from 'node:v8';
import { placeOf } from '../adapters/your-shop/fault.ts';
import { runEngine } from '../engine/engine.ts';
import type { FromGenerator } from '../engine/protocol/protocol.ts';
import { createMachineTimeline } from '../engine/timing/timeline.ts';
import { watchForBlocks } from './block-watch.ts';
import { createEngineDeps } from './compose.ts';
import type { GeneratorInput, ToGenerator } from './input.ts';

/** 1 belongs to commands that judge: a limit was missed. */
const EXIT_FAILED = 3;

const stop = new AbortController();
let isStarted = false;
let yourFile: string | null = null;
let lastPosted: Promise<void> = Promise.resolve();

function post(message: FromGenerator): void {
  lastPosted = new Promise((resolve) => {
    // A message that cannot be delivered means that the parent is gone, and `disconnect` ends the process.
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

async function run(input: GeneratorInput): Promise<number> {
  try {
    const composed = await createEngineDeps(input, {
      timeline: createMachineTimeline(),
      cpuSeconds() {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1e6;
      },
      heapRatio() {
        const { used_heap_size, heap_size_limit } = getHeapStatistics();
        return used_heap_size / heap_size_limit;
      },
      post,
      stop: stop.signal,
      wallMs: Date.now,
      watch: (file) =>
        watchForBlocks(file, (message) => {
          post({ type: 'failed', message });
          process.exit(EXIT_FAILED);
        }),
    });
    try {
      await runEngine(composed.deps);
    } finally {
      await composed.close();
    }
    return 0;
  } catch (error) {
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    return EXIT_FAILED;
  }
}

/** An error that nobody caught: the rehearsal learns its words, and where in a file of somebody's it arose; the log the rest. */
async function fail(error: Error): Promise<void> {
  console.error(error);
  const place = yourFile === null ? null : placeOf(error.stack, yourFile);
  const where = place === null ? '' : ` (${place}: is something not awaited there?)`;
  post({ type: 'failed', message: `an error that nobody caught${where}: ${error.message}` });
  await lastPosted;
  process.exit(EXIT_FAILED);
}

if (process.send === undefined) {
  console.error('sim/generator/main.ts is started by a rehearsal (npm run scenario), not by hand');
  process.exitCode = EXIT_FAILED;
} else {
  process.on('uncaughtException', (error) => void fail(error));
  process.on('disconnect', () => process.exit(EXIT_FAILED));
  process.on('message', (message: ToGenerator) => {
    if (message.type === 'stop') stop.abort();
    else if (!isStarted) {
      isStarted = true;
      yourFile = message.input.yourShop?.file ?? null;
      void run(message.input).then(async (exitCode) => {
        await lastPosted;
        process.exit(exitCode);
      });
    }
  });
}
