// What the incremental engine works out costs, without broker, database and sockets: it learns a catalogue and past orders, then
// takes actions one by one and makes the lists that each bears on. Serves jobs over IPC; the answer has the time of each action.
import { UUID } from 'uuidv7';
import type { ActedReport } from '../recommendations/lists/seen-action.ts';
import { createModel } from '../recommendations/model.ts';
import { REFITS_PER_ACTION } from '../recommendations/refits.ts';
import { createShopShelves, type ShelfProduct } from '../recommendations/shop-shelves.ts';

const ACTIONS = ['hover', 'click', 'click', 'click', 'cart-create', 'order-create'] as const;

type Job = {
  products: (Omit<ShelfProduct, 'textHash'> & { text: string })[];
  orders: { customerId: number; productIds: number[] }[];
  /** Who does something with what, one after the other, the first ones to get warm. */
  actions: { customerId: number; productId: number }[];
  warmUpCount: number;
};

type Cost = {
  catalogueMs: number;
  ordersMs: number;
  /** Of each action after those to get warm: learning it and making lists, µs. */
  actionsUs: number[];
  /** CPU of one of these, of the refits that it earned and of the collector. */
  cpuUs: number;
  listedCount: number;
  activeCount: number;
  refitCount: number;
  /** Of the whole heap and of arrays after a collection: everything that the engine remembers, MB. */
  heapMb: number;
};

const sinceMs = (startedMs: number) => performance.now() - startedMs;

function reportOf(index: number, productId: number): ActedReport {
  const actedAt = new Date();
  const id = UUID.fromFieldsV7(actedAt.getTime(), Math.floor(index / 0x1000) % 0x1000, 0, index).toString();
  return {
    id,
    action: ACTIONS[index % ACTIONS.length] ?? 'click',
    actedAt,
    target: { type: 'product', id: productId },
  };
}

function heapMb(): number {
  if (global.gc === undefined)
    throw new Error('Memory is measured after a collection: start with --expose-gc.');
  global.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

function run({ products, orders, actions, warmUpCount }: Job): Cost {
  const beforeMb = heapMb();
  let startedMs = performance.now();
  const shelves = createShopShelves();
  shelves.replace(
    products.map(({ text, ...product }) => ({ ...product, textHash: text })),
    new Map(products.map(({ id, text }) => [id, text])),
  );
  const catalogueMs = sinceMs(startedMs);
  const model = createModel(shelves);
  startedMs = performance.now();
  for (const { customerId, productIds } of orders) model.learnOrder(customerId, productIds);
  const ordersMs = sinceMs(startedMs);
  const actionsUs: number[] = [];
  const madeAt = new Date().toISOString();
  let listedCount = 0;
  let refitCount = 0;
  let earned = 0;
  let cpuBefore = process.cpuUsage();
  for (const [index, { customerId, productId }] of actions.entries()) {
    if (index === warmUpCount) cpuBefore = process.cpuUsage();
    startedMs = performance.now();
    const kinds = model.learn(customerId, reportOf(index, productId), startedMs);
    listedCount += model.listsOf(customerId, kinds, madeAt).length;
    if (index >= warmUpCount) actionsUs.push(sinceMs(startedMs) * 1_000);
    // As behind a push.
    for (earned += REFITS_PER_ACTION; earned >= 1; earned -= 1) if (model.refit()) refitCount += 1;
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuUs = (user + system) / Math.max(1, actionsUs.length);
  const rememberedMb = heapMb() - beforeMb;
  // Kept until here, or there would be nothing left to weigh.
  const activeCount = model.activeSince(0).length;
  const counts = { listedCount, activeCount, refitCount };
  return { catalogueMs, ordersMs, actionsUs, cpuUs, ...counts, heapMb: rememberedMb };
}

process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, job }: { id: number; job: Job }) => {
  try {
    process.send?.({ id, result: run(job) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
