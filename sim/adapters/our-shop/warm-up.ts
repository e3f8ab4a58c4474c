// Before the plan: everybody who may come gets an access token, and a set number of orders goes the real way, so that
// code is compiled, connections are open and consumers hold their partitions. Warm is what has worked, not what has
// waited.

import type { OpenVisit, WarmUpHooks } from '../../engine/shop-adapter.ts';
import { forEachBounded } from '../../engine/timing/bounded.ts';
import type { Step } from '../../shopper/state/steps.ts';
import type { OrderAttempt } from './attempts.ts';

const TOKENS_AT_ONCE = 16;
const SHOPPERS_AT_ONCE = 8;
const READERS_AT_ONCE = 16;
/** With their lists some 75 actions, of the 200 that the shop takes of one customer at a time. */
const READS_A_VISIT = 50;
const REPORT_EVERY = 100;

export type WarmUpProduct = { id: number; categoryId: number; name: string };

type WarmUpProgress = WarmUpHooks['progress'];

/** Gets an access token for each person; throws when the shop refuses one. */
export async function warmUpTokens(
  personIds: readonly number[],
  deps: {
    renew: (personId: number) => Promise<boolean>;
    /** What last went wrong with a request, for the message. */
    lastFailure: () => string;
    progress: WarmUpProgress;
  },
): Promise<void> {
  let doneCount = 0;
  await forEachBounded(personIds, TOKENS_AT_ONCE, async (personId) => {
    if (!(await deps.renew(personId))) {
      throw new Error(
        `warm-up: the shop gave person ${personId} no session for their refresh token ` +
          `(${deps.lastFailure()}; ${doneCount} of ${personIds.length} had one). Refresh tokens work once: each run ` +
          'needs a fresh data set, made from the seed of its plan.',
      );
    }
    doneCount += 1;
    if (doneCount % REPORT_EVERY === 0 || doneCount === personIds.length) {
      deps.progress('sessions opened', doneCount, personIds.length);
    }
  });
}

/** One order and nothing else: what people who only order go the way of. */
function orderSteps({ id: productId }: WarmUpProduct): Step[] {
  return [
    { kind: 'arrive', signIn: 'session' },
    { kind: 'place-order', lines: [{ productId, quantity: 1 }], paymentMethod: 'card' },
    { kind: 'await-outcome' },
    { kind: 'leave', because: 'bought' },
  ];
}

/** The steps of one warm-up visit: every route once, one order, and for every twentieth order its cancellation. */
export function warmUpSteps(product: WarmUpProduct, orderIndex: number): Step[] {
  const { id: productId, categoryId, name } = product;
  const steps: Step[] = [
    { kind: 'arrive', signIn: 'session' },
    { kind: 'home' },
    { kind: 'list', categoryId, sort: 'popular', page: 1 },
    { kind: 'search', text: name.split(' ').at(-1) ?? name, page: 1 },
    { kind: 'view-product', productId },
    { kind: 'set-cart-line', productId, quantity: 1, change: 'cart-create' },
    { kind: 'view-cart' },
    { kind: 'remove-cart-line', productId },
    { kind: 'place-order', lines: [{ productId, quantity: 1 }], paymentMethod: 'card' },
    { kind: 'await-outcome' },
    { kind: 'view-orders' },
  ];
  if (orderIndex % 20 === 19) steps.push({ kind: 'cancel-order' });
  return [...steps, { kind: 'leave', because: 'bought' }];
}

/**
 * Lets people place `orderCount` orders, each in a visit of its own; their visits report them to `attempts` when over.
 * Throws as soon as an order ends without an outcome.
 */
export async function warmUpOrders(deps: {
  orderCount: number;
  /** Whether those who come in the run go round the shop; who only orders warms up the way of an order alone. */
  goesRound: boolean;
  personIds: readonly number[];
  nowMs: () => number;
  pickProduct: () => WarmUpProduct;
  lastFailure: () => string;
  /** Filled by the visits. */
  attempts: readonly OrderAttempt[];
  openVisit: OpenVisit;
  progress: WarmUpProgress;
}): Promise<void> {
  const { attempts, orderCount, personIds } = deps;
  if (orderCount > 0 && personIds.length === 0)
    throw new Error('warm-up: the plan names nobody to place orders');
  const laneCount = Math.min(SHOPPERS_AT_ONCE, personIds.length);
  const orderIndices = Array.from({ length: orderCount }, (_, index) => index);

  // Each lane has its own people, so that nobody is in the shop twice at a time.
  const lanes = Array.from({ length: laneCount }, (_, lane) =>
    orderIndices.filter((index) => index % laneCount === lane),
  );
  await forEachBounded(lanes, laneCount, async (lane, laneIndex) => {
    const own = personIds.filter((_, index) => index % laneCount === laneIndex);
    for (const [turn, orderIndex] of lane.entries()) {
      const product = deps.pickProduct();
      const visit = deps.openVisit(own[turn % own.length] as number);
      for (const step of deps.goesRound ? warmUpSteps(product, orderIndex) : orderSteps(product)) {
        await visit.perform(step, deps.nowMs());
      }
      const doneCount = attempts.filter((attempt) => attempt.outcome !== null).length;
      if (doneCount < attempts.length) {
        throw new Error(`${describeUnresolved(attempts, orderCount)}; last failure: ${deps.lastFailure()}`);
      }
      if (doneCount % REPORT_EVERY === 0 || doneCount === orderCount) {
        deps.progress('warm-up orders resolved', doneCount, orderCount);
      }
    }
  });
}

