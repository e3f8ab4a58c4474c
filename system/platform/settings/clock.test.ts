import { expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { fixedClock } from './clock-testing.ts';
import { seoulYear } from './seoul-time.ts';

test('a shifted clock runs at the speed of the wall clock from where it was set', () => {
  const startedAtMs = Date.now() - 5_000;
  const clock = createClock({
    shopClockStart: new Date('2030-01-01T00:00:00Z'),
    shopClockStartedAtMs: startedAtMs,
  });
  const sinceStartMs = clock.now().getTime() - Date.parse('2030-01-01T00:00:00Z');
  expect(sinceStartMs).toBeGreaterThanOrEqual(5_000);
  expect(sinceStartMs).toBeLessThan(15_000);
});

test('without a shift it is the wall clock', () => {
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
});

test('the monotonic clock never goes back', () => {
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  const first = clock.monotonicMs();
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(first);
});

test('a fixed clock moves only when it is advanced', () => {
  const clock = fixedClock('2026-03-02T00:00:00Z');
  clock.advance(1_500);
  expect(clock.now().toISOString()).toBe('2026-03-02T00:00:01.500Z');
  expect(clock.monotonicMs()).toBe(1_500);
});

test('the year in Seoul begins nine hours before the year in UTC', () => {
  expect(seoulYear(new Date('2025-12-31T14:59:59Z'))).toBe(2025);
  expect(seoulYear(new Date('2025-12-31T15:00:00Z'))).toBe(2026);
});
