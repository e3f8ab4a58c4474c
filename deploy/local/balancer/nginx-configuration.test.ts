import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nginxConfiguration } from './nginx-configuration.ts';

const FILE = readFileSync(new URL('../../nginx/nginx.conf', import.meta.url), 'utf8');
const places = { port: 8_100, apiPorts: [3_001, 3_002, 3_003], folder: '/somewhere' };

it('puts this machine’s addresses in place of the containers’ and keeps the rest', () => {
  const text = nginxConfiguration(FILE, places);
  expect(text.match(/server 127\.0\.0\.1:\d+/g)).toEqual([
    'server 127.0.0.1:3001',
    'server 127.0.0.1:3002',
    'server 127.0.0.1:3003',
  ]);
  expect(text).toContain('listen 127.0.0.1:8100;');
  expect(text).toContain('least_conn;');
  expect(text).not.toMatch(/include|listen 8000|\/tmp/);
});

it('limits sign-ins where they are deployed, and not where all come from one address', () => {
  expect(FILE).toMatch(/limit_req zone=sign-in /);
  expect(nginxConfiguration(FILE, places)).not.toMatch(/limit_req zone=/);
});

it('refuses a file in which there is nothing to replace', () => {
  expect(() => nginxConfiguration(FILE.replace('listen 8000;', 'listen 80;'), places)).toThrow(
    /deploy\/nginx\/nginx\.conf: found nothing like .*listen 8000/,
  );
});