/**
 * Lets people look at `readCount` products by their popularity, so that caches are as full as shoppers would have made them: in short
 * visits, so that nobody does more than a shop takes of one customer, who would be told to wait. Throws when somebody cannot come
 * in.
 */
export async function warmUpReads(deps: {
  readCount: number;
  personIds: readonly number[];
  nowMs: () => number;
  pickAnyProduct: () => { id: number; categoryId: number };
  lastFailure: () => string;
  openVisit: OpenVisit;
  progress: WarmUpProgress;
}): Promise<void> {
  const { nowMs, personIds, pickAnyProduct, readCount } = deps;
  if (readCount > 0 && personIds.length === 0)
    throw new Error('warm-up: the plan names nobody to look at products');
  const laneCount = Math.min(READERS_AT_ONCE, personIds.length);
  let begunCount = 0;

  async function lookAround(personId: number): Promise<void> {
    const visit = deps.openVisit(personId);
    const arrived = await visit.perform({ kind: 'arrive', signIn: 'session' }, nowMs());
    if (arrived.outcome !== 'ok')
      throw new Error(`warm-up: person ${personId} could not come in; last failure: ${deps.lastFailure()}`);
    for (let seenCount = 0; seenCount < READS_A_VISIT && begunCount < readCount; seenCount += 1) {
      begunCount += 1;
      const isBesideAList = begunCount % 2 === 0;
      if (begunCount % REPORT_EVERY === 0) deps.progress('products looked at', begunCount, readCount);
      const { id: productId, categoryId } = pickAnyProduct();
      await visit.perform({ kind: 'view-product', productId }, nowMs());
      // About as many lists as shoppers ask for beside their product pages.
      if (isBesideAList) await visit.perform({ kind: 'list', categoryId, sort: 'popular', page: 1 }, nowMs());
    }
    await visit.perform({ kind: 'leave', because: 'bounced' }, nowMs());
  }

  // Each lane has its own people, so that nobody is in the shop twice at a time.
  await forEachBounded(personIds.slice(0, laneCount), laneCount, async (_, lane) => {
    const own = personIds.filter((_id, index) => index % laneCount === lane);
    for (let turn = 0; begunCount < readCount; turn += 1) await lookAround(own[turn % own.length] as number);
  });
}

/**
 * Lets everybody who stands ready act once, all at the same time, and waits until each has seen lists that reflect it. Throws when
 * somebody has not in time.
 */
export async function warmUpActs(deps: {
  standingIds: readonly number[];
  nowMs: () => number;
  pickAnyProduct: () => { id: number };
  lastFailure: () => string;
  openVisit: OpenVisit;
  progress: WarmUpProgress;
}): Promise<void> {
  const { standingIds, nowMs } = deps;
  let doneCount = 0;
  await forEachBounded(standingIds, standingIds.length, async (personId) => {
    const visit = deps.openVisit(personId);
    await visit.perform({ kind: 'arrive', signIn: 'session' }, nowMs());
    const { id: productId } = deps.pickAnyProduct();
    const { outcome } = await visit.perform({ kind: 'act', action: 'click', productId }, nowMs());
    await visit.perform({ kind: 'leave', because: 'browsed' }, nowMs());
    if (outcome !== 'ok')
      throw new Error(
        `warm-up: person ${personId} acted and no list came; ${doneCount} of ${standingIds.length} saw theirs; ` +
          `last failure: ${deps.lastFailure()}. Needed: a shop with recommendations.engine=incremental or periodic.`,
      );
    doneCount += 1;
    if (doneCount % REPORT_EVERY === 0 || doneCount === standingIds.length)
      deps.progress('lists seen', doneCount, standingIds.length);
  });
}

function describeUnresolved(attempts: readonly OrderAttempt[], orderCount: number): string {
  const open = attempts.find((attempt) => attempt.outcome === null);
  const resolvedCount = attempts.filter((attempt) => attempt.outcome !== null).length;
  return (
    `warm-up: the shop did not resolve order ${open?.orderId} (answer ${open?.answer}, HTTP ${open?.httpStatus ?? 'none'}) ` +
    `in time; ${resolvedCount} of ${orderCount} orders were resolved`
  );
}
