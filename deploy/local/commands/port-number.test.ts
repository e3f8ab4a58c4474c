import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { portNumber, refuseTakenPort } from './port-number.ts';

const home = mkdtempSync(join(tmpdir(), 'stampede-port-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test.for(['99999', '6000', '0', 'x'])('the shop refuses port %s before anything is started', (port) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'shop.ts'), '--port', port],
    {
      env: { ...process.env, STAMPEDE_HOME: home, TMPDIR: home },
      encoding: 'utf8',
      timeout: 30_000,
    },
  );
  expect(stderr).toMatch(/'--port <number>'.*needs a(nother)? port/);
  expect(status).toBe(3);
  expect(readdirSync(home)).toEqual([]);
});

test('an ordinary port is taken as it is', () => expect(portNumber('3000')).toBe(3_000));

test('a port that something listens on is refused', async () => {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as { port: number };
  await expect(refuseTakenPort(port)).rejects.toThrow(`--port is ${port}`);
  await new Promise((settle) => server.close(settle));
  await refuseTakenPort(port);
});
