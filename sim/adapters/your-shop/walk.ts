// One visitor through every verb of a shop, before any load: what was asked, how long it took, and what was understood of it.
import type { Item, Outcome, SeenList } from './define-shop.ts';
import { cartOf, homeOf, listOf, orderOf, ordersOf, outcomeOf, productOf, refusalOf } from './seen.ts';
import {
  describeCart,
  describeHome,
  describeList,
  describeOrder,
  describeOrders,
  describeOutcome,
  describeProduct,
  describeRefusal,
  type Understood,
} from './walk-sentences.ts';
import { step, type WalkDeps } from './walk-step.ts';

/** `isComplete`: nothing failed that a purchase needs. */
export type Walked = { orderId: string | null; isComplete: boolean };

const POLL_MS = 250;
const OK: Understood = { text: 'ok' };

/** Walks with one piece of `item`. Whatever fails is told with `onVerb`; the walk ends early where it cannot go on. */
export async function walk(deps: WalkDeps, item: Item): Promise<Walked> {
  const { shop, items } = deps;
  const failed: Walked = { orderId: null, isComplete: false };
  const category = item.category;
  const word = item.name.split(' ')[0] ?? item.name;
  const inList = (list: SeenList): Understood => describeList(items, list);

  if (
    !(await step(
      deps,
      'arrive',
      shop.arrive,
      (run) => run(),
      () => OK,
    ))
  )
    return failed;
  await step(
    deps,
    'home',
    shop.home,
    (run) => run(),
    (given) => describeHome(items, homeOf(given)),
  );
  await step(
    deps,
    'list',
    shop.list,
    (run) => run(category, 1),
    (given) => inList(listOf('list', given)),
  );
  await step(
    deps,
    'search',
    shop.search,
    (run) => run(word, 1),
    (given) => inList(listOf('search', given)),
  );
  if (
    !(await step(
      deps,
      'product',
      shop.product,
      (run) => run(item),
      (given) => describeProduct(item, productOf(given)),
    ))
  )
    return failed;
  const putIn = () =>
    step(
      deps,
      'setLine',
      shop.setLine,
      (run) => run(item, 1),
      (given) => describeRefusal(refusalOf('setLine', given), `1 × ${item.id} in the cart`),
    );
  if (!(await putIn())) return failed;
  await step(
    deps,
    'cart',
    shop.cart,
    (run) => run(),
    (given) => describeCart(item, cartOf(given)),
  );
  const isTakenOut = await step(
    deps,
    'removeLine',
    shop.removeLine,
    (run) => run(item),
    (given) => describeRefusal(refusalOf('removeLine', given), `${item.id} taken out, and put in again`),
  );
  if (isTakenOut && shop.removeLine !== undefined && !(await putIn())) return failed;
  return walkOrder(deps, item);
}

async function walkOrder(deps: WalkDeps, item: Item): Promise<Walked> {
  const { shop } = deps;
  const heard: Outcome[] = [];
  const keep = (outcome: Outcome): Understood => {
    heard.push(outcome);
    return describeOutcome(outcome);
  };
  const lines = [{ item, quantity: 1 }];
  await step(
    deps,
    'checkout',
    shop.checkout,
    (run) => run(lines),
    (given) => keep(outcomeOf('checkout', given)),
  );
  const [placed] = heard;
  if (placed === undefined || placed.is === 'rejected') return { orderId: null, isComplete: false };
  const { orderId } = placed;
  await step(
    deps,
    'outcome',
    shop.outcome,
    (run) =>
      decided(
        deps,
        async () => outcomeOf('outcome', await run(orderId)),
        ({ is }) => is === 'pending',
      ),
    keep,
  );
  await walkFound(deps, item, placed, keep);
  await step(
    deps,
    'orders',
    shop.orders,
    (run) => run(),
    (given) => describeOrders(orderId, ordersOf(given)),
  );
  await step(
    deps,
    'cancel',
    shop.cancel,
    (run) => run(orderId),
    (given) => describeRefusal(refusalOf('cancel', given), `order ${orderId} taken back`),
  );
  return { orderId, isComplete: heard.at(-1)?.is === 'ok' };
}

/** Looks the order up; where nothing else tells how a pending one stands, until it is decided. */
async function walkFound(
  deps: WalkDeps,
  item: Item,
  placed: Exclude<Outcome, { is: 'rejected' }>,
  keep: (outcome: Outcome) => Understood,
): Promise<void> {
  const { shop } = deps;
  const { orderId } = placed;
  const isAwaited = placed.is === 'pending' && shop.outcome === undefined;
  await step(
    deps,
    'order',
    shop.order,
    (run) =>
      decided(
        deps,
        () => run(orderId),
        (order) => isAwaited && order?.state === 'pending',
      ),
    (given) => {
      const order = given === null ? null : orderOf('order', given);
      if (isAwaited && order !== null && order.state === undefined) keep({ is: 'ok', orderId });
      return describeOrder(item, order, totalOf(placed));
    },
  );
}

const totalOf = (outcome: Outcome): number | undefined => (outcome.is === 'ok' ? outcome.total : undefined);

/** Asks until the shop has decided, or its time is over; gives what it said last. */
async function decided<Given>(
  { timeline, deadlineMs }: WalkDeps,
  ask: () => Promise<Given>,
  isOpen: (given: Given) => boolean,
): Promise<Given> {
  const untilMs = timeline.nowMs() + deadlineMs - 2 * POLL_MS;
  for (;;) {
    const given = await ask();
    if (!isOpen(given) || timeline.nowMs() > untilMs) return given;
    await new Promise<void>((resolve) => timeline.wakeAt(timeline.nowMs() + POLL_MS, resolve));
  }
}
