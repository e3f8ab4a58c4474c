// A run that was recorded before rows had a version: its page, its table and a comparison with it are made as ever.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareCommand } from '../compare/compare-command.ts';
import { writeReports } from '../files/write-reports.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { plainValueOf } from '../words/metric-names.ts';
import { readFinishedRun } from './read-run.ts';
import { SERIES_VERSION } from './series.ts';
import { summariseCells } from './summarise-cell.ts';

function olderRun(): string {
  const folder = join(temporaryFolder(), '2025-11-21T110000Z-smoke');
  cpSync(join(import.meta.dirname, 'testing', 'run-without-row-versions'), folder, { recursive: true });
  return folder;
}

test('rows without a version are read in today’s form', () => {
  const [cell] = readFinishedRun(olderRun()).cells;
  const [first] = cell!.series;
  expect(first).toMatchObject({ version: SERIES_VERSION, second: -1, phase: 'lead-in' });
  expect(first!.counts.sessionsPlanned).toBeGreaterThan(0);
  expect(first!.gauges.sessionsActive).toBeGreaterThan(0);
  // What the record does not have stays absent.
  expect(first!.counts).not.toHaveProperty('signUpsPlanned');
  expect(cell!.series.find(({ phase }) => phase === 'measure')?.counts.signUpsPlanned).toBe(2);
});

test('their summary is what it was', () => {
  const { cells, result } = readFinishedRun(olderRun());
  const today = summariseCells([cells[0]!.directory], 4);
  const then = result.variants.kafka!.metrics;
  for (const name of [
    'orders.perHour',
    'sessions.conversionRatio',
    'http.failedRatio',
    'kafka.lag',
    'signUps.planned',
  ])
    expect(plainValueOf(today, name), name).toEqual(plainValueOf(then, name));
});

test('reports and comparisons are made from them', async () => {
  const run = olderRun();
  const { page, series } = await writeReports(run);
  expect(readFileSync(page, 'utf8')).toContain('data-chart="lag"');
  expect(readFileSync(series, 'utf8').split('\r\n')[1]).toMatch(/^kafka,,0,-1,lead-in,\d+/);
  const places = { runs: join(run, '..'), baselines: temporaryFolder() } as never;
  expect(compareCommand([run, run], places).exitCode).toBe(0);
});
