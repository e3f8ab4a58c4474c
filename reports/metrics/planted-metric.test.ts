// A latency and a count that no shop has yet: where they appear from their entries alone, when they are planted in the tables
// and recorded in a run. The terminal's figures are planted in scenarios/cell/planted-figures.test.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, it, vi } from 'vitest';
import { comparedFigures } from '../compare/compared-figures.ts';
import { renderJUnit } from '../files/junit.ts';
import { renderMarkdown } from '../files/markdown.ts';
import { renderSeriesCsv } from '../files/series-csv.ts';
import { comparePage } from '../gallery/compare-page.ts';
import { createEntryReader } from '../gallery/list-entries.ts';
import { chartSpec } from '../html/client/charts/chart-specs.ts';
import { liveValue } from '../html/client/live-value.ts';
import { createPageHistograms } from '../html/client/view/page-histograms.ts';
import { buildPageData } from '../html/data/build-page-data.ts';
import { pageBody } from '../html/page-body.ts';
import { type FinishedRun, readFinishedRun } from '../record/read-run.ts';
import type { RunResult } from '../record/result.ts';
import { summariseCells } from '../record/summarise-cell.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { plainValueOf } from '../words/metric-names.ts';
import { TOY_COUNT, TOY_LATENCY } from './testing/toy-entries.ts';

vi.mock('./latencies.ts', async (original) => {
  const real = await original<typeof import('./latencies.ts')>();
  return { ...real, TIMES: [...real.TIMES, (await import('./testing/toy-entries.ts')).TOY_LATENCY] };
});
vi.mock('./counts.ts', async (original) => {
  const real = await original<typeof import('./counts.ts')>();
  return { ...real, COUNTS: [...real.COUNTS, (await import('./testing/toy-entries.ts')).TOY_COUNT] };
});

const SECONDS = 6;
const root = temporaryFolder();
let older: FinishedRun;
let run: FinishedRun;

/** A run in which the toys were recorded: three coupons a second, whose waits are those of the orders. */
function runWithToys(startedAt: Date, variants: string[]): FinishedRun {
  const directory = writeSyntheticRun({
    root,
    durationSeconds: SECONDS,
    leadInSeconds: 0,
    startedAt,
    variants,
  });
  const cells = readFinishedRun(directory).cells;
  for (const cell of cells) {
    const series = join(cell.directory, 'series.ndjson');
    const rows = readFileSync(series, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const withCoupons = rows.map((row) => ({ ...row, counts: { ...row.counts, [TOY_COUNT.name]: 3 } }));
    writeFileSync(series, withCoupons.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const waits = readFileSync(join(cell.directory, 'order.confirmed.hlog'), 'utf8');
    writeFileSync(join(cell.directory, `${TOY_LATENCY.name}.hlog`), waits);
  }
  const path = join(directory, 'result.json');
  const result: RunResult = JSON.parse(readFileSync(path, 'utf8'));
  for (const [key, variant] of Object.entries(result.variants)) {
    const own = cells.filter(({ variant: name }) => name === key).map((cell) => cell.directory);
    variant.metrics = summariseCells(own, SECONDS);
  }
  const [limit] = result.thresholds;
  const missed = { ...limit!, name: 'coupon-p95', metric: TOY_LATENCY.name, statistic: 'p95', ok: false };
  result.thresholds = [missed];
  const [compared] = result.comparisons;
  if (compared !== undefined) result.comparisons = [{ ...compared, metric: TOY_LATENCY.name }];
  writeFileSync(path, JSON.stringify(result));
  return readFinishedRun(directory);
}

beforeAll(() => {
  older = runWithToys(new Date('2025-11-21T11:00:00Z'), ['kafka']);
  run = runWithToys(new Date('2025-11-21T12:00:00Z'), ['kafka']);
});

it('the summary of the run has them', () => {
  const { metrics } = run.result.variants.kafka!;
  expect(metrics[TOY_LATENCY.name]).toMatchObject({ unit: 'ms', censoredCount: 0 });
  expect(plainValueOf(metrics, TOY_COUNT.summary.name)).toEqual({ unit: 'coupons', value: 3 * SECONDS });
});

it('the page has their tiles and the frame of the wait over time', () => {
  const page = pageBody(run).markup;
  expect(page).toContain(
    `<dt>coupon in the shopper’s hands p95</dt><dd data-live="p95 ${TOY_LATENCY.name}">`,
  );
  expect(page).toContain(`<dt>coupons claimed</dt><dd data-live="value ${TOY_COUNT.summary.name}">18</dd>`);
  expect(page).toContain(`data-chart="bands/${TOY_LATENCY.name}"`);
  expect(page).toContain('ms from the click to the coupon; p50, p95 and p99 of each time bucket');
});

it('a page of several variants has a chart of the wait by percentile', () => {
  const several = runWithToys(new Date('2025-11-21T13:00:00Z'), ['direct', 'kafka']);
  const page = pageBody(several).markup;
  expect(page).toContain('Coupon in the shopper’s hands by percentile');
});

it('charts and live values of the page are drawn from them', () => {
  const { data, histograms } = buildPageData(run);
  const [cell] = data.cells;
  const read = createPageHistograms(new Uint8Array(gunzipSync(histograms)));
  const view = {
    data,
    histograms: read,
    cell: cell!,
    span: null,
    level: null,
    tableCell: () => cell,
  } as never;
  expect(chartSpec('orders', view)?.series.map(({ label }) => label)).toContain('coupons claimed');
  expect(chartSpec(`bands/${TOY_LATENCY.name}`, view)?.series.map(({ label }) => label)).toEqual([
    'p99',
    'p95',
    'p50',
  ]);
  expect(chartSpec('percentiles', view)?.series.map(({ label }) => label)).toContain(TOY_LATENCY.label);
  const span = { from: 0, to: 2 };
  expect(liveValue(`value ${TOY_COUNT.summary.name}`, cell!, read, span)).toEqual({ text: '6', sort: 6 });
  expect(liveValue(`p50 ${TOY_LATENCY.name}`, cell!, read, span)?.text).toMatch(/ ms$/);
});

it('the table of seconds has a column of the count', () => {
  const [head = '', first = ''] = renderSeriesCsv(run.cells).split('\r\n');
  expect(first.split(',')[head.split(',').indexOf(TOY_COUNT.name)]).toBe('3');
});

it('JUnit and the summary for pull requests call them by their labels', () => {
  expect(renderJUnit(run.result)).toContain('coupon in the shopper’s hands p95');
  expect(renderMarkdown(run.result, run.manifest)).toContain('coupon in the shopper’s hands p95');
});

it('a comparison of two runs knows which way they are better', () => {
  const primary = [
    { metric: TOY_LATENCY.name, statistic: 'p50' },
    { metric: TOY_COUNT.summary.name, statistic: 'value' },
  ];
  const manifest = {
    ...run.manifest,
    effectiveScenario: { comparison: { primary, exploratory: [], marginRatio: 0.05 } },
  };
  const { figures } = comparedFigures({ ...older, manifest } as never, { ...run, manifest } as never);
  expect(figures.slice(0, 2).map(({ metric, higherIsBetter }) => [metric, higherIsBetter])).toEqual([
    [TOY_LATENCY.name, false],
    [TOY_COUNT.summary.name, true],
  ]);
});

it('the gallery sets them beside each other', () => {
  const [a, b] = createEntryReader(root)
    .list()
    .filter(({ kind }) => kind === 'finished');
  const page = comparePage([a, b] as never);
  expect(page).toContain('coupon in the shopper’s hands p95');
  expect(page).toContain('coupons claimed');
});
