import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFree } from '../programs/free-ports.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stampede-main-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function stack(args: string[], more: NodeJS.ProcessEnv = {}) {
  const { DATABASE_URL: _1, REDIS_URL: _2, KAFKA_BROKERS: _3, ...rest } = process.env;
  const env = { ...rest, STAMPEDE_HOME: home, TMPDIR: home, ...more };
  return spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    encoding: 'utf8',
    env,
  });
}

test('an unknown command names the nearest one and is a usage error', () => {
  const { status, stderr } = stack(['stats']);
  expect(stderr).toContain("unknown command 'stats'");
  expect(stderr).toContain('Did you mean status?');
  expect(status).toBe(3);
});

test('an unknown service names those that there are', () => {
  const { status, stderr } = stack(['logs', 'redi']);
  expect(stderr).toContain('Allowed choices are postgres, redis, kafka.');
  expect(status).toBe(3);
});

test('a count that is none is a usage error', () => {
  expect(stack(['logs', '-n', 'many'])).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('found "many", needs a whole number'),
  });
  expect(stack(['up', '--brokers', '2'])).toMatchObject({
    status: 3,
    stderr: '✗ --brokers is 2; Kafka runs here with 1 broker or 3.\n',
  });
});

test('with nothing up, status and down say so and logs names the next step', () => {
  expect(stack(['status']).stdout).toContain('Bring up what is not: npm run stack -- up');
  expect(stack(['down']).stdout).toBe('Nothing was up.\n');
  expect(stack(['logs'])).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('npm run stack -- up'),
  });
});

test('an address in the environment that does not answer is an error that hides its password', () => {
  const { status, stderr } = stack(['up'], { DATABASE_URL: 'postgresql://shop:s3cret@127.0.0.1:1/shop' });
  expect(status).toBe(3);
  expect(stderr).toContain(
    'DATABASE_URL is set to postgresql://shop@127.0.0.1:1/shop, but nothing there answers',
  );
  expect(stderr).toContain('ECONNREFUSED');
  expect(stderr).not.toContain('s3cret');
});

test('a port that is taken is not free', async () => {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as { port: number };
  expect(await isFree(port)).toBe(false);
  await new Promise((settle) => server.close(settle));
  expect(await isFree(port)).toBe(true);
});
