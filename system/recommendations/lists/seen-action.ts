// An action as the lists are worked out from: what it scores, and which product and category it is about.
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

/** An action with the shop's time at which it happened. */
export type ActedReport = BehaviourReport & { actedAt: Date };

export type SeenAction = {
  id: string;
  action: BehaviourAction;
  /** By the shop's clock, Unix ms. */
  actedMs: number;
  score: number;
  productId: number | null;
  /** The product's or the one that it is about. */
  categoryId: number | null;
};

/** @param categoryOf the category of a product, null where there is no such product (any more). */
export function seenAction(
  { id, action, target, actedAt }: ActedReport,
  categoryOf: (productId: number) => number | null,
): SeenAction {
  const productId = target.type === 'product' ? target.id : null;
  const categoryId =
    target.type === 'category' ? target.id : productId === null ? null : categoryOf(productId);
  const isKnown = target.type === 'category' || categoryId !== null;
  return {
    id,
    action,
    actedMs: actedAt.getTime(),
    score: isKnown ? (SCORES[action] ?? 0) : 0,
    productId: isKnown ? productId : null,
    categoryId,
  };
}
