import { expect, test } from 'vitest';
import { detectableEffect } from './power.ts';

// scipy: the effect at which stats.nct.sf(stats.t.ppf(.975, n − 1), n − 1, log((1 + effect) / (1 + margin)) · √n / sd) is the
// power, by optimize.brentq; in the lines of an effect of 0.1 the power was computed from it.
test.each([
  [12, 0.05, 0.05, 0.8, 0.09770641028981913],
  [5, 0.05, 0.03, 0.8, 0.12036963975447029],
  [8, 0.07, 0.05, 0.9, 0.15340257844472024],
  [12, 0.05, 0.05, 0.8345120920700408, 0.1],
  [12, 0.05 * Math.SQRT2, 0.05, 0.5471069414029011, 0.1],
  [5, 0.05, 0.03, 0.6029228812290692, 0.1],
  [3, 0.02, 0.03, 0.8044578368142312, 0.1],
  [30, 0.1, 0.03, 0.9357151379405206, 0.1],
])(
  '%i blocks at an SD of %d and a margin of %d find with a power of %d a rise of %d',
  (blocks, sd, margin, power, e) => {
    const found = detectableEffect({ blocks, sd, margin, power });
    if (found.outcome === 'refused') throw new Error(found.footnote);
    expect(found.increaseRatio).toBeCloseTo(e, 4);
    // A fall is found as often as the rise that lies as far beyond the margin.
    expect(found.decreaseRatio).toBeCloseTo((1 - margin) / ((1 + e) / (1 + margin)) - 1, 4);
  },
);

test('one block detects nothing', () => {
  expect(detectableEffect({ blocks: 1, sd: 0.05, margin: 0.05, power: 0.8 })).toEqual({
    outcome: 'refused',
    footnote: 'need ≥ 2 blocks, have 1',
  });
});

test('impossible plans throw', () => {
  const plan = { blocks: 5, sd: 0.1, margin: 0.05, power: 0.8 };
  expect(() => detectableEffect({ ...plan, sd: 0 })).toThrow(/sd is 0/);
  expect(() => detectableEffect({ ...plan, margin: 1 })).toThrow(/margin is 1/);
  expect(() => detectableEffect({ ...plan, power: 1 })).toThrow(/power is 1/);
});
