import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunDirectory } from '../record/run-directory.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { entrySentence, findableOf } from './entry-words.ts';
import { createEntryReader, wordOfEntry } from './list-entries.ts';

const day = (number: number) => new Date(Date.UTC(2025, 10, number));
const observer = (now: Date) => () => ({ now, host: 'here', isAlive: () => true });

test('runs are listed newest first, with what became of those that have no result', () => {
  const root = temporaryFolder();
  writeSyntheticRun({ root, startedAt: day(1), durationSeconds: 2, verdict: 'FAIL' });
  createRunDirectory({ root, scenario: 'flash-sale', startedAt: day(2) }).abort(
    'No broker answered.',
    day(2),
  );
  createRunDirectory({ root, scenario: 'peak-hour', startedAt: day(3) });
  const words = (now: Date) => createEntryReader(root, observer(now)).list().map(wordOfEntry);
  expect(words(new Date())).toEqual(['RUNNING', 'ABORTED', 'FAIL']);
  expect(words(new Date(Date.now() + 31 * 60_000))).toEqual(['KILLED', 'ABORTED', 'FAIL']);
  const [running, aborted] = createEntryReader(root).list();
  expect(entrySentence(running!)).toMatch(/^Still running, last written /);
  expect(entrySentence(aborted!)).toBe('Aborted: No broker answered.');
  expect(findableOf(aborted!)).toMatchObject({ scenario: 'flash-sale', verdict: 'ABORTED' });
});

test('a run that cannot be read is listed with the reason and does not hide the others', () => {
  const root = temporaryFolder();
  writeSyntheticRun({ root, startedAt: day(1), durationSeconds: 2 });
  const broken = writeSyntheticRun({ root, startedAt: day(2), durationSeconds: 2 });
  writeFileSync(join(broken, 'result.json'), '{"schemaVersion": 1, "verdict": "MAYBE"}');
  rmSync(join(writeSyntheticRun({ root, startedAt: day(3), durationSeconds: 2 }), 'result.json'));
  mkdirSync(join(root, '2025-11-04T000000Z-empty'));
  mkdirSync(join(root, 'notes'));
  const entries = createEntryReader(root).list();
  expect(entries.map(wordOfEntry)).toEqual(['UNREADABLE', 'UNREADABLE', 'UNREADABLE', 'PASS']);
  expect(entries.map(entrySentence)).toEqual([
    'status.json: found no file, needed one',
    'result.json: found no file in a finished run, needed one',
    expect.stringMatching(/^result\.json: .*verdict/),
    expect.any(String),
  ]);
  expect(findableOf(entries[0]!).scenario).toBe('empty');
});

test('a run that changed since the last look is read again', () => {
  const root = temporaryFolder();
  const run = createRunDirectory({ root, scenario: 'peak-hour', startedAt: day(1) });
  const reader = createEntryReader(root);
  expect(reader.list().map(wordOfEntry)).toEqual(['RUNNING']);
  run.abort('Stopped.', day(1));
  expect(reader.list().map(wordOfEntry)).toEqual(['ABORTED']);
});

test('only a listed name finds a run', () => {
  const [outside, root] = [temporaryFolder(), temporaryFolder()];
  const { directory } = createRunDirectory({ root: outside, scenario: 'secret', startedAt: day(1) });
  writeSyntheticRun({ root, startedAt: day(1), durationSeconds: 2 });
  rmSync(join(root, 'latest'));
  symlinkSync(directory, join(root, 'latest'));
  const reader = createEntryReader(root);
  expect(reader.find('2025-11-01T000000Z-peak-hour')).toMatchObject({ kind: 'finished' });
  for (const name of [
    'latest',
    '..',
    '.',
    '',
    directory,
    `../${directory}`,
    '2025-11-01T000000Z-peak-hour/',
  ]) {
    expect(reader.find(name)).toBeNull();
  }
});
