import { expect, it } from 'vitest';
import type { ActAttempt } from '../../sim/adapters/our-shop/attempts.ts';
import { actMetrics, createActFates, lateRatioOfCycle } from './act-fates.ts';

const act = (shownAfterMs: number | null, over: Partial<ActAttempt> = {}): ActAttempt => ({
  kind: 'act',
  actionId: 'a',
  customerId: 7,
  attemptedAtMs: 10,
  phase: 'measure',
  action: 'click',
  productId: 3,
  answer: 'accepted',
  shownAfterMs,
  reflectedId: null,
  categoryReflectedId: null,
  categoryFirstProductId: null,
  unknownIds: [],
  ...over,
});

it('what no list answered is late too, and what was meant for before or after the span is not counted', () => {
  const fates = createActFates(1_000);
  for (const shownAfterMs of [5, 3_000, 3_001, null]) fates.add(act(shownAfterMs));
  fates.add(act(null, { phase: 'lead-in', attemptedAtMs: -5 }));
  fates.add(act(null, { attemptedAtMs: 1_000 }));
  expect(fates.counted()).toEqual({ made: 4, late: 2, unanswered: 1 });
  expect(actMetrics([fates.counted(), undefined], null, {})).toEqual({
    'recommendation.lateRatio': { unit: 'ratio', value: 0.5 },
    'recommendation.unansweredRatio': { unit: 'ratio', value: 0.25 },
  });
  expect(actMetrics([undefined], 4_000, {})).toEqual({});
});

it('a cycle of 4 s alone makes a quarter of all acts wait longer than 3 s, and whatever else they wait for adds to it', () => {
  const late = (restMs: number) => lateRatioOfCycle({ cycleMs: 4_000, withinMs: 3_000, restMs });
  expect([0, 400, 3_000, 9_000].map(late)).toEqual([0.25, 0.35, 1, 1]);
  expect(lateRatioOfCycle({ cycleMs: 1_000, withinMs: 3_000, restMs: 0 })).toBe(0);
  const arithmetic = actMetrics([{ made: 1, late: 0, unanswered: 0 }], 4_000, {});
  expect(arithmetic['recommendation.arithmeticLateRatio']).toEqual({ unit: 'ratio', value: 0.25 });
});
