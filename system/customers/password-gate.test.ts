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
  const answers = [gate.run('a', first.run), gate.run('a', second.run), gate.run('a', third.run)];
  await expect(gate.run('a', work().run)).rejects.toMatchObject({
    status: 503,
    headers: { 'retry-after': expect.any(String) },
  });
  expect([first, second, third].map(({ state }) => state.started)).toEqual([true, true, false]);
  first.resolve('first');
  expect(await answers[0]).toBe('first');
  await expect.poll(() => third.state.started, { timeout: 30_000 }).toBe(true);
  second.resolve('second');
  third.resolve('third');
  expect(await Promise.all(answers)).toEqual(['first', 'second', 'third']);
});

test('a place is free again after work that failed', async () => {
  const gate = createPasswordGate({ atOnceCount: 1, waitingMaxCount: 0 });
  for (let index = 0; index < 3; index += 1) {
    await expect(gate.run('a', () => Promise.reject(new Error('broken hash')))).rejects.toThrow(
      'broken hash',
    );
  }
  expect(await gate.run('a', async () => 'works')).toBe('works');
});

test('a client alone may fill the queue; another one gets in all the same, at the cost of the fullest', async () => {
  const gate = createPasswordGate({ atOnceCount: 1, waitingMaxCount: 4 });
  const running = work();
  const first = gate.run('flood', running.run);
  const flood = Array.from({ length: 4 }, (_, index) => gate.run('flood', async () => `flood ${index}`));
  const outcomes = Promise.allSettled(flood);
  await expect(gate.run('flood', work().run)).rejects.toMatchObject({ status: 503 });
  const order: string[] = [];
  const others = ['b', 'c'].map((client) => gate.run(client, async () => order.push(client)));
  for (const waiting of flood) waiting.then((name) => order.push(name)).catch(() => undefined);
  running.resolve('done');
  await Promise.all([first, ...others]);
  expect((await outcomes).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
  ]);
  // In turns: the flood has the next place, then each of the others, then the flood again.
  expect(order.indexOf('c')).toBeLessThan(order.indexOf('flood 1'));
});

test('nobody with a fair share is sent away for one who has as much', async () => {
  const gate = createPasswordGate({ atOnceCount: 1, waitingMaxCount: 2 });
  const running = work();
  const answers = [
    gate.run('a', running.run),
    gate.run('b', async () => 'b'),
    gate.run('c', async () => 'c'),
  ];
  for (const client of ['d', 'b'])
    await expect(gate.run(client, work().run)).rejects.toMatchObject({ status: 503 });
  running.resolve('a');
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
});
