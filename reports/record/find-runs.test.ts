import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { findRun, lastWrittenAt, listRuns, pruneRuns } from './find-runs.ts';
import { createRunDirectory } from './run-directory.ts';

function rootWithRuns(...days: number[]): string {
  const root = temporaryFolder();
  for (const day of days) {
    createRunDirectory({
      root,
      scenario: day % 2 ? 'peak-hour' : 'kafka-on-off',
      startedAt: new Date(Date.UTC(2025, 10, day)),
    });
  }
  return root;
}

test('a run is found by name, by path and as the latest, also where the latest is a file', () => {
  const root = rootWithRuns(1, 2);
  const directory = join(root, '2025-11-02T000000Z-kafka-on-off');
  for (const wanted of ['latest', '2025-11-02T000000Z-kafka-on-off', directory]) {
    expect(findRun(root, wanted)).toEqual({ found: true, directory });
  }
  rmSync(join(root, 'latest'));
  expect(findRun(root, 'latest')).toEqual({ found: true, directory });
  writeFileSync(join(root, 'latest'), '2025-11-01T000000Z-peak-hour\n');
  expect(findRun(root, 'latest')).toEqual({
    found: true,
    directory: join(root, '2025-11-01T000000Z-peak-hour'),
  });
});

test('an unknown name brings the nearest ones, the newest first among equals', () => {
  const found = findRun(rootWithRuns(1, 2, 3), 'peek-hour');
  expect(found).toEqual({
    found: false,
    nearest: [
      '2025-11-03T000000Z-peak-hour',
      '2025-11-01T000000Z-peak-hour',
      '2025-11-02T000000Z-kafka-on-off',
    ],
  });
});

/** An observer after so many minutes of silence, for whom no process lives. */
const silentFor = (minutes: number) => ({
  now: new Date(Date.now() + minutes * 60_000),
  host: 'here',
  isAlive: () => false,
});

test('pruning keeps the newest runs and nothing that is not a run', () => {
  const root = rootWithRuns(1, 2, 3);
  writeFileSync(join(root, 'notes.txt'), 'mine');
  expect(pruneRuns(root, 2, silentFor(60))).toEqual({
    removed: ['2025-11-01T000000Z-peak-hour'],
    spared: [],
  });
  expect(listRuns(root)).toHaveLength(2);
  expect(readdirSync(root)).toContain('notes.txt');
});

test('pruning never removes a run that still runs, nor one whose status is being broken right now', () => {
  const root = rootWithRuns(1, 2, 3);
  writeFileSync(join(root, '2025-11-02T000000Z-kafka-on-off', 'status.json'), '{');
  expect(pruneRuns(root, 1, silentFor(1))).toEqual({
    removed: [],
    spared: [
      { name: '2025-11-01T000000Z-peak-hour', reason: 'it still runs' },
      {
        name: '2025-11-02T000000Z-kafka-on-off',
        reason: 'its status cannot be read and it was just written to',
      },
    ],
  });
  expect(pruneRuns(root, 1, silentFor(60)).removed).toHaveLength(2);
});

test('a row that is being recorded keeps a run from being pruned, a report made of it does not', () => {
  const root = rootWithRuns(1, 2);
  const directory = join(root, '2025-11-01T000000Z-peak-hour');
  const old = new Date(Date.now() - 7_200_000);
  utimesSync(join(directory, 'status.json'), old, old);
  writeFileSync(join(directory, 'report.html'), '');
  expect(lastWrittenAt(directory).getTime()).toBeLessThan(Date.now() - 7_000_000);
  mkdirSync(join(directory, 'cells/kafka/0'), { recursive: true });
  writeFileSync(join(directory, 'cells/kafka/0/series.ndjson'), '');
  expect(pruneRuns(root, 1, silentFor(0)).spared).toHaveLength(1);
});

test('pruning never removes what `latest` points to, be it a link or a file', () => {
  const root = rootWithRuns(1, 2, 3);
  rmSync(join(root, 'latest'));
  symlinkSync('2025-11-01T000000Z-peak-hour', join(root, 'latest'), 'dir');
  const spared = [{ name: '2025-11-01T000000Z-peak-hour', reason: '`latest` points to it' }];
  expect(pruneRuns(root, 2, silentFor(60))).toEqual({ removed: [], spared });
  rmSync(join(root, 'latest'));
  writeFileSync(join(root, 'latest'), '2025-11-01T000000Z-peak-hour\n');
  expect(pruneRuns(root, 1, silentFor(60))).toEqual({ removed: ['2025-11-02T000000Z-kafka-on-off'], spared });
});
