// What a walk understood of each verb's answer, in a line, and what makes it doubt.
import type { Item, Outcome, SeenCart, SeenList, SeenProduct, ShopOrder } from './define-shop.ts';
import type { ShopItems } from './items.ts';
import { shown } from './shop-mistake.ts';

/** What was understood of an answer; `end` where the shop said no. */
export type Understood = { text: string; doubts?: readonly string[]; end?: 'refused' };

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export function describeList(items: ShopItems, { items: seen, hasNext }: SeenList): Understood {
  const knownCount = seen.filter(({ id }) => items.productIdOf(id) !== null).length;
  const text = `${counted(seen.length, 'item')}, ${knownCount} of them in the catalogue; ${hasNext ? 'more pages' : 'no more pages'}`;
  const priced = seen.find(({ price }) => price !== undefined && typeof price !== 'number');
  if (priced !== undefined)
    return {
      text,
      doubts: [`the price of ${shown(priced.id)} is ${shown(priced.price)}, needed is a number: Number(…)`],
    };
  if (seen.length > 0 && knownCount === 0)
    return { text, doubts: ['none of the items is in the catalogue: are their ids the same as there?'] };
  return seen.length === 0 ? { text, doubts: ['it shows nothing: nobody finds anything there'] } : { text };
}

export const describeHome = (items: ShopItems, seen: SeenList | undefined): Understood =>
  seen === undefined ? { text: 'shown, without items' } : describeList(items, seen);

export function describeProduct(item: Item, seen: SeenProduct): Understood {
  const price = seen.price ?? item.price;
  const parts = [
    price === undefined ? 'no price' : `price ${price}`,
    seen.stock === undefined ? (seen.inStock === false ? 'sold out' : 'in stock') : `${seen.stock} in stock`,
  ];
  const doubts = [
    ...(typeof seen.price === 'number' || seen.price === undefined ? [] : ['its price is no number']),
    ...(seen.inStock === false || seen.stock === 0
      ? ['the catalogue says that it is in stock, its page that it is not']
      : []),
  ];
  return { text: parts.join(', '), doubts };
}

export function describeRefusal(refusal: { because: string } | undefined, done: string): Understood {
  return refusal === undefined ? { text: done } : { text: `no: ${refusal.because}`, end: 'refused' };
}

export function describeCart(item: Item, { lines, total }: SeenCart): Understood {
  const line = lines.find(({ id }) => id === item.id);
  const text = `${counted(lines.length, 'line')}${total === undefined ? '' : `, total ${total}`}`;
  if (line === undefined) return { text, doubts: [`it does not show ${item.id}, which was put in`] };
  return line.quantity === 1
    ? { text }
    : { text, doubts: [`it shows ${line.quantity} × ${item.id}, put in was 1`] };
}

export function describeOutcome(outcome: Outcome): Understood {
  switch (outcome.is) {
    case 'ok':
      return {
        text: `ok, order ${outcome.orderId}${outcome.total === undefined ? '' : `, total ${outcome.total}`}`,
      };
    case 'pending':
      return { text: `pending, order ${outcome.orderId}` };
    case 'rejected':
      return { text: `no: ${outcome.because}`, end: 'refused' };
  }
}

export function describeOrder(item: Item, order: ShopOrder | null, total: number | undefined): Understood {
  if (order === null)
    return { text: 'not found', doubts: ['the order that was just placed is not found again'] };
  const quantity = order.lines.find(({ id }) => id === item.id)?.quantity ?? 0;
  const doubts = [
    ...(quantity === 1 && order.lines.length === 1
      ? []
      : [`it has ${quantity} × ${item.id} in ${counted(order.lines.length, 'line')}, ordered was 1`]),
    ...(total === undefined || order.total === undefined || total === order.total
      ? []
      : [`its total is ${order.total}, the checkout said ${total}`]),
  ];
  return {
    text: `found again with ${counted(order.lines.length, 'line')}${order.total === undefined ? '' : `, total ${order.total}`}`,
    doubts,
  };
}

export function describeOrders(orderId: string, orders: readonly ShopOrder[]): Understood {
  const text = counted(orders.length, 'order');
  return orders.some((order) => order.orderId === orderId)
    ? { text: `${text}, the one just placed among them` }
    : { text, doubts: ['the order that was just placed is not among them'] };
}
