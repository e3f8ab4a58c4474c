import { expect, it } from 'vitest';
import { capacityPerSecond, createServers } from './stub-servers.ts';

const TWO = { serverCount: 2, serviceMs: 10, refuseAfterMs: null };

it('serves as many at a time as it has servers, and lets the next wait for the first that is free', () => {
  const delayOf = createServers(TWO);
  expect([delayOf(0), delayOf(4), delayOf(5), delayOf(6)]).toEqual([10, 10, 15, 18]);
});

it('carries exactly its capacity, however far the load lies above it', () => {
  const delayOf = createServers(TWO);
  const doneAt = Array.from({ length: 1_000 }, (_, index) => index + (delayOf(index) ?? 0));
  const inTheSecondSecond = doneAt.filter((ms) => ms > 1_000 && ms <= 2_000).length;
  expect(capacityPerSecond(TWO)).toBe(200);
  expect(inTheSecondSecond).toBe(200);
});

it('refuses whoever would wait too long', () => {
  const delayOf = createServers({ serverCount: 1, serviceMs: 10, refuseAfterMs: 12 });
  expect([delayOf(0), delayOf(0), delayOf(0), delayOf(9)]).toEqual([10, 20, null, 21]);
});
