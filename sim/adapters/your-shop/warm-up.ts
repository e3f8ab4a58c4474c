// Before the plan: a set number of visits goes all the way to a checkout, then items are looked at, so that code is compiled,
// connections are open and caches are full. Warm is what has worked, not what has waited.
import type { OpenVisit, WarmUpHooks } from '../../engine/shop-adapter.ts';
import { forEachBounded } from '../../engine/timing/bounded.ts';
import type { Step } from '../../shopper/state/steps.ts';
import type { CheckoutAttempt } from './attempts.ts';
import { isInStock, type ShopItems } from './items.ts';

const VISITORS_AT_ONCE = 4;
const READS_A_VISIT = 20;
/** An item that is known to have fewer pieces is left to the run. */
const STOCK_TO_SPARE = 100;

export type WarmUpLoad = {
  orderCount: number;
  readCount: number;
  /** Everybody who may come. */
  personIds: readonly number[];
};

type WarmUp = WarmUpLoad & {
  items: ShopItems;
  nowMs: () => number;
  openVisit: OpenVisit;
  /** What last went wrong with a request, for the message. */
  lastFailure: () => string;
  progress: WarmUpHooks['progress'];
};

/** Items with pieces to spare; where there are none, all that are in stock. */
function sparedItems({ all }: ShopItems): number[] {
  const inStock = all.flatMap((item, index) => (isInStock(item) ? [index + 1] : []));
  const spared = inStock.filter((id) => (all[id - 1]?.stock ?? STOCK_TO_SPARE) >= STOCK_TO_SPARE);
  return spared.length > 0 ? spared : inStock;
}

function roundSteps(items: ShopItems, productId: number): Step[] {
  const text = items.itemOf(productId).name.split(' ')[0] ?? '';
  return [
    { kind: 'arrive', signIn: 'session' },
    { kind: 'home' },
    { kind: 'list', categoryId: items.categoryIdOf(productId), sort: 'popular', page: 1 },
    { kind: 'search', text, page: 1 },
    { kind: 'view-product', productId },
    { kind: 'set-cart-line', productId, quantity: 1, change: 'cart-create' },
    { kind: 'view-cart' },
    { kind: 'place-order', lines: [{ productId, quantity: 1 }], paymentMethod: 'card' },
    { kind: 'await-outcome' },
    { kind: 'leave', because: 'bought' },
  ];
}

/**
 * Lets people make `orderCount` checkouts, each in a visit of its own; their visits report them to `attempts` when over.
 * Throws as soon as one ends without anybody knowing how.
 */
export async function warmUpOrders(deps: WarmUp & { attempts: readonly CheckoutAttempt[] }): Promise<void> {
  const { attempts, items, orderCount } = deps;
  const productIds = sparedItems(items);
  await inLanes(deps, orderCount, async (personId, index) => {
    const productId = productIds[index % productIds.length] ?? 1;
    const visit = deps.openVisit(personId);
    for (const step of roundSteps(items, productId)) {
      const { outcome } = await visit.perform(step, deps.nowMs());
      // There is nothing to wait for after a checkout that failed or was refused.
      if (step.kind === 'place-order' && outcome !== 'ok') {
        await visit.perform({ kind: 'leave', because: 'gave-up' }, deps.nowMs());
        break;
      }
    }
    const unknown = attempts.find(({ end }) => end === 'unknown');
    if (unknown !== undefined)
      throw new Error(
        `warm-up: nobody knows how the checkout of ${items.itemOf(productId).id} ended (order ${unknown.orderId ?? 'without id'}; last failure: ${deps.lastFailure()}), needed is ok or rejected. Try \`npm run target -- check\`.`,
      );
    deps.progress('warm-up checkouts ended', attempts.length, orderCount);
  });
}

/** Lets people look at `readCount` items and at the lists that they are in. */
export async function warmUpReads(deps: WarmUp): Promise<void> {
  const { items, readCount } = deps;
  const productIds = items.all.map((_, index) => index + 1);
  await inLanes(deps, Math.ceil(readCount / READS_A_VISIT), async (personId, index) => {
    const visit = deps.openVisit(personId);
    await visit.perform({ kind: 'arrive', signIn: 'session' }, deps.nowMs());
    for (
      let read = index * READS_A_VISIT;
      read < Math.min(readCount, (index + 1) * READS_A_VISIT);
      read += 1
    ) {
      const productId = productIds[read % productIds.length] ?? 1;
      if (read % 2 === 0)
        await visit.perform(
          { kind: 'list', categoryId: items.categoryIdOf(productId), sort: 'popular', page: 1 },
          deps.nowMs(),
        );
      await visit.perform({ kind: 'view-product', productId }, deps.nowMs());
    }
    await visit.perform({ kind: 'leave', because: 'browsed' }, deps.nowMs());
    deps.progress('items looked at', Math.min(readCount, (index + 1) * READS_A_VISIT), readCount);
  });
}

/** `count` visits, some at a time; each lane has its own people, so that nobody is in the shop twice at a time. */
async function inLanes(
  { personIds }: WarmUpLoad,
  count: number,
  visit: (personId: number, index: number) => Promise<void>,
): Promise<void> {
  if (count === 0) return;
  if (personIds.length === 0) throw new Error('warm-up: the plan names nobody to visit the shop');
  const laneCount = Math.min(VISITORS_AT_ONCE, personIds.length);
  const lanes = Array.from({ length: laneCount }, (_, lane) => lane);
  await forEachBounded(lanes, laneCount, async (lane) => {
    const own = personIds.filter((_, index) => index % laneCount === lane);
    for (let index = lane, turn = 0; index < count; index += laneCount, turn += 1)
      await visit(own[turn % own.length] as number, index);
  });
}
