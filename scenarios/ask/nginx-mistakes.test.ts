import { expect, it } from 'vitest';
import { balance } from '../questions/balance.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { nginxMistakes } from './nginx-mistakes.ts';

it('misses nginx only where it is wanted, and says what to do', () => {
  const missing = 'found no nginx at /usr/sbin/nginx, needed one: apt-get install nginx-light';
  expect(nginxMistakes(balance, { missing })).toEqual([`shop.balancer=nginx: ${missing}.`]);
  const behind = { ...peakHour, shop: { ...peakHour.shop, balancer: 'nginx' as const } };
  expect(nginxMistakes(behind, { missing })).toHaveLength(1);
  expect(nginxMistakes(peakHour, { missing })).toEqual([]);
  expect(nginxMistakes(balance, { path: '/usr/sbin/nginx' })).toEqual([]);
});
