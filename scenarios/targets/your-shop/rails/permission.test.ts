import { expect, it } from 'vitest';
import { isLoopbackName } from './loopback-name.ts';
import { permissionText, readPermission, refusals } from './permission.ts';
import { createPermissionWatch } from './permission-watch.ts';

const NOW = Date.parse('2030-01-31T12:00:00Z');
const permission = { token: 'abc', expiresMs: NOW + 1_000, mostSessionsPerSecond: 5 };
const wanted = { token: 'abc', nowMs: NOW, sessionsPerSecond: 5 };

it.each([
  ['localhost', true],
  ['LOCALHOST.', true],
  ['shop.localhost', true],
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['[::1]', true],
  ['localhost.example', false],
  ['127.0.0.1.example', false],
  ['0.0.0.0', false],
  ['10.0.0.1', false],
  ['my.shop', false],
])('%s is this machine: %s', (name, is) => {
  expect(isLoopbackName(name)).toBe(is);
});

it('reads back what it writes, whatever stands around it', () => {
  const text = permissionText(permission);
  expect(readPermission(text)).toEqual({ kind: 'ok', permission });
  const around = `# of ours\r\n\r\nOwner: me\r\n ${text.replaceAll('\n', '\r\n').replace('token:', 'Token :')}`;
  expect(readPermission(around)).toEqual({ kind: 'ok', permission });
});

it('a day counts to its end', () => {
  expect(readPermission('token: a\nexpires: 2030-01-31\nmost-sessions-per-second: 0.5')).toMatchObject({
    permission: { expiresMs: Date.parse('2030-01-31T23:59:59.999Z'), mostSessionsPerSecond: 0.5 },
  });
});

it.each([
  ['', 3, 'token: found none'],
  ['<!doctype html><title>Our shop</title>', 3, 'token: found none'],
  ['token: a\nexpires: soon\nmost-sessions-per-second: 5', 1, 'expires: found soon'],
  [
    'token: a\nexpires: 2030-02-31T99:00Z\nmost-sessions-per-second: 5',
    1,
    'expires: found 2030-02-31T99:00Z',
  ],
  [
    'token: a\nexpires: 2030-01-31\nmost-sessions-per-second: many',
    1,
    'most-sessions-per-second: found many',
  ],
  ['token: a\nexpires: 2030-01-31\nmost-sessions-per-second: 0', 1, 'most-sessions-per-second: found 0'],
])('says all that is wrong with %j', (text, count, first) => {
  const read = readPermission(text);
  expect(read.kind === 'mistakes' && read.mistakes).toHaveLength(count);
  expect(read).toMatchObject({ mistakes: expect.arrayContaining([expect.stringContaining(first)]) });
});

it.each([
  ['all is well', {}, []],
  ['another token', { token: 'xyz' }, ['token: found that of somebody else']],
  ['over', { nowMs: NOW + 1_001 }, ['expires: found 2030-01-31T12:00:01.000Z, which is over']],
  [
    'too fast',
    { sessionsPerSecond: 6 },
    ['most-sessions-per-second: found 5, and the run would start up to 6'],
  ],
])('%s', (_, own, mistakes) => {
  const found = refusals(permission, { ...wanted, ...own });
  expect(found).toEqual(mistakes.map((text) => expect.stringContaining(text)));
});

const watch = () => createPermissionWatch('my.shop', (nowMs) => ({ ...wanted, nowMs }));
const text = { kind: 'text' as const, text: permissionText(permission) };
const none = { kind: 'no-answer' as const, because: 'ECONNREFUSED' };

it('the run goes on while the file permits it, and ends when it is deleted, replaced or over', () => {
  expect(watch()(text, NOW)).toBeNull();
  expect(watch()({ kind: 'status', status: 404 }, NOW)).toContain('its owner has stopped it');
  expect(watch()(text, NOW + 2_000)).toContain('does not permit it any more: expires');
  expect(watch()({ kind: 'text', text: 'stop' }, NOW)).toContain(
    'does not permit it any more: token: found none',
  );
});

it('a shop that is too busy to answer is asked again, three times in a row at most', () => {
  const look = watch();
  expect(
    [none, none, text, none, { kind: 'status' as const, status: 503 }].map((one) => look(one, NOW)),
  ).toEqual([null, null, null, null, null]);
  expect(look(none, NOW)).toContain('could not be read 3 times in a row (ECONNREFUSED)');
});
