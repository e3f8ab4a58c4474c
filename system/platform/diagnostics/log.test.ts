import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { logOptions } from './log.ts';

test('secrets are blacked out wherever they usually stand', () => {
  let written = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  const log = pino(logOptions({ level: 'info', name: 'test' }), output);
  const secrets = { password: 'hunter2', accessToken: 'hunter2', headers: { authorization: 'hunter2' } };
  log.info({ ...secrets, request: secrets }, 'signed in');
  expect(written).toMatch('signed in');
  expect(written).not.toMatch('hunter2');
});
