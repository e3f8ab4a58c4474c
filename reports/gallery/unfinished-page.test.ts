import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPartialRun } from '../record/read-run.ts';
import { createRunDirectory } from '../record/run-directory.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { renderUnfinishedReport } from './unfinished-page.ts';

const root = temporaryFolder();
const observer = { now: new Date(Date.now() + 3_600_000), host: 'elsewhere', isAlive: () => false };

/** A run that lost its result, with this written over its status. */
function unfinishedRun(day: number, status: object): string {
  const directory = writeSyntheticRun({
    root,
    startedAt: new Date(Date.UTC(2025, 10, day)),
    durationSeconds: 30,
  });
  rmSync(join(directory, 'result.json'));
  const path = join(directory, 'status.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...status }));
  return directory;
}

test('an aborted run says when, why, and what was recorded by then', async () => {
  const directory = unfinishedRun(1, {
    state: 'aborted',
    finishedAt: '2025-11-01T00:03:10.000Z',
    reason: 'PostgreSQL did not <start>',
  });
  const page = await renderUnfinishedReport(readPartialRun(directory), observer);
  expect(page).toContain('■ ABORTED');
  expect(page).toContain('⊘ No verdict');
  expect(page).toContain(
    'Aborted after 03:10: PostgreSQL did not &lt;start&gt;. Recorded by then: 1 single run with 58 recorded seconds.',
  );
  expect(page).toContain('<polyline class="sent"');
  expect(page).not.toContain('<script');
});

test('a killed run says until when it was written, and a cut-off or broken file breaks nothing', async () => {
  const directory = unfinishedRun(2, { state: 'running', finishedAt: null });
  appendFileSync(join(directory, 'cells/kafka/0/series.ndjson'), '{"second": 5');
  expect(await renderUnfinishedReport(readPartialRun(directory), observer)).toMatch(
    /† KILLED.*Killed, or its machine went down: nothing was written after .* 58 recorded seconds/s,
  );
  writeFileSync(join(directory, 'cells/kafka/0/series.ndjson'), 'not rows\n');
  writeFileSync(join(directory, 'manifest.json'), '{');
  const page = await renderUnfinishedReport(readPartialRun(directory), observer);
  expect(page).toContain('What could not be read');
  expect(page).toContain('ended before the first shopper came');
});

test('what no second was recorded of is not measured, and no 0', async () => {
  const directory = unfinishedRun(4, { state: 'aborted', finishedAt: '2025-11-04T00:00:09.000Z' });
  writeFileSync(join(directory, 'cells/kafka/0/series.ndjson'), '');
  const page = await renderUnfinishedReport(readPartialRun(directory), observer);
  const row = page.slice(page.indexOf('kafka, block 0'));
  expect(row.slice(0, row.indexOf('</tr>')).match(/<td class="number">–<\/td>/g)).toHaveLength(4);
});

test('a run that was aborted before anything was recorded has a page too', async () => {
  const run = createRunDirectory({ root, scenario: 'early', startedAt: new Date('2025-11-03T00:00:00Z') });
  run.abort('Kafka: found no Java, needed 17.', new Date('2025-11-03T00:00:04Z'));
  const page = await renderUnfinishedReport(readPartialRun(run.directory), observer);
  expect(page).toContain('Aborted after 00:04: Kafka: found no Java, needed 17.');
  expect(page).toContain('ended before it wrote down what it was to run');
});
