// Whom a guest's token is believed to be of.
import { expect, test } from 'vitest';
import { createVisitorToken, visitorIdOf } from './visitor-token.ts';

test('a token of the shop’s own names somebody, always the same, and two name two', () => {
  const [one, other] = [createVisitorToken('secret'), createVisitorToken('secret')];
  expect(visitorIdOf(one, 'secret')).toMatch(/^[0-9a-f]{32}$/);
  expect(visitorIdOf(one, 'secret')).toBe(visitorIdOf(one, 'secret'));
  expect(visitorIdOf(one, 'secret')).not.toBe(visitorIdOf(other, 'secret'));
});

test('a token that was made up, altered or signed by another shop names nobody', () => {
  const token = createVisitorToken('secret');
  const [id = '', signature = ''] = token.split('.');
  const others = createVisitorToken('secret').split('.');
  const altered = `${id.startsWith('0') ? '1' : '0'}${id.slice(1)}`;
  for (const forged of [
    '',
    '.',
    'x',
    id,
    `${id}.`,
    `.${signature}`,
    `${altered}.${signature}`,
    `${id}.${others[1]}`,
    `${id}.${'A'.repeat(43)}`,
    `${id.toUpperCase()}x.${signature}`,
    `${token}x`,
    ` ${token}`,
    `shop|1.${signature}`,
    createVisitorToken('another secret'),
  ])
    expect(visitorIdOf(forged, 'secret'), forged).toBeNull();
});
