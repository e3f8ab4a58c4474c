// The behaviour that led to an order, told backwards from it: how each product was found, looked at and put into the cart
// (docs/shop-rules.md "Behaviour log"), and what the order and its cancellation add to the log.
import type { BehaviourAction } from '../../../system/contract/tables.ts';
import type { BasketLine } from '../../model/catalogue/basket.ts';
import { type Random, uuidv7 } from '../../model/chance/random.ts';
import { BEHAVIOUR } from '../../shopper/state/behaviour.ts';
import type { HistoryAction } from './history-sink.ts';
import type { HistoryOrder } from './make-order.ts';

/** Ours: seconds between two actions, and how often a product is hovered over before it is opened. */
const GAP_SECONDS: [number, number] = [2, 45];
const HOVER_RATIO = 0.5;

type Deed = { action: BehaviourAction; target: HistoryAction['target'] };

/**
 * All actions of an order in time order: before it the way to its cart, with it one `order-create` per product, after a
 * cancellation one `order-cancel` per product. Nothing lies before `earliestMs`.
 */
export function orderActions(order: HistoryOrder, earliestMs: number, random: Random): HistoryAction[] {
  const make = ({ action, target }: Deed, actedAtMs: number): HistoryAction => ({
    id: uuidv7(random, actedAtMs),
    customerId: order.customerId,
    action,
    target,
    actedAtMs,
  });
  const deeds = order.lines.flatMap((line) => deedsOfLine(line, random));
  let atMs = order.placedAtMs;
  const before: HistoryAction[] = [];
  for (const deed of deeds.reverse()) {
    atMs = Math.max(earliestMs, atMs - random.integer(...GAP_SECONDS) * 1_000);
    before.push(make(deed, atMs));
  }
  const products = order.lines.map(({ product }) => ({ type: 'product', id: product.id }) as const);
  const { cancelledAtMs } = order;
  return [
    ...before.reverse(),
    ...products.map((target) => make({ action: 'order-create', target }, order.resolvedAtMs)),
    ...(cancelledAtMs === null
      ? []
      : products.map((target) => make({ action: 'order-cancel', target }, cancelledAtMs))),
  ];
}

function deedsOfLine({ product, quantity }: BasketLine, random: Random): Deed[] {
  const target = { type: 'product', id: product.id } as const;
  const found: Deed = random.chance(BEHAVIOUR.browsing.searchRatio)
    ? { action: 'search', target: { type: 'text', text: random.pick(product.tags) } }
    : { action: 'click', target: { type: 'category', id: product.categoryId } };
  const hover: Deed[] = random.chance(HOVER_RATIO) ? [{ action: 'hover', target }] : [];
  const { lowerLaterRatio, raiseLaterRatio } = BEHAVIOUR.cart;
  const change: Deed[] = random.chance(lowerLaterRatio)
    ? [{ action: 'cart-modify-minus', target }]
    : quantity > 1 && random.chance(raiseLaterRatio)
      ? [{ action: 'cart-modify-plus', target }]
      : [];
  return [found, ...hover, { action: 'click', target }, { action: 'cart-create', target }, ...change];
}
