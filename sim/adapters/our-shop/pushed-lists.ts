// A look at a list that the socket brought. A push has ids only; what the shop would show of these products is what the generator's
// own catalogue has, so that nobody asks for a list that is on the screen already.
import {
  RECOMMENDATION_PAGE_SIZE,
  type RecommendationList,
} from '../../../system/contract/recommendations.ts';
import type { ShownProduct, StepResult } from '../../shopper/state/steps.ts';

/** What is shown of a product by its id; null for one that came into the shop later. */
export type ProductOf = (productId: number) => ShownProduct | null;

/** Its first page; null where it has none, or something on it that is not known, so that the shop must be asked. */
export function lookAtPushed(list: RecommendationList, productOf: ProductOf): StepResult | null {
  const products: ShownProduct[] = [];
  for (const id of list.productIds.slice(0, RECOMMENDATION_PAGE_SIZE)) {
    const product = productOf(id);
    if (product === null) return null;
    products.push(product);
  }
  if (products.length === 0) return null;
  return {
    outcome: 'ok',
    shown: () => ({ kind: 'products', products: products.map(asListed), hasNext: false }),
  };
}

/** A list has nothing that was sold out when it was made. */
function asListed({ id, categoryId, priceKrw }: ShownProduct): ShownProduct {
  return { id, categoryId, priceKrw, soldOut: false };
}
