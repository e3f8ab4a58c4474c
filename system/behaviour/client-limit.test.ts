import { expect, test } from 'vitest';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { createClientLimit } from './client-limit.ts';

const clock = () => fixedClock('2026-03-02T11:00:00Z');

test('a customer may send four seconds’ worth at once, then as much as flows in', () => {
  const time = clock();
  const { take } = createClientLimit(10, time.monotonicMs);
  expect(take(1, 30)).toBe(0);
  expect(take(1, 10)).toBe(0);
  expect(take(1, 5)).toBe(500);
  time.advance(499);
  expect(take(1, 5)).toBeGreaterThan(0);
  time.advance(1);
  expect(take(1, 5)).toBe(0);
});

test('a flood of one takes nothing from another', () => {
  const { take } = createClientLimit(10, clock().monotonicMs);
  for (let sent = 0; sent < 100; sent += 1) take(1, 30);
  expect(take(1, 30)).toBeGreaterThan(0);
  expect(take(2, 30)).toBe(0);
});

test('a batch larger than the bucket is let in when it is full, and owed', () => {
  const time = clock();
  const { take } = createClientLimit(1, time.monotonicMs);
  expect(take(1, 30)).toBe(0);
  time.advance(26_000);
  expect(take(1, 1)).toBe(1_000);
  time.advance(1_000);
  expect(take(1, 1)).toBe(0);
});

test('0 means no limit', () => {
  const { take } = createClientLimit(0, clock().monotonicMs);
  expect(take(1, 1_000_000)).toBe(0);
});
