import { expect, it } from 'vitest';
import { CookieJar } from './cookies.ts';

const shop = new URL('https://shop.example/account/sign-in');

it('sends a cookie under its path and to its host only', () => {
  const jar = new CookieJar(() => 0);
  jar.keep(shop, ['a=1; Path=/', 'b=2; Path=/account', 'c=3', 'd=4; Path=/; Domain=shop.example']);
  expect(jar.headerFor(new URL('https://shop.example/'))).toBe('a=1; d=4');
  expect(jar.headerFor(new URL('https://shop.example/account/orders'))).toBe('a=1; b=2; c=3; d=4');
  expect(jar.headerFor(new URL('https://shop.example/accounts'))).toBe('a=1; d=4');
  expect(jar.headerFor(new URL('https://api.shop.example/'))).toBe('d=4');
  expect(jar.headerFor(new URL('https://other.example/'))).toBeNull();
});

it('keeps the newest of a name until it ends, and nothing of somebody else', () => {
  let nowMs = 1_000;
  const jar = new CookieJar(() => nowMs);
  jar.keep(shop, 'a=1; Path=/; Max-Age=10');
  jar.keep(shop, 'a=2; Path=/; Max-Age=10');
  jar.keep(shop, 'evil=1; Path=/; Domain=other.example');
  jar.keep(shop, '');
  expect(jar.headerFor(shop)).toBe('a=2');
  nowMs = 12_000;
  expect(jar.headerFor(shop)).toBeNull();
  jar.keep(shop, 'b=1; Path=/');
  jar.keep(shop, 'b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
  expect(jar.headerFor(shop)).toBeNull();
});
