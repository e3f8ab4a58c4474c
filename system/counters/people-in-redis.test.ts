// What the counters ask of Redis is asked together: a page that is opened shows dozens of them.
import { expect, test } from 'vitest';
import { keysOf } from './keys.ts';
import { createPeopleInRedis } from './people-in-redis.ts';

function asking(answer: (values: readonly unknown[]) => unknown) {
  const asked: unknown[][] = [];
  const redis = {
    eval: async (_script: string, _keyCount: number, ...values: unknown[]) => {
      asked.push(values);
      return answer(values);
    },
  };
  return { people: createPeopleInRedis({ redis: redis as never, keyPrefix: 'shop:' }), asked };
}

test('all counters of the pages of a moment are asked for in one script, up to a thousand', async () => {
  const wordsOf = (values: readonly unknown[]) => String(values[1]).split(' ');
  const { people, asked } = asking((values) =>
    wordsOf(values)
      .map((word) => (word.startsWith('bought') ? '?' : 7))
      .join(' '),
  );
  const keys = keysOf({ productIds: [4, 5], shop: true });
  expect(await people.counts(keys)).toEqual([7, null, 7, 7, null, 7, 7]);
  expect(asked).toEqual([
    ['shop:counters:', '#viewing:4 bought:4 inCart:4 #viewing:5 bought:5 inCart:5 #shop'],
  ]);
  expect(await people.counts([])).toEqual([]);
  await people.counts(keysOf({ productIds: Array.from({ length: 500 }, (_, index) => index + 1) }));
  expect(asked.slice(1).map((values) => wordsOf(values).length)).toEqual([1_000, 500]);
});

test('what was read together is stored together, and one that is too large goes alone', async () => {
  const { people, asked } = asking((values) =>
    values.slice(2).flatMap((_, index) => (index % 3 === 0 ? 1 : [])),
  );
  const read = (key: string, personCount: number) => ({
    key,
    reading: 'now',
    personIds: Array.from({ length: personCount }, (_, index) => index + 1),
  });
  const few = Array.from({ length: 100 }, (_, index) => read(`bought:${index}`, 3));
  expect(await people.store([...few, read('bought:100', 5_000), read('bought:101', 2)])).toEqual([]);
  expect(asked.map((values) => (values.length - 2) / 3)).toEqual([100, 1, 1]);
  expect(asked[2]?.slice(2)).toEqual(['bought:101', 'now', '1 2']);
});
