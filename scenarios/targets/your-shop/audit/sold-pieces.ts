// How many pieces of each item the run sold: what is held for certain, and what may be held besides, by orders that are pending, were
// cancelled, or of which nobody heard.
import type { CheckoutAttempt } from '../../../../sim/adapters/your-shop/attempts.ts';
import type { ShopOrder } from '../../../../sim/adapters/your-shop/define-shop.ts';
import { piecesOf } from './checkout-rule.ts';

export type Sold = {
  /** In orders that stand. */
  certain: Map<string, number>;
  /** In orders that may or may not hold their pieces. */
  possible: Map<string, number>;
};

/** By the shop's own list where it gives one, else by what shoppers were told. */
export function createSoldPieces(newOrders: readonly ShopOrder[] | null) {
  const sold: Sold = { certain: new Map(), possible: new Map() };
  for (const { lines, state = 'stands' } of newOrders ?? [])
    add(state === 'stands' ? sold.certain : sold.possible, lines);
  return {
    see({ end, lines, found, cancel }: CheckoutAttempt): void {
      if (newOrders !== null || end === 'rejected') return;
      const isOpen = found !== null && found !== 'missing' && found.state !== 'stands';
      add(end === 'ok' && cancel === null && !isOpen ? sold.certain : sold.possible, lines);
    },
    sold: (): Sold => sold,
  };
}

function add(sum: Map<string, number>, lines: CheckoutAttempt['lines'] | ShopOrder['lines']): void {
  for (const [id, count] of piecesOf(lines)) sum.set(id, (sum.get(id) ?? 0) + count);
}
