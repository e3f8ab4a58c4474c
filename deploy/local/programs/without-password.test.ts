import { expect, test } from 'vitest';
import { needsEncoding, withoutPassword } from './without-password.ts';

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

test.for(PASSWORDS)('an address is shown without its password %s', (password) => {
  expect(withoutPassword(`postgresql://shop:${password}@db:5432/shop`)).toBe(
    'postgresql://shop@db:5432/shop',
  );
  expect(withoutPassword(`redis://:${password}@cache:6379`)).toBe('redis://@cache:6379');
  expect(withoutPassword(`shop:${password}@db:5432/shop`)).toBe('shop@db:5432/shop');
});

test('a password among the parameters is hidden, an address without one stays as it is', () => {
  expect(withoutPassword('postgresql://db:5432/shop?password=a@b#c&sslmode=require')).toBe(
    'postgresql://db:5432/shop?password=***&sslmode=require',
  );
  for (const address of ['redis://cache:6379', 'postgresql://shop@db/shop', '127.0.0.1:9092,127.0.0.1:9093'])
    expect(withoutPassword(address)).toBe(address);
});

test('what an address cannot hold is told from what it can', () => {
  for (const password of ['a/b', 'a#b', 'a?b', '100%', '12/34'])
    expect(needsEncoding(`postgresql://shop:${password}@db:5432/shop`), password).toBe(true);
  for (const password of ['plain', 'a@b', 'a:b', 'a%2Fb', 'a b'])
    expect(needsEncoding(`postgresql://shop:${password}@db:5432/shop`), password).toBe(false);
  expect(needsEncoding('postgresql://db:5432/shop?sslmode=disable')).toBe(false);
});
