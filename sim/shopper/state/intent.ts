// What a shopper comes for, drawn before the first step: to look at one page, to look around, to fill a cart, to buy.

import type { Random } from '../../model/chance/random.ts';
import { cumulate, draw, weightedKeys } from '../../model/chance/weighted-choice.ts';
import type { Person } from '../../model/person.ts';
import { baseScore } from '../../model/propensity.ts';
import type { Behaviour, PaymentMethod } from './behaviour.ts';

/** `lineCount` is how many lines the cart will have when the shopper abandons it or checks out. */
export type Intent =
  | { kind: 'bounce' }
  | { kind: 'browse' }
  | { kind: 'abandon'; lineCount: number }
  | { kind: 'buy'; lineCount: number };

/** Draws a session's intent. An abandoner gets through a part of the lines that a buyer would have. */
export function drawIntent(person: Person, behaviour: Behaviour, random: Random): Intent {
  const { intent, cart } = behaviour;
  if (random.chance(intent.bounceRatio)) return { kind: 'bounce' };
  if (!random.chance(Math.min(1, intent.cartRatio * scoreFactor(person, behaviour))))
    return { kind: 'browse' };
  const lineCount = 1 + random.weighted(cumulate(cart.lineCountWeights));
  if (random.chance(intent.checkoutRatio)) return { kind: 'buy', lineCount };
  return { kind: 'abandon', lineCount: random.integer(1, lineCount) };
}

/** How much more (or less) this person is inclined to fill a cart than the usual candidate. */
export function scoreFactor(person: Person, behaviour: Behaviour): number {
  const { referenceScore, exponent, least, most } = behaviour.intent.score;
  return Math.min(most, Math.max(least, (baseScore(person) / referenceScore) ** exponent));
}

/** How a person of this age pays (docs/shop-rules.md "Payment"). */
export function drawPaymentMethod(age: number, behaviour: Behaviour, random: Random): PaymentMethod {
  const row = behaviour.checkout.paymentByAge.findLast(([youngest]) => youngest <= age);
  if (!row) throw new Error(`The table of payment methods has no row for age ${age}.`);
  return draw(weightedKeys(row[1]), random);
}
