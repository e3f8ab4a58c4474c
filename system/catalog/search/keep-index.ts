// Keeps the index of the products in step with PostgreSQL, for as long as the process serves.
import type { Log } from '../../platform/diagnostics/log.ts';
import type { Running } from '../../platform/features/feature.ts';
import type { ProductIndex } from './product-index.ts';

const UPDATE_EVERY_MS = 1_000;
/** Popularity moves with every order; where a product stands in a list may be a minute old. */
const UPDATES_BETWEEN_POPULARITIES = 60;

/** Updates now and every second. Several processes may do so at the same time; an update that fails is tried again. */
export function keepProductIndex(deps: { index: ProductIndex; log: Log; everyMs?: number }): Running {
  const { index, log, everyMs = UPDATE_EVERY_MS } = deps;
  let working: Promise<void> | null = null;
  let isFailing = false;
  let roundCount = 0;
  async function work(): Promise<void> {
    const count = await index.update();
    if (count > 0) log.info({ count }, 'products were put into the index');
    roundCount += 1;
    if (roundCount % UPDATES_BETWEEN_POPULARITIES === 0) await index.updatePopularity();
    if (isFailing) log.info('the index of the products is up to date again');
    isFailing = false;
  }
  const begin = (): void => {
    working ??= work()
      .catch((error) => {
        if (!isFailing) log.warn({ err: error }, 'the index of the products cannot be kept up to date');
        isFailing = true;
      })
      .finally(() => {
        working = null;
      });
  };
  begin();
  const timer = setInterval(begin, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}
