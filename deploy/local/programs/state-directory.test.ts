import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Runs a command where a mount of its own, which nobody else sees, is read-only. */
function onReadOnly(script: string): { stdout: string; isPossible: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-read-only-'));
  const mounted = `mount -t tmpfs -o ro tmpfs "${folder}" && echo mounted && { ${script.replaceAll('$MOUNT', folder)}; }`;
  const { stdout, stderr } = spawnSync('unshare', ['--mount', 'sh', '-c', mounted], { encoding: 'utf8' });
  rmSync(folder, { recursive: true, force: true });
  return { stdout: stdout + stderr, isPossible: stdout.startsWith('mounted') };
}

const root = process.getuid?.() === 0 && onReadOnly('true').isPossible;

test.runIf(root)('a state directory on a read-only mount is told as that', () => {
  const { stdout } = onReadOnly(
    `STAMPEDE_HOME=$MOUNT/x "${process.execPath}" "${import.meta.dirname}/../commands/main.ts" status`,
  );
  expect(stdout).toContain(
    'is on a read-only file system. Set STAMPEDE_HOME to a folder that you may write to.',
  );
  expect(stdout).not.toContain('ENOENT');
});
