import { expect, it } from 'vitest';
import { divideShards } from './divide-shards.ts';

const member = (memberId: string, shard: number | null = null) => ({ memberId, shard });

it('gives one shard to each, and none to those who come too late', () => {
  const shards = divideShards([member('c'), member('a'), member('b')], 2);
  expect([...shards]).toEqual([
    ['a', 0],
    ['b', 1],
  ]);
});

it('leaves everybody what they have, whoever comes or goes', () => {
  expect(divideShards([member('a'), member('z', 0), member('y', 2)], 3)).toEqual(
    new Map([
      ['z', 0],
      ['a', 1],
      ['y', 2],
    ]),
  );
  expect(divideShards([member('y', 2)], 3)).toEqual(new Map([['y', 2]]));
});

it('gives one that two claim to the first of them', () => {
  expect(divideShards([member('b', 0), member('a', 0)], 2)).toEqual(
    new Map([
      ['a', 0],
      ['b', 1],
    ]),
  );
});
