import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunDirectory } from './record/run-directory.ts';
import { reportCommand } from './report-command.ts';
import { writeSyntheticRun } from './testing/synthetic-run.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

test('the reports of the latest run are made again', async () => {
  const root = temporaryFolder();
  const directory = writeSyntheticRun({ root, durationSeconds: 5 });
  const page = join(root, 'page.html');
  const outcome = await reportCommand(['--out', page], root);
  expect(outcome).toMatchObject({ exitCode: 0, errors: [] });
  expect(outcome.output[0]).toBe('✓ PASS       peak-hour: 4 of 4 limits kept');
  expect(readFileSync(page, 'utf8')).toContain('✓ PASS');
  for (const name of ['junit.xml', 'summary.md']) expect(existsSync(join(directory, name))).toBe(true);
});

test('an unknown run is an error that lists the nearest names', async () => {
  const root = temporaryFolder();
  writeSyntheticRun({ root, durationSeconds: 2 });
  const { exitCode, errors } = await reportCommand(['peak-our'], root);
  expect(exitCode).toBe(3);
  expect(errors).toContain('  2025-11-21T110000Z-peak-hour');
  expect(await reportCommand([], temporaryFolder())).toMatchObject({ exitCode: 3 });
});

test('a run without a result, a wrong option and a wrong number are errors', async () => {
  const root = temporaryFolder();
  createRunDirectory({ root, scenario: 'killed', startedAt: new Date('2025-11-21T11:00:00Z') });
  expect((await reportCommand([], root)).errors[0]).toContain('found a run without a result');
  for (const argv of [['--nope'], ['--prune', '0'], ['one', 'two']]) {
    expect(await reportCommand(argv, root)).toMatchObject({ exitCode: 3, output: [] });
  }
});

test('pruning says what it removed', async () => {
  const root = temporaryFolder();
  for (const day of [1, 2])
    createRunDirectory({ root, scenario: 'old', startedAt: new Date(Date.UTC(2025, 0, day)) });
  const { output } = await reportCommand(['--prune', '1'], root);
  expect(output).toEqual(['removed 2025-01-01T000000Z-old', '1 run removed, the newest 1 kept']);
});
