// Somebody's own shop as the engine sees it: visits through the verbs of its file, and the warm-up.
import { uuidv7 } from 'uuidv7';
import { type Measures, noMeasures } from '../../engine/measuring/measures.ts';
import { type StarvationCode, starvationSentence } from '../../engine/protocol/starvation.ts';
import type { ShopAdapter, WarmUpHooks } from '../../engine/shop-adapter.ts';
import type { CheckoutAttempt } from './attempts.ts';
import type { ShopItems } from './items.ts';
import { connectTo, type OpenedShop, openShop, type ShopReach } from './open-shop.ts';
import type { PersonOf } from './people.ts';
import { type WarmUpLoad, warmUpOrders, warmUpReads } from './warm-up.ts';

/** A cold shop is slow; warm-up waits this long for an answer, and twice as long for a checkout. */
const WARM_UP_DEADLINE_MS = 30_000;

export type YourShopDeps = ShopReach & { items: ShopItems; personOf: PersonOf; warmUp: WarmUpLoad };

/** An adapter for the shop that a file describes. */
export function createYourShop(deps: YourShopDeps): ShopAdapter {
  const connections = connectTo(deps);
  let opened: OpenedShop | null = null;
  return {
    warmUp: (hooks) => warmUp(deps, hooks),
    open(hooks) {
      const shop = openShop(deps, { ...deps, connections, newCheckoutId: uuidv7 }, hooks);
      opened = shop;
      return {
        openVisit: shop.openVisit,
        signUp: () => Promise.reject(new Error('nobody signs up in a shop that is visited through a file')),
      };
    },
    cutOff() {
      opened?.cutOff();
    },
    async close() {
      opened?.close();
      await connections.close();
    },
  };
}

async function warmUp(deps: YourShopDeps, hooks: WarmUpHooks): Promise<void> {
  const deadlines = { httpDeadlineMs: WARM_UP_DEADLINE_MS, outcomeDeadlineMs: 2 * WARM_UP_DEADLINE_MS };
  const reach = { ...deps, deadlines };
  const connections = connectTo(reach);
  const { measures, lastFailure, lacked } = warmUpMeasures();
  const attempts: CheckoutAttempt[] = [];
  const shop = openShop(
    reach,
    { ...deps, connections, newCheckoutId: uuidv7 },
    {
      measures,
      attemptedAt: (intendedMs) => ({ attemptedAtMs: intendedMs, phase: 'warm-up' }),
      onAttempt(attempt) {
        if (isCheckout(attempt)) attempts.push(attempt);
        hooks.onAttempt(attempt);
      },
    },
  );
  const common = {
    ...deps.warmUp,
    items: deps.items,
    nowMs: deps.timeline.nowMs,
    openVisit: shop.openVisit,
    lastFailure,
    progress: hooks.progress,
  };
  try {
    await warmUpOrders({ ...common, attempts });
    await warmUpReads(common);
  } catch (error) {
    const code = lacked();
    if (code === null) throw error;
    throw new Error(`warm-up: ${starvationSentence(code, 1)}`, { cause: error });
  } finally {
    shop.close();
    await connections.close();
  }
}

const isCheckout = (attempt: { kind: string }): attempt is CheckoutAttempt => attempt.kind === 'checkout';

/** Keep nothing but what a failed warm-up is explained with. */
function warmUpMeasures() {
  let lastFailure = 'no request failed';
  let lacked: StarvationCode | null = null;
  const measures: Measures = {
    ...noMeasures,
    requestEnded(_intendedMs, end) {
      if (!end.ok) lastFailure = end.failure;
    },
    starved(code) {
      lacked = code;
    },
  };
  return { measures, lastFailure: () => lastFailure, lacked: (): StarvationCode | null => lacked };
}
