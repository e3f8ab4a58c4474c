import { expect, test } from 'vitest';
import { blocksNeeded, detectableEffect, powerToFind } from './power.ts';

const SQRT2 = Math.SQRT2;

// scipy: stats.nct.sf(stats.t.ppf(.975, n − 1), n − 1, log((1 + effect) / (1 + margin)) · √n / sd)
test.each([
  [12, 0.05, 0.05, 0.1, 0.8345120920700408],
  [12, 0.05 * SQRT2, 0.05, 0.1, 0.5471069414029011],
  [5, 0.05, 0.03, 0.1, 0.6029228812290692],
  [3, 0.02, 0.03, 0.1, 0.8044578368142312],
  [2, 0.05, 0.03, 0.1, 0.1167793636694683],
  [30, 0.1, 0.03, 0.1, 0.9357151379405206],
])(
  '%i blocks at an SD of %d and a margin of %d find an effect of %d as scipy says',
  (blocks, sd, margin, effect, p) => {
    expect(powerToFind({ blocks, sd, margin, effect })).toBeCloseTo(p, 5);
  },
);

test('a fall is found as often as the rise that lies as far beyond the margin', () => {
  const fall = (1 - 0.05) / (1.1 / 1.05) - 1;
  expect(powerToFind({ blocks: 12, sd: 0.05, margin: 0.05, effect: fall })).toBeCloseTo(0.83451, 4);
});

// scipy: the first n for which the power above reaches what is asked
test.each([
  [0.05, 0.05, 0.1, 0.8, 12],
  [0.05 * SQRT2, 0.05, 0.1, 0.8, 21],
  [0.05, 0.03, 0.1, 0.8, 7],
  [0.1, 0.03, 0.05, 0.9, 287],
  [0.001, 0.03, 0.1, 0.8, 2],
])(
  'an SD of %d, a margin of %d, an effect of %d and a power of %d need scipy’s number of blocks, %i',
  (sd, margin, effect, power, blocks) => {
    expect(blocksNeeded({ sd, margin, effect, power })).toEqual({ outcome: 'needed', blocks });
  },
);

test('an effect within the margin, or far too much noise, is refused', () => {
  expect(blocksNeeded({ sd: 0.05, margin: 0.05, effect: 0.03, power: 0.8 })).toMatchObject({
    outcome: 'refused',
  });
  expect(blocksNeeded({ sd: 5, margin: 0.05, effect: 0.06, power: 0.8 })).toMatchObject({
    footnote: 'need > 10000 blocks; lower the noise or look for more',
  });
});

// scipy: optimize.brentq over the effect of the power above
test.each([
  [12, 0.05, 0.05, 0.8, 0.09770641028981913],
  [5, 0.05, 0.03, 0.8, 0.12036963975447029],
  [8, 0.07, 0.05, 0.9, 0.15340257844472024],
])(
  '%i blocks at an SD of %d and a margin of %d find with a power of %d a rise of %d',
  (blocks, sd, margin, power, e) => {
    const found = detectableEffect({ blocks, sd, margin, power });
    if (found.outcome === 'refused') throw new Error(found.footnote);
    expect(found.increaseRatio).toBeCloseTo(e, 4);
    expect(powerToFind({ blocks, sd, margin, effect: found.decreaseRatio })).toBeCloseTo(power, 5);
  },
);

test('one block detects nothing', () => {
  expect(detectableEffect({ blocks: 1, sd: 0.05, margin: 0.05, power: 0.8 })).toEqual({
    outcome: 'refused',
    footnote: 'need ≥ 2 blocks, have 1',
  });
  expect(powerToFind({ blocks: 1, sd: 0.05, margin: 0.05, effect: 0.5 })).toBe(0);
});

test('impossible plans throw', () => {
  expect(() => powerToFind({ blocks: 5, sd: 0, margin: 0.05, effect: 0.1 })).toThrow(/sd is 0/);
  expect(() => powerToFind({ blocks: 5, sd: 0.1, margin: 1, effect: 0.1 })).toThrow(/margin is 1/);
  expect(() => powerToFind({ blocks: 5, sd: 0.1, margin: 0.05, effect: -1 })).toThrow(/effect is -1/);
  expect(() => detectableEffect({ blocks: 5, sd: 0.1, margin: 0.05, power: 1 })).toThrow(/power is 1/);
});
