import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { currentCommit } from './checkout.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-checkout-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const git = (...words: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', ...words],
    {
      cwd: folder,
      stdio: 'pipe',
    },
  );

it('tells one uncommitted change from another, in files that are known and in new ones', async () => {
  expect(await currentCommit(folder)).toEqual({ commit: null, isDirty: false, changesHash: null });
  git('init', '--quiet');
  writeFileSync(join(folder, 'known.ts'), 'a');
  git('add', '.');
  git('commit', '--quiet', '--no-verify', '-m', 'begin');
  const clean = await currentCommit(folder);
  expect(clean).toMatchObject({
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    isDirty: false,
    changesHash: null,
  });
  const hashes = new Set<string | null>([clean.changesHash]);
  for (const [file, text] of [
    ['known.ts', 'b'],
    ['known.ts', 'c'],
    ['new file.ts', 'a'],
    ['new file.ts', 'b'],
  ] as const) {
    writeFileSync(join(folder, file), text);
    const { isDirty, changesHash } = await currentCommit(folder);
    expect(isDirty).toBe(true);
    hashes.add(changesHash);
  }
  expect(hashes.size).toBe(5);
  expect(await currentCommit(folder)).toEqual(await currentCommit(folder));
});
