import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { findRun, listRuns, pruneRuns } from './find-runs.ts';
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

test('pruning keeps the newest runs and nothing that is not a run', () => {
  const root = rootWithRuns(1, 2, 3);
  writeFileSync(join(root, 'notes.txt'), 'mine');
  expect(pruneRuns(root, 2)).toEqual(['2025-11-01T000000Z-peak-hour']);
  expect(listRuns(root)).toHaveLength(2);
  expect(readdirSync(root)).toContain('notes.txt');
});
