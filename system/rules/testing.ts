// Actions and people for tests of the rules. Not used by the shop itself.
import { actionAt, searchAt } from '../behaviour/testing.ts';
import type { BehaviourAction } from '../contract/tables.ts';
import { createPerson, type Person } from './person.ts';
import type { RuleAction } from './rule-action.ts';
import { ruleAction } from './rule-action.ts';

type At = Date | string | number;

export const onProduct = (action: BehaviourAction, productId: number, at: At): RuleAction =>
  ruleAction(actionAt(new Date(at), { action, target: { type: 'product', id: productId } }), new Map());

export const clickedCategory = (categoryId: number, at: At): RuleAction =>
  ruleAction(actionAt(new Date(at), { target: { type: 'category', id: categoryId } }), new Map());

/** @param categoryId what the text is about; null: it finds nothing. */
export function searched(categoryId: number | null, at: At): RuleAction {
  const found = new Map(categoryId === null ? [] : [['red', categoryId] as const]);
  return ruleAction(searchAt(new Date(at), 'red'), found);
}

/** Somebody who did all of this. */
export function personWho(...actions: readonly RuleAction[]): Person {
  const person = createPerson();
  for (const action of actions) person.learn(action);
  return person;
}
