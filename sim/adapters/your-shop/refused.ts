// A shop's no, in words that are the same for all shops where it is want of stock.
import type { Refusal } from './define-shop.ts';

const WANT_OF_STOCK = /stock|inventory|sold[ _-]?out/i;

/** `because` is the shop's own word for it; `sold-out` where that, or what it says in `details`, speaks of stock. */
export function refused(because: string, details = ''): Refusal {
  const isSoldOut = WANT_OF_STOCK.test(because) || WANT_OF_STOCK.test(details);
  return { is: 'rejected', because: isSoldOut ? 'sold-out' : because };
}
