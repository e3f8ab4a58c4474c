import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunDirectory } from '../record/run-directory.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { reportCommand } from './report-command.ts';

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

test('a run without a result has a page that says what was recorded, and the exit code stays 3', async () => {
  const root = temporaryFolder();
  const run = createRunDirectory({
    root,
    scenario: 'peak-hour',
    startedAt: new Date('2025-11-21T11:00:00Z'),
  });
  run.abort('Redis went away.', new Date('2025-11-21T11:02:00Z'));
  const page = join(run.directory, 'report.html');
  expect(await reportCommand([], root)).toEqual({
    exitCode: 3,
    output: [],
    errors: [
      expect.stringContaining('it was aborted: Redis went away.'),
      `page     ${page} says what was recorded; there is no verdict`,
    ],
  });
  expect(readFileSync(page, 'utf8')).toContain('Aborted after 02:00: Redis went away.');
});

test('the gallery is served until it is closed, and wrong ports or mixed jobs are errors', async () => {
  const root = temporaryFolder();
  const { exitCode, output, gallery } = await reportCommand(['--serve', '--port', '0'], root);
  expect([exitCode, output[0]]).toEqual([0, expect.stringContaining('http://127.0.0.1:')]);
  expect(await (await fetch(gallery!.url)).text()).toContain('There is no run in');
  const { port } = new URL(gallery!.url);
  expect(await reportCommand(['--serve', '--port', port], root)).toMatchObject({
    exitCode: 3,
    errors: [expect.stringContaining(`port ${port} is taken`)],
  });
  await gallery!.close();
  await expect(fetch(gallery!.url)).rejects.toThrow();
  for (const argv of [
    ['--port', '1'],
    ['--serve', '--port', 'x'],
    ['--serve', '--prune', '1'],
    ['--serve', 'run'],
  ]) {
    expect(await reportCommand(argv, root)).toMatchObject({ exitCode: 3, output: [] });
  }
});

test('pruning says what it removed and what it spared', async () => {
  const root = temporaryFolder();
  for (const day of [1, 2, 3]) {
    const run = createRunDirectory({ root, scenario: 'old', startedAt: new Date(Date.UTC(2025, 0, day)) });
    if (day > 1) run.abort('Stopped.', new Date());
  }
  const { output } = await reportCommand(['--prune', '1'], root);
  expect(output).toEqual([
    'removed 2025-01-02T000000Z-old',
    'spared 2025-01-01T000000Z-old: it still runs',
    '1 run removed, the newest 1 kept',
  ]);
});
