// Pure rules of the cart.
import type { CartView } from '../contract/cart.ts';

/** The cart as its owner sees it; prices are today's, an order settles its own. */
export function cartView(lines: CartView['lines']): CartView {
  return {
    lines,
    itemsTotalKrw: lines.reduce((total, line) => total + line.unitPriceKrw * line.quantity, 0),
  };
}
