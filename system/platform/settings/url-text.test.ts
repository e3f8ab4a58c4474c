import { expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { withoutPassword } from './url-text.ts';

const PASSWORDS = [
  'plain',
  'a@b',
  'a:b',
  'a/b',
  'a#b',
  'a?b',
  'a%b',
  'a b',
  'p@ss:w/o#r?d%&"x',
  '@',
  ':',
  '비밀',
  "it's",
];

test.for(PASSWORDS)('a URL is shown without its password %s', (password) => {
  expect(withoutPassword(`postgresql://shop:${password}@db:5432/shop`)).toBe(
    'postgresql://shop:***@db:5432/shop',
  );
  expect(withoutPassword(`redis://:${password}@cache:6379`)).toBe('redis://:***@cache:6379');
  expect(withoutPassword(`shop:${password}@db:5432/shop`)).toBe('shop:***@db:5432/shop');
});

test('a password among the parameters is hidden, a URL without one stays as it is', () => {
  expect(withoutPassword('postgresql://db:5432/shop?password=a@b#c&sslmode=require')).toBe(
    'postgresql://db:5432/shop?password=***&sslmode=require',
  );
  for (const url of ['redis://cache:6379', 'postgresql://shop@db/shop', '3000'])
    expect(withoutPassword(url)).toBe(url);
});

test('a password that would end the URL early is refused without being shown', () => {
  const read = () =>
    readConfig({
      DATABASE_URL: 'postgresql://shop:12/s3cret@db/shop',
      REDIS_URL: 'redis://cache',
      KAFKA_BROKERS: 'a:9092',
    });
  expect(read).toThrow(/DATABASE_URL: found "postgresql:\/\/shop:\*\*\*@db\/shop", needed .*percent-encoded/);
});
