// The rooms of a shop, as somebody who looks on would draw them: where a shopper is after each step.
import type { Step } from './steps.ts';

/** In the order of a visit. */
export const ROOMS = ['home', 'list', 'search', 'product', 'cart', 'checkout', 'orders'] as const;
export type Room = (typeof ROOMS)[number];

/** Where a shopper is who takes this step and was there before; null outside the shop. What is done on a page moves nobody. */
export function roomOf(step: Step, before: Room | null): Room | null {
  switch (step.kind) {
    case 'arrive':
    case 'home':
      return 'home';
    case 'list':
      return 'list';
    case 'search':
      return 'search';
    case 'view-product':
    case 'act':
      return 'product';
    case 'view-cart':
      return 'cart';
    case 'place-order':
    case 'await-outcome':
      return 'checkout';
    case 'view-orders':
    case 'cancel-order':
      return 'orders';
    case 'view-coupons':
    case 'view-recommendations':
    case 'set-cart-line':
    case 'remove-cart-line':
      return before;
    case 'leave':
      return null;
  }
}
