import { expect, test } from 'vitest';
import type { CellResult, RunResult, Verdict } from '../record/result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { chooseThree } from './first-three.ts';
import { changeText, ratioText } from './ratio-words.ts';
import { isLargeUnjudged, type MetricRow, setBeside } from './side-by-side.ts';

/** A run whose cells have these medians of order confirmed. */
function run(medians: number[], verdict: Verdict = 'PASS', variant = 'kafka'): RunResult {
  const result = sampleResult(verdict);
  const [summary] = Object.values(result.variants);
  const confirmed = summary!.metrics['order.confirmed'] as { p50: number };
  const metrics = (p50: number) => ({
    ...summary!.metrics,
    'order.confirmed': { ...confirmed, p50 } as never,
  });
  const cells = medians.map(
    (p50, block): CellResult => ({
      variant,
      level: null,
      block,
      order: 0,
      seed: block,
      metrics: metrics(p50),
      audit: [],
      generator: summary!.generator,
    }),
  );
  return { ...result, cells, variants: { [variant]: { ...summary!, metrics: metrics(medians[0]!) } } };
}

function confirmed(older: RunResult, newer: RunResult): MetricRow {
  const [pair] = setBeside(older, newer);
  return pair!.rows.find(({ label, statistic }) => label === 'order confirmed' && statistic === 'p50')!;
}

test('a value that was cut off at its deadline refuses a verdict, as in a comparison on the terminal', () => {
  const five = [40, 41, 42, 43, 44];
  const older = run(five);
  const [cell] = older.cells;
  const confirmedOf = cell!.metrics['order.confirmed'] as { count: number; censoredCount: number };
  cell!.metrics['order.confirmed'] = { ...confirmedOf, censoredCount: confirmedOf.count } as never;
  expect(confirmed(older, run(five)).comparison).toMatchObject({
    outcome: 'refused',
    footnote: expect.stringContaining('cut off'),
  });
});

test('two single runs get a ratio and no verdict', () => {
  const row = confirmed(run([40]), run([50]));
  expect(row).toMatchObject({ older: '40 ms', newer: '50 ms', ratio: 1.25 });
  expect(row.comparison).toMatchObject({
    outcome: 'refused',
    footnote: 'need ≥ 5 cells on each side, have 1 and 1',
  });
});

test('five cells a side are judged', () => {
  const row = confirmed(run([40, 40.4, 39.8, 40.1, 40.2]), run([50, 50.3, 49.9, 50.2, 50.1]));
  expect(row.comparison).toMatchObject({ outcome: 'judged', verdict: 'SLOWER' });
});

test('an invalid run is never judged, and a failed audit withholds the numbers', () => {
  const five = [40, 41, 42, 43, 44];
  expect(confirmed(run(five), run(five, 'INVALID')).comparison).toMatchObject({
    outcome: 'refused',
    footnote: expect.stringContaining('INVALID'),
  });
  expect(confirmed(run(five), run(five, 'AUDIT_FAILED'))).toMatchObject({
    older: '40 ms',
    newer: 'withheld',
    ratio: null,
    comparison: null,
  });
});

test('variants pair by name; the only variants of two runs pair whatever their names', () => {
  expect(setBeside(run([1], 'PASS', 'direct'), run([2])).map(({ title }) => title)).toEqual([
    'direct beside kafka',
  ]);
  const both = { ...run([1]), variants: { ...run([1], 'PASS', 'direct').variants, ...run([1]).variants } };
  expect(setBeside(both, run([2])).map(({ title }) => title)).toEqual(['kafka']);
  const others = { ...both, variants: { a: run([1]).variants.kafka!, b: run([1]).variants.kafka! } };
  expect(setBeside(both, others)).toEqual([]);
});

test('ratios read as factor and per cent', () => {
  expect(ratioText(1.091)).toBe('× 1.09 (+9.1\u00a0%)');
  expect(ratioText(0.045)).toBe('× 0.045 (−95.5\u00a0%)');
  expect(ratioText(null)).toBe('–');
  expect(changeText(1)).toBe('0\u00a0%');
});

test('a page of two runs begins with three figures: how much, how long, what went wrong', () => {
  const [row] = setBeside(run([40]), run([60]))[0]!.rows;
  const rows = (...metrics: string[]) =>
    metrics.map((name): MetricRow => {
      const [metric = '', statistic = 'value'] = name.split(' ');
      return {
        ...row!,
        metric,
        statistic: statistic as MetricRow['statistic'],
        isDetail: metric.includes('/'),
      };
    });
  const chosen = (...metrics: string[]) =>
    chooseThree(rows(...metrics)).map(({ metric, statistic }) => `${metric} ${statistic}`);
  expect(
    chosen(
      'http.response p50',
      'order.confirmed p50',
      'order.confirmed p95',
      'http.failedRatio',
      'orders.perHour',
    ),
  ).toEqual(['orders.perHour value', 'order.confirmed p50', 'http.failedRatio value']);
  expect(chosen('http.response/GET p50', 'cache.hits', 'http.failedRatio')).toEqual([
    'http.failedRatio value',
    'cache.hits value',
  ]);
});

test('a change that is large and that nothing judged is known as such', () => {
  expect(isLargeUnjudged(confirmed(run([40]), run([60])))).toBe(true);
  expect(isLargeUnjudged(confirmed(run([40]), run([44])))).toBe(false);
  const five = [40, 40.4, 39.8, 40.1, 40.2];
  expect(isLargeUnjudged(confirmed(run(five), run(five.map((ms) => ms * 2))))).toBe(false);
});
