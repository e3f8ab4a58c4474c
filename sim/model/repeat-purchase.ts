// How often people buy again and until when: the BG/NBD model (Fader, Hardie, Lee 2005). While alive a customer buys at
// rate λ ~ Gamma(r)/α; after each repeat purchase they are gone for good with probability p ~ Beta(a, b).
import type { Random } from './chance/random.ts';

/** r and α (weeks) of the rate, a and b of leaving. */
export type RepeatPurchase = { r: number; alphaWeeks: number; a: number; b: number };

/** Fitted to CDNOW's customers (docs/realism.md "Repeat purchase"). */
export const CDNOW: RepeatPurchase = { r: 0.2426, alphaWeeks: 4.4135, a: 0.7929, b: 2.4258 };

/** A customer's own rate (purchases a week of buying time) and chance of leaving after a repeat purchase. */
export type Habit = { perWeek: number; leavingChance: number };

/** Draws a rate; `scale` multiplies it, so that people buy that many times as often. */
export function drawRate(law: RepeatPurchase, scale: number, random: Random): number {
  return (random.gamma(law.r) / law.alphaWeeks) * scale;
}

export function drawLeavingChance(law: RepeatPurchase, random: Random): number {
  return random.beta(law.a, law.b);
}

/** Buying times in weeks after the first purchase of a customer's repeat purchases, ascending, up to `untilWeeks`. */
export function drawRepeats(habit: Habit, untilWeeks: number, random: Random): number[] {
  const times: number[] = [];
  for (let weeks = random.exponential(habit.perWeek); weeks < untilWeeks; ) {
    times.push(weeks);
    if (random.chance(habit.leavingChance)) break;
    weeks += random.exponential(habit.perWeek);
  }
  return times;
}

/** What the fit knows of a customer: repeat purchases, weeks from first to last purchase, weeks observed. */
export type PurchaseRecord = { repeatCount: number; lastWeeks: number; observedWeeks: number };

/** P(at least one repeat purchase within `weeks`) = 1 − (α / (α + t))^r. */
export function repeatShare({ r, alphaWeeks }: RepeatPurchase, weeks: number): number {
  return 1 - (alphaWeeks / (alphaWeeks + weeks)) ** r;
}
