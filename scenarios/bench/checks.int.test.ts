// Does every bench still work? Each goes its whole way once, small, on real services; nothing here says how fast.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCommand } from '../testing.ts';
import { benches } from './command/all.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-benches-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('every bench comes to its figures, and as much went through it as was sent', async () => {
  const { code, stdout, stderr } = await runCommand('scenarios/bench/command/main.ts', folder, [
    '--check',
    '--json',
  ]);
  const checks = JSON.parse(stdout) as { name: string; figureCount: number; mistakes: string[] }[];
  expect(checks.map(({ name, mistakes }) => ({ name, mistakes }))).toEqual(
    benches.map(({ name }) => ({ name, mistakes: [] })),
  );
  expect(stderr).toMatch(/^✓ drain: 3 figures, 2 counts$/m);
  expect(code).toBe(0);
}, 900_000);
