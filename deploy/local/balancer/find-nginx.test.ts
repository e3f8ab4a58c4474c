import { expect, it } from 'vitest';
import { findNginx } from './find-nginx.ts';

it('takes the one that is named, else one in a usual place', () => {
  expect(findNginx({}, (path) => path === '/usr/sbin/nginx')).toEqual({ path: '/usr/sbin/nginx' });
  expect(findNginx({ NGINX_PATH: '/opt/nginx' }, () => true)).toEqual({ path: '/opt/nginx' });
});

it('says what to do when there is none', () => {
  expect(findNginx({ NGINX_PATH: '/opt/nginx' }, () => false)).toEqual({
    missing:
      'found no nginx at /opt/nginx, needed one: apt-get install nginx-light, or name one in NGINX_PATH',
  });
});
