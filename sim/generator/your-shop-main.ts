// The process of somebody's own shop: forked with IPC (`serialization: 'advanced'`), does one task after the other and says what
// came of each (your-shop-protocol.ts). When its parent goes away it ends at once.
import { createMachineTimeline } from '../engine/timing/timeline.ts';
import { type BlockWatch, watchForBlocks } from './block-watch.ts';
import type { FromYourShop, ToYourShop } from './your-shop-protocol.ts';
import { createTasks } from './your-shop-tasks.ts';

/** 1 belongs to commands that judge: a limit was missed. */
const EXIT_FAILED = 3;

let watch: BlockWatch | null = null;
let presentId = 0;

function post(message: FromYourShop): void {
  // A message that cannot be delivered means that the parent is gone, and `disconnect` ends the process.
  process.send?.(message, undefined, undefined, () => undefined);
}

const perform = createTasks({
  timeline: createMachineTimeline(),
  wallMs: Date.now,
  onBegin: (atWork) => watch?.began(atWork),
  post,
});

async function answer(message: ToYourShop): Promise<void> {
  const { id, settings } = message;
  presentId = id;
  watch ??= watchForBlocks(settings.file, (sentence) => {
    post({ id: presentId, type: 'failed', message: sentence });
    process.exit(EXIT_FAILED);
  });
  try {
    post({ id, type: 'answer', answer: await perform(message) });
  } catch (error) {
    post({ id, type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

if (process.send === undefined) {
  console.error(
    'sim/generator/your-shop-main.ts is started by a rehearsal (npm run scenario, npm run target), not by hand',
  );
  process.exitCode = EXIT_FAILED;
} else {
  process.on('disconnect', () => process.exit(EXIT_FAILED));
  // What the file leaves behind and nobody awaits; its own words go to the log.
  process.on('unhandledRejection', (error) => console.error(error));
  process.on('message', (message: ToYourShop) => void answer(message));
}
