import { expect, it } from 'vitest';
import { createStormWatch } from './storm.ts';

const second = (succeeded: number, failures: Record<string, number>) => ({
  counts: {
    requestsSucceeded: succeeded,
    requestsFailed: Object.values(failures).reduce((sum, count) => sum + count, 0),
  },
  failures,
});

it('most answers with 429 or 5xx within five seconds are a storm', () => {
  const watch = createStormWatch(false);
  expect(watch(second(100, {}))).toBeNull();
  expect(watch(second(10, { 'product 503': 30, 'list 500': 20 }))).toBeNull();
  expect(watch(second(0, { 'checkout 429': 60 }))).toContain(
    'answered 110 of 220 requests of the last 3 s with 429 or 5xx',
  );
});

it('what is long ago, what is few, and what failed otherwise is none', () => {
  const watch = createStormWatch(false);
  expect(watch(second(0, { 'product 503': 19 }))).toBeNull();
  for (let quiet = 0; quiet < 4; quiet += 1) expect(watch(second(10, {}))).toBeNull();
  expect(watch(second(0, { 'product 503': 19 }))).toBeNull();
  expect(createStormWatch(false)(second(0, { 'product 404': 500, 'timeout product': 500 }))).toBeNull();
});

it('a token that is good no more ends a run, also one that seeks a rate that is too high', () => {
  const expired = second(10, { 'arrive 401': 20, 'cart 403': 10 });
  for (const isOverrunSought of [false, true])
    expect(createStormWatch(isOverrunSought)(expired)).toBe(
      'the shop answered 30 of 40 requests of the last 1 s with 401 or 403, and nobody gets further like that. Next: see whether the token, key or accounts of its file are still good',
    );
  expect(createStormWatch(true)(second(0, { 'product 503': 500 }))).toBeNull();
});
