import { expect, test } from 'vitest';
import { samplesOf } from './read-look.ts';
import { chooseWatched } from './watched.ts';

const openShop = { url: 'http://127.0.0.1:1', redisUrl: 'redis://open', redisKeyPrefix: 'open:' };
const nothing = { openShop: null, stackRedisUrl: null };

test('the open shop is watched where nothing is named', () => {
  const found = { openShop, stackRedisUrl: 'redis://stack' };
  expect(chooseWatched({}, {}, found)).toEqual({
    redisUrl: 'redis://open',
    redisKeyPrefix: 'open:',
    shopUrls: ['http://127.0.0.1:1'],
  });
});

test('what is named comes before it, and brings none of its keys', () => {
  const found = { openShop, stackRedisUrl: 'redis://stack' };
  const url = ['http://a', 'http://b'];
  expect(chooseWatched({ redis: 'redis://mine', url, prefix: 'p:' }, {}, found)).toEqual({
    redisUrl: 'redis://mine',
    redisKeyPrefix: 'p:',
    shopUrls: url,
  });
  expect(chooseWatched({}, { REDIS_URL: 'redis://env' }, found)).toEqual({
    redisUrl: 'redis://env',
    redisKeyPrefix: 'shop:',
    shopUrls: [],
  });
});

test('a stack alone is watched without a shop, and nothing at all is said with the next step', () => {
  expect(chooseWatched({}, {}, { openShop: null, stackRedisUrl: 'redis://stack' })).toMatchObject({
    redisUrl: 'redis://stack',
    shopUrls: [],
  });
  expect(chooseWatched({}, {}, nothing)).toMatch(/needed: npm run shop, or --redis/);
});

test('metrics are read with their labels', () => {
  const text =
    '# HELP a_total A\n# TYPE a_total counter\na_total{kind="x",outcome="hit"} 3\nb 1.5e-3\nc NaN\n';
  expect(samplesOf(text)).toEqual([
    { name: 'a_total', labels: { kind: 'x', outcome: 'hit' }, value: 3 },
    { name: 'b', labels: {}, value: 0.0015 },
    { name: 'c', labels: {}, value: Number.NaN },
  ]);
});
