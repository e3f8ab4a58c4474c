// An action as the lists are worked out from: what it scores, and which product and category it is about.
import { timeOfId } from '../../behaviour/rules.ts';
import type { BehaviourReport } from '../../contract/behaviour.ts';
import type { BehaviourAction } from '../../contract/tables.ts';

/** Of the actions that say something of a taste; all others 0. */
const SCORES: Partial<Record<BehaviourAction, number>> = {
  hover: 1,
  click: 3,
  'cart-create': 5,
  'order-create': 7,
};

/** How many of a person's newest actions count. */
export const ACTIONS_COUNTED = 50;

export type SeenAction = {
  /** A UUIDv7: greater ids are newer. */
  id: string;
  action: BehaviourAction;
  /** On the shopper's clock, Unix ms. */
  madeMs: number;
  score: number;
  productId: number | null;
  /** The product's or the one that it is about. */
  categoryId: number | null;
};

/** @param categoryOf the category of a product, null where there is no such product (any more). */
export function seenAction(
  { id, action, target }: BehaviourReport,
  categoryOf: (productId: number) => number | null,
): SeenAction {
  const productId = target.type === 'product' ? target.id : null;
  const categoryId =
    target.type === 'category' ? target.id : productId === null ? null : categoryOf(productId);
  const isKnown = target.type === 'category' || categoryId !== null;
  return {
    id,
    action,
    madeMs: timeOfId(id),
    score: isKnown ? (SCORES[action] ?? 0) : 0,
    productId: isKnown ? productId : null,
    categoryId,
  };
}
