import { expect, it } from 'vitest';
import { growthExponent } from './growth-exponent.ts';

it.each([
  [1, 'time that grows with the rows', 10],
  [2, 'time that grows with their square', 100],
  [0, 'time that does not grow', 1],
])('is %d for %s', (exponent, _, factor) => {
  const small = { rowCount: 700_000, seconds: 3 };
  const large = { rowCount: 7_000_000, seconds: 3 * factor };
  expect(growthExponent(small, large)).toBeCloseTo(exponent, 10);
});
