import { expect, test, vi } from 'vitest';
import { testLog } from '../platform/testing.ts';
import { createValues } from './values.ts';
import { createWatches } from './watches.ts';

const LIMIT = { timeout: 30_000 };

test('people of a counter that changes while it is read are read once', async () => {
  const read: (readonly string[])[] = [];
  const answers: (() => void)[] = [];
  const watches = createWatches();
  const values = createValues({
    people: {
      counts: async (keys) => keys.map(() => null),
      beginReading: async (keys) => keys.map(() => 'reading'),
      async store(read) {
        // Published, to this process too.
        for (const { key, personIds } of read) values.hear(key, personIds.length, null);
        return [];
      },
    },
    readPeople(keys) {
      read.push(keys);
      return new Promise((resolve) => {
        answers.push(() => resolve(new Map(keys.map((key) => [key, [1, 2]]))));
      });
    },
    watches,
    monotonicMs: () => 0,
    metrics: { read: () => undefined, failed: () => undefined },
    log: testLog,
  });
  values.want(watches.watch('socket', ['bought:1', 'bought:2']));
  watches.ready(watches.opened());
  await values.ask();
  await vi.waitFor(() => expect(answers).toHaveLength(1), LIMIT);
  values.hear('bought:1', null, 5);
  await values.ask();
  answers.shift()?.();
  await vi.waitFor(() => expect(watches.take()).toHaveLength(1), LIMIT);
  values.hear('bought:2', null, 9);
  await vi.waitFor(async () => {
    await values.ask();
    expect(read).toHaveLength(2);
  }, LIMIT);
  expect(read).toEqual([['bought:1', 'bought:2'], ['bought:2']]);
});
