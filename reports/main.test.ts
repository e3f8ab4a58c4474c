// The command as a process: a reader that goes away and a gallery that is ended are no verdicts.
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');

function start(words: readonly string[], stdout: 'pipe' | number, cwd: string) {
  const child = spawn(process.execPath, [main, ...words], { cwd, stdio: ['ignore', stdout, 'pipe'] });
  const said = { out: '', error: '' };
  child.stdout?.on('data', (chunk) => (said.out += chunk));
  child.stderr?.on('data', (chunk) => (said.error += chunk));
  const ended = new Promise<number | null>((settle) => child.on('close', (code) => settle(code)));
  return { child, said, ended };
}

test.skipIf(process.platform !== 'linux')('output that nothing takes exits with 3', async () => {
  const { ended, said } = start(['--help'], openSync('/dev/full', 'w'), tmpdir());
  expect(await ended).toBe(3);
  expect(said.error).toContain('ENOSPC');
});

test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends the gallery with 0', async (signal) => {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-gallery-'));
  const { child, said, ended } = start(['--serve', '--port', '0'], 'pipe', folder);
  await expect.poll(() => said.out + said.error, { timeout: 30_000 }).toContain('http://');
  child.kill(signal);
  expect(await ended).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});
