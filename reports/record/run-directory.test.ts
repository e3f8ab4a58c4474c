import {
  appendFileSync,
  cpSync,
  existsSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { HistogramLogReader } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import { sampleResult } from '../testing/sample-result.ts';
import { syntheticManifest } from '../testing/synthetic-manifest.ts';
import { syntheticAudit } from '../testing/synthetic-result.ts';
import { createRandom, syntheticRow } from '../testing/synthetic-seconds.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createHistogram, encodeHistogram } from './histograms.ts';
import { readFinishedRun, readRun } from './read-run.ts';
import { createRunDirectory } from './run-directory.ts';
import { summariseCells } from './summarise-cell.ts';

const root = temporaryFolder();
const startedAt = new Date('2025-11-21T11:00:00Z');
const spanStartedAt = new Date('2025-11-21T11:00:30Z');
const ROUTE = 'http.response/GET /products/:id';

function row(second: number) {
  const common = {
    durationSeconds: 4,
    stage: 3,
    hasBroker: true,
    deliveredRatio: 1,
    random: createRandom(second),
  };
  return syntheticRow({ ...common, second });
}

function encoded(...valuesMs: number[]): string {
  const histogram = createHistogram();
  for (const ms of valuesMs) histogram.recordValue(ms * 1000);
  return encodeHistogram(histogram);
}

function halfWrittenRun(scenario: string) {
  const run = createRunDirectory({ root, scenario, startedAt });
  run.writeManifest(syntheticManifest(scenario, 1, startedAt, ''));
  const cell = run.cell({ variant: 'kafka', level: '500', block: 2 });
  cell.writePlan({ seed: 3 });
  cell.startSpan(spanStartedAt);
  for (let second = -1; second < 5; second++) {
    cell.appendSeries(row(second));
    cell.appendHistogram(ROUTE, second, encoded(10 + second, 20), { count: second === 1 ? 1 : 0 });
  }
  return { run, cell };
}

test('what was written is read back', () => {
  const { run, cell } = halfWrittenRun('round-trip');
  cell.writeAudit(syntheticAudit(false, 3));
  run.writeResult(sampleResult('PASS'));
  run.finish();
  const read = readFinishedRun(run.directory);
  expect(read.status).toMatchObject({ state: 'finished', scenario: 'round-trip' });
  expect(read.result).toEqual(sampleResult('PASS'));
  expect(read.manifest.seed).toBe(1);
  expect(read.cells).toHaveLength(1);
  expect(read.cells[0]).toMatchObject({
    variant: 'kafka',
    level: '500',
    block: 2,
    metrics: [ROUTE],
    durationSeconds: 4,
  });
  expect(read.cells[0]!.series).toMatchObject([-1, 0, 1, 2, 3, 4].map(row));
  expect(read.cells[0]!.censored).toEqual([{ metric: ROUTE, second: 1, count: 1 }]);
  expect(read.cells[0]!.audit).toEqual(syntheticAudit(false, 3));
  expect(run.directory).toMatch(/2025-11-21T110000Z-round-trip$/);
});

test('an independent reader reads the histogram log, lead-in included', () => {
  const { cell } = halfWrittenRun('log');
  const text = readFileSync(join(cell.directory, 'http.response%2FGET%20%2Fproducts%2F%3Aid.hlog'), 'utf8');
  const reader = new HistogramLogReader(text);
  const starts: number[] = [];
  const maxima: number[] = [];
  for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram()) {
    starts.push((next.startTimeStampMsec - spanStartedAt.getTime()) / 1000);
    maxima.push(Math.round(next.maxValue / 1000));
  }
  expect(starts).toEqual([-1, 0, 1, 2, 3, 4]);
  expect(maxima).toEqual([20, 20, 20, 20, 20, 20]);
});

test('a summary counts the measured span only', () => {
  const { cell } = halfWrittenRun('summary');
  const metrics = summariseCells([cell.directory], 4);
  expect(metrics[ROUTE]).toMatchObject({ unit: 'ms', count: 8, censoredCount: 1 });
  const confirmed = [0, 1, 2, 3].reduce((sum, second) => sum + row(second).counts.ordersConfirmed!, 0);
  expect(metrics['orders.perHour']).toEqual({ unit: 'orders/h', value: (confirmed / 4) * 3600 });
  expect(metrics['kafka.lag']).toMatchObject({ unit: 'messages' });
});

