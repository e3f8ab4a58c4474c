import { expect, test } from 'vitest';
import { littleResidual } from './queueing.ts';

test('a steady window closes Little’s law, a miscounted one does not', () => {
  const window = { meanCount: 105, throughputPerSecond: 10, meanResponseMs: 500, meanThinkMs: 10_000 };
  expect(littleResidual(window)).toEqual({ residualRatio: 0, holds: true });
  expect(littleResidual({ ...window, throughputPerSecond: 10.19 }).holds).toBe(true);
  const lost = littleResidual({ ...window, throughputPerSecond: 9.5 });
  expect(lost.residualRatio).toBeCloseTo(-0.05, 12);
  expect(lost.holds).toBe(false);
  expect(() => littleResidual({ ...window, meanCount: 0 })).toThrow(/meanCount is 0/);
});
