import { describe, expect, it } from 'vitest';
import { createRandom } from './chance/random.ts';
import { fitRepeatPurchase } from './fit-laws.ts';
import { CDNOW, drawLeavingChance, drawRate, drawRepeats, repeatShare } from './repeat-purchase.ts';

describe('BG/NBD with CDNOW’s parameters', () => {
  const random = createRandom(1, 'bg-nbd');
  const customers = Array.from({ length: 20_000 }, () => {
    const habit = { perWeek: drawRate(CDNOW, 1, random), leavingChance: drawLeavingChance(CDNOW, random) };
    const repeats = drawRepeats(habit, 52.14, random);
    return {
      repeatCount: repeats.length,
      lastWeeks: repeats.at(-1) ?? 0,
      observedWeeks: 52.14,
      first: repeats[0],
    };
  });

  it.each([
    [30, 0.175],
    [90, 0.292],
    [365, 0.459],
  ])('has the cohort’s published share of repeat customers after %i days', (days, share) => {
    const repeated = customers.filter(({ first }) => first !== undefined && first * 7 <= days).length;
    expect(repeated / customers.length).toBeCloseTo(repeatShare(CDNOW, days / 7), 1.7);
    expect(Math.abs(repeatShare(CDNOW, days / 7) - share)).toBeLessThan(0.05);
  });

  it('has about 1.45 repeat purchases a year', () => {
    const mean = customers.reduce((sum, { repeatCount }) => sum + repeatCount, 0) / customers.length;
    expect(Math.abs(mean - 1.45)).toBeLessThan(0.1);
  });

  it('is recovered by the refit within 15 %', () => {
    const fitted = fitRepeatPurchase(customers);
    for (const name of ['r', 'alphaWeeks', 'a', 'b'] as const)
      expect(Math.abs(fitted[name] / CDNOW[name] - 1), name).toBeLessThan(0.15);
  });
});
