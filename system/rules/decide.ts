// What the rules make of a moment: effects as values, each with the time until which the same must not happen again. Pure.
import { nextSeoulMidnightMs } from '../platform/settings/seoul-time.ts';
import type { PersonView } from './person.ts';
import { type Moment, type Rule, type Target, targetKey, type Wanted } from './rule.ts';

/** One effect for one person. */
export type Decision = {
  customerId: number;
  rule: Rule;
  target: Target;
  /** What brought it. */
  moment: Moment;
  /** What counts as the same of this person and rule. */
  key: string;
  /** By the shop's clock, Unix ms. */
  atMs: number;
  /** From when on the same may happen again, Unix ms; Infinity: never. */
  freeAtMs: number;
};

/** @param atMs when the moment came about, by the shop's clock. */
export function decide(
  rules: readonly Rule[],
  who: { customerId: number; person: PersonView },
  moment: Moment,
  atMs: number,
): Decision[] {
  return rules.flatMap((rule) =>
    wantsOf(rule, who.person, moment).map((wanted) => ({
      customerId: who.customerId,
      rule,
      target: wanted.target,
      moment,
      key: keyOf(rule, wanted),
      atMs,
      freeAtMs: freeAtMs(rule, atMs),
    })),
  );
}

function wantsOf(rule: Rule, person: PersonView, moment: Moment): readonly Wanted[] {
  // Each pair apart: a rule's moment has the type that the rule looks at.
  if (rule.on === 'acted' && moment.kind === 'acted') return rule.wants(person, moment);
  if (rule.on === 'page-rest' && moment.kind === 'page-rest') return rule.wants(person, moment);
  if (rule.on === 'cart-filled' && moment.kind === 'cart-filled') return rule.wants(person, moment);
  if (rule.on === 'cart-untouched' && moment.kind === 'cart-untouched') return rule.wants(person, moment);
  if (rule.on === 'purchased' && moment.kind === 'purchased') return rule.wants(person, moment);
  if (rule.on === 'stock-seen' && moment.kind === 'stock-seen') return rule.wants(person, moment);
  return [];
}

function keyOf({ coolDown: { per } }: Rule, { target, orderId }: Wanted): string {
  if (per === 'person') return 'any';
  return per === 'order' ? `order:${orderId}` : targetKey(target);
}

function freeAtMs({ coolDown: { lasts } }: Rule, atMs: number): number {
  if (lasts === 'ever') return Number.POSITIVE_INFINITY;
  return lasts === 'day' ? nextSeoulMidnightMs(atMs) : atMs;
}
