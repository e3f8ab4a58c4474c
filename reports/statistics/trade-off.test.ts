import { expect, test } from 'vitest';
import type { Comparison } from './comparison.ts';
import { comparePairs } from './paired-comparison.ts';
import { combineVerdicts } from './trade-off.ts';

const against = (candidate: number[], higherIsBetter = false): Comparison =>
  comparePairs({ baseline: [100, 100, 100, 100], candidate, marginRatio: 0.05, higherIsBetter });
const faster = against([80, 81, 79, 80]);
const slower = against([120, 121, 119, 120]);
const higher = against([120, 121, 119, 120], true);
const equal = against([100, 101, 99, 100]);
const open = against([80, 120, 90, 110]);
const refused = against([80, 120, 90, 0]);

test.each<[string, Comparison[]]>([
  ['TRADE-OFF', [faster, slower]],
  ['TRADE-OFF', [higher, equal, slower, open]],
  ['FASTER', [faster, equal]],
  ['FASTER', [faster, higher]],
  ['HIGHER', [higher, faster]],
  ['SLOWER', [slower, equal]],
  ['SLOWER', [open, slower]],
  ['INCONCLUSIVE', [faster, open]],
  ['INCONCLUSIVE', [faster, refused]],
  ['INCONCLUSIVE', [equal, open]],
  ['EQUIVALENT', [equal, equal]],
  ['REFUSED', [refused, refused]],
])('%s', (expected, comparisons) => {
  expect(combineVerdicts(comparisons.map((comparison) => ({ metric: 'm', comparison })))).toBe(expected);
});

test('there is nothing to combine without a primary metric', () => {
  expect(() => combineVerdicts([])).toThrow(/need at least 1/);
});
