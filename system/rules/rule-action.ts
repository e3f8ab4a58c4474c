// An action of the behaviour log as the rules see it.
import type { BehaviourAction } from '../contract/tables.ts';
import type { ActedReport } from '../recommendations/lists/seen-action.ts';

export type RuleAction = {
  id: string;
  action: BehaviourAction;
  /** By the shop's clock, Unix ms. */
  actedMs: number;
  productId: number | null;
  /** Of a click on a category that one, of a search the one that most of what it finds is in; null of everything else. */
  categoryId: number | null;
};

/** @param categoryOfText what searched texts are about. */
export function ruleAction(
  { id, action, target, actedAt }: ActedReport,
  categoryOfText: ReadonlyMap<string, number>,
): RuleAction {
  const categoryId =
    target.type === 'category'
      ? target.id
      : target.type === 'text'
        ? (categoryOfText.get(target.text) ?? null)
        : null;
  return {
    id,
    action,
    actedMs: actedAt.getTime(),
    productId: target.type === 'product' ? target.id : null,
    categoryId,
  };
}

export const textsOf = (reports: readonly ActedReport[]): string[] =>
  reports.flatMap(({ target }) => (target.type === 'text' ? [target.text] : []));
