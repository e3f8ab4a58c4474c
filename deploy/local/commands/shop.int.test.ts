// `npm run shop` as a person runs it, on services of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runningRecords } from '../programs/program-records.ts';
import { endOrphans } from '../programs/programs.ts';
import { homePaths, stampedeHome } from '../programs/state-directory.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stampede-shop-'));
  chmodSync(home, 0o755);
  const libs = homePaths(stampedeHome()).kafkaLibs;
  if (existsSync(libs)) symlinkSync(libs, join(home, 'kafka-libs'));
});
afterEach(async () => {
  await endOrphans(home);
  rmSync(home, { recursive: true, force: true });
});

test('the shop opens on a data set of its own and Ctrl-C closes everything', async () => {
  const { DATABASE_URL: _1, REDIS_URL: _2, KAFKA_BROKERS: _3, ...rest } = process.env;
  const shop = spawn(
    process.execPath,
    [join(import.meta.dirname, 'shop.ts'), '--people', '20', '--products', '30'],
    {
      env: { ...rest, STAMPEDE_HOME: home, TMPDIR: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  for (const stream of [shop.stdout, shop.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  }
  const ended = once(shop, 'exit');
  await expect.poll(() => said, { timeout: 150_000, interval: 50 }).toMatch(/The shop is open|✗/);
  const url = /The shop is open: (\S+)/.exec(said)?.[1];
  expect(url, said).toBeDefined();
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  await expect.poll(() => said, { timeout: 150_000, interval: 50 }).toMatch(/Sign in as/);
  const [, email, password] = /Sign in as (\S+) with (\S+):/.exec(said) ?? [];
  const signIn = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  expect(signIn.status).toBe(201);
  expect(
    runningRecords(home)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['kafka-1', 'postgres', 'redis', 'shop']);
  shop.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(runningRecords(home)).toEqual([]);
});
