// A count and a latency metric that no shop has yet: where they appear from their entries alone.
import { expect, it } from 'vitest';
import { renderSeriesCsv } from '../files/series-csv.ts';
import { seriesColumns } from '../html/data/series-columns.ts';
import { gridOf } from '../html/data/time-grid.ts';
import { headlinesOf } from '../html/sections/headline.ts';
import { readFinishedRun } from '../record/read-run.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { linesOf } from './counts.ts';
import { hasCurve, liveOf } from './find-metric.ts';
import { TOY_CATALOGUE, TOY_COUNTS } from './testing/toy-catalogue.ts';

it('a count gets its column of the table, its sums on the page and its line of the chart', () => {
  const run = readFinishedRun(
    writeSyntheticRun({ root: temporaryFolder(), durationSeconds: 4, leadInSeconds: 0 }),
  );
  const [cell] = run.cells;
  const series = cell!.series.map((row) => ({ ...row, couponsClaimed: row.second + 1 }));
  const [head = '', first = ''] = renderSeriesCsv([{ ...cell!, series }], TOY_COUNTS).split('\r\n');
  expect(first.split(',')[head.split(',').indexOf('couponsClaimed')]).toBe('1');
  const grid = gridOf([series], 300);
  const { sums } = seriesColumns(series, grid, TOY_COUNTS);
  expect(sums).toMatchObject({ couponsClaimed: expect.arrayContaining([1, 2, 3, 4]) });
  expect(linesOf('orders', TOY_COUNTS).map(({ label }) => label)).toEqual([
    'attempted',
    'confirmed',
    'rejected',
    'coupons claimed',
  ]);
});

it('a latency metric gets its tile, its live values and its curve, a ratio its tile', () => {
  const tiles = headlinesOf(TOY_CATALOGUE);
  const metrics = {
    'coupon.claimed': {
      unit: 'ms' as const,
      count: 1_000,
      censoredCount: 0,
      mean: 40,
      p50: 30,
      p90: 60,
      p95: 80,
      p99: 120,
      max: 200,
    },
    'coupons.claimedRatio': { unit: 'ratio', value: 0.25 },
  };
  const shown = tiles.map(({ label, live, read }) => [label, live, read(metrics)]);
  expect(shown.filter(([, , text]) => text !== undefined)).toEqual([
    ['coupon in the shopper’s hands p95', 'p95 coupon.claimed', '80 ms'],
    ['coupons a session', 'value coupons.claimedRatio', '25 %'],
  ]);
  expect(liveOf('coupon.claimed', TOY_CATALOGUE)).toBe('all-blocks');
  expect(hasCurve('coupon.claimed', TOY_CATALOGUE)).toBe(true);
});
