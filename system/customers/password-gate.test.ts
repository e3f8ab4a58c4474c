import { expect, test } from 'vitest';
import { createPasswordGate } from './password-gate.ts';

/** Work that ends when it is told to. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const state = { started: false };
  const run = () => {
    state.started = true;
    return promise;
  };
  return { state, run, resolve, reject };
}

test('as many run at once as allowed, the next waits for one of them, the one after that is refused', async () => {
  const gate = createPasswordGate({ atOnceCount: 2, waitingMaxCount: 1 });
  const [first, second, third] = [work(), work(), work()];
  const answers = [gate.run(first.run), gate.run(second.run), gate.run(third.run)];
  await expect(gate.run(work().run)).rejects.toMatchObject({
    status: 503,
    headers: { 'retry-after': expect.any(String) },
  });
  expect([first, second, third].map(({ state }) => state.started)).toEqual([true, true, false]);
  first.resolve('first');
  expect(await answers[0]).toBe('first');
  await expect.poll(() => third.state.started).toBe(true);
  second.resolve('second');
  third.resolve('third');
  expect(await Promise.all(answers)).toEqual(['first', 'second', 'third']);
});

test('a place is free again after work that failed', async () => {
  const gate = createPasswordGate({ atOnceCount: 1, waitingMaxCount: 0 });
  for (let index = 0; index < 3; index += 1) {
    await expect(gate.run(() => Promise.reject(new Error('broken hash')))).rejects.toThrow('broken hash');
  }
  expect(await gate.run(async () => 'works')).toBe('works');
});