test('requests count in the second they were intended for, a straggler with the rest, and that makes the failed ratio', () => {
  const { run, cell } = halfWrittenRun('intended');
  const ended = row(1);
  cell.appendRequests({ second: 0, succeeded: 90, failed: 2 });
  cell.appendRequests({ second: 1, succeeded: 80, failed: 20 });
  cell.appendRequests({ second: 0, succeeded: 0, failed: 8 });
  const [, first, second, third] = readRun(run.directory).cells[0]!.series;
  expect(first).toMatchObject({ counts: { intendedSucceeded: 90, intendedFailed: 10 } });
  expect(second).toMatchObject({
    counts: { intendedSucceeded: 80, intendedFailed: 20, requestsFailed: ended.counts.requestsFailed },
  });
  expect(third).toMatchObject({ counts: { intendedSucceeded: 0, intendedFailed: 0 } });
  expect(summariseCells([cell.directory], 4)['http.failedRatio']).toEqual({ unit: 'ratio', value: 30 / 200 });
  // In a record of older days they stand in the second they ended in.
  const { run: old } = halfWrittenRun('old');
  expect(readRun(old.directory).cells[0]!.series[2]).toMatchObject({
    counts: {
      intendedSucceeded: ended.counts.requestsSucceeded,
      intendedFailed: ended.counts.requestsFailed,
    },
  });
});

test('a summary says from which time on samples were cut off, and of old records that nobody knows', () => {
  const { cell } = halfWrittenRun('cut-off');
  cell.appendHistogram('order.confirmed', 0, encoded(900, 1_200, 3_000), { count: 2, fromMs: 1_200 });
  cell.appendHistogram('order.confirmed', 1, encoded(40, 5_000), { count: 1, fromMs: 5_000 });
  const metrics = summariseCells([cell.directory], 4);
  expect(metrics['order.confirmed']).toMatchObject({ count: 5, censoredCount: 3, censoredFromMs: 1_200 });
  expect(metrics[ROUTE]).not.toHaveProperty('censoredFromMs');
});

test('a killed run can be read, says that it has no result, and its cut last lines are left out', () => {
  const { run, cell } = halfWrittenRun('killed');
  appendFileSync(join(cell.directory, 'series.ndjson'), '{"second":5,"ph');
  const read = readRun(run.directory);
  expect(read).toMatchObject({ result: null, status: { state: 'running' } });
  expect(read.cells[0]!.series).toHaveLength(6);
  expect(() => readFinishedRun(run.directory)).toThrow(
    /without a result .*killed.*1 cell with 6 recorded seconds/,
  );
  run.abort('PostgreSQL did not start', new Date('2025-11-21T11:01:00Z'));
  expect(() => readFinishedRun(run.directory)).toThrow(/was aborted: PostgreSQL did not start/);
});

test('an error names the file, the place, what was found and what was needed', () => {
  const { run, cell } = halfWrittenRun('broken');
  const result = { ...sampleResult('PASS'), verdict: 'MAYBE' };
  writeFileSync(join(run.directory, 'result.json'), JSON.stringify(result));
  expect(() => readRun(run.directory)).toThrow(/result\.json: \/verdict .*found "MAYBE"/);
  expect(() => run.writeResult(result as never)).toThrow(/verdict/);
  writeFileSync(join(run.directory, 'result.json'), '{');
  expect(() => readRun(run.directory)).toThrow(/result\.json: found "\{", needed JSON/);
  expect(() => cell.appendSeries({ ...row(9), gauges: { stealRatio: Number.NaN } })).toThrow(
    /series row 9 .*stealRatio/,
  );
  expect(() => readRun(root)).toThrow(/found no status\.json/);
});

test('a second run of the same second gets a name of its own and becomes the latest', () => {
  const first = createRunDirectory({ root, scenario: 'twice', startedAt });
  const second = createRunDirectory({ root, scenario: 'twice', startedAt });
  expect(second.directory).toBe(`${first.directory}-2`);
  expect(readlinkSync(join(root, 'latest'))).toBe('2025-11-21T110000Z-twice-2');
  expect(() => first.finish()).toThrow(/needed writeResult before finish/);
});

test('a cell refuses what would be lost', () => {
  const run = createRunDirectory({ root, scenario: 'refusals', startedAt });
  const cell = run.cell({ variant: 'direct', level: null, block: 0 });
  expect(() => cell.appendHistogram(ROUTE, 0, encoded(1))).toThrow(/startSpan/);
  cell.close();
  expect(() => cell.appendSeries(row(0))).toThrow(/closed cell/);
});

test('a latest that came back from an archive as a folder stops no run, and is kept as the run that it is', () => {
  const archived = join(root, 'archived');
  const first = createRunDirectory({ root: archived, scenario: 'smoke', startedAt });
  const latest = join(archived, 'latest');
  rmSync(latest);
  cpSync(first.directory, latest, { recursive: true });
  const second = createRunDirectory({ root: archived, scenario: 'smoke', startedAt: spanStartedAt });
  expect(readlinkSync(latest)).toBe(basename(second.directory));
  expect(existsSync(join(archived, '2025-11-21T110000Z-smoke-copy-1', 'status.json'))).toBe(true);

  rmSync(latest);
  renameSync(first.directory, latest);
  createRunDirectory({ root: archived, scenario: 'smoke', startedAt: new Date('2025-11-21T12:00:00Z') });
  expect(existsSync(join(first.directory, 'status.json'))).toBe(true);
});
