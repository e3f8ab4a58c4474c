// What a page of the shop shows that has counters, by the step that opens it. Pure.
import type { Shown, Step } from '../../shopper/state/steps.ts';

/** What a tab tells the shop of its page: whose counters it shows, and the product that it is of. */
export type CountedPage = { productIds: readonly number[]; viewedId: number | null };

export type PageOfStep =
  /** It stays as it is. */
  | { kind: 'same' }
  | { kind: 'page'; page: CountedPage }
  /** A page whose products are those that it turns out to show. */
  | { kind: 'shown' }
  /** The products that it turns out to show stand beside those of the page. */
  | { kind: 'beside' };

const plain: PageOfStep = { kind: 'page', page: { productIds: [], viewedId: null } };

/** The page that is open when a step is done. */
export function pageOf(step: Step): PageOfStep {
  switch (step.kind) {
    case 'home':
    case 'list':
    case 'search':
      return { kind: 'shown' };
    case 'view-recommendations':
      return { kind: 'beside' };
    case 'view-product':
      return { kind: 'page', page: { productIds: [step.productId], viewedId: step.productId } };
    case 'view-cart':
    case 'view-coupons':
    case 'place-order':
    case 'view-orders':
      return plain;
    case 'arrive':
    case 'set-cart-line':
    case 'remove-cart-line':
    case 'await-outcome':
    case 'act':
    case 'cancel-order':
    case 'leave':
      return { kind: 'same' };
  }
}

/** The products of a list. */
export function productIdsOf(shown: Shown | null): number[] {
  return shown !== null && 'products' in shown ? shown.products.map(({ id }) => id) : [];
}
