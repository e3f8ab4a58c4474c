import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = (...words: string[]) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, 'load-main.ts'), ...words], {
    env: { ...process.env, DATABASE_URL: '' },
  });

it('as a program ends with exit code 3 and all mistakes at once', async () => {
  await expect(run('--people', 'x', '--as-of', '?', '--days', '0')).rejects.toMatchObject({
    code: 3,
    stderr: expect.stringMatching(
      /No database[\s\S]*--as-of is "\?"[\s\S]*--people is NaN[\s\S]*--days is 0; needed is a whole number from 1/,
    ),
  });
});

it('says what it can be asked for', async () => {
  expect((await run('--help')).stdout).toContain('--days N');
});
