import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saidWhenSlow } from './said-when-slow.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('quick work says nothing', async () => {
  const said: string[] = [];
  expect(await saidWhenSlow('Counting', Promise.resolve(7), (line) => said.push(line))).toBe(7);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual([]);
});

test('slow work is never silent for over five seconds, and no longer than it goes on', async () => {
  const said: string[] = [];
  const work = Promise.withResolvers<string>();
  const told = saidWhenSlow('Counting', work.promise, (line) => said.push(line));
  await vi.advanceTimersByTimeAsync(11_000);
  expect(said).toEqual(['Counting …', 'Counting … 6 s so far', 'Counting … 10 s so far']);
  work.reject(new Error('planted'));
  await expect(told).rejects.toThrow('planted');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toHaveLength(3);
});
