import { expect, test } from 'vitest';
import { encodeBuckets } from '../../data/bin-codec.ts';
import { BIN_COUNT, binOf } from '../../data/bins.ts';
import type { FirstChart } from '../../data/first-chart.ts';
import type { PageCell, PageData } from '../../data/page-data.ts';
import { createPageHistograms } from '../view/page-histograms.ts';
import type { View } from '../view/shown.ts';
import { firstSpec } from './first-spec.ts';

const first: FirstChart = {
  title: 'Orders',
  note: '',
  empty: '',
  count: 'ordersConfirmed',
  countLabel: 'orders confirmed',
  metric: 'order.confirmed',
  statistic: 'p95',
  waitLabel: '95 of 100 waited less',
  limitMs: 500,
};

/** So many orders in each second of the span, each of them as long as the second's number in tenths of a second says. */
function view(perSecond: number[], own: FirstChart | null = first): View {
  const counts = new Uint32Array(perSecond.length * BIN_COUNT);
  for (const [second, count] of perSecond.entries())
    counts[second * BIN_COUNT + binOf((second + 1) * 100_000)] = count;
  const bytes: number[] = [];
  encodeBuckets(counts, bytes);
  const cell = {
    bucketSeconds: 1,
    durationSeconds: perSecond.length,
    seconds: perSecond.map((_, second) => second),
    rowCounts: perSecond.map(() => 1),
    sums: { ordersConfirmed: perSecond },
    histograms: { 'order.confirmed': [0, bytes.length] },
    censored: {},
    censoredFromMs: {},
    events: [{ second: 3, label: 'broker killed' }],
  } as unknown as PageCell;
  const data = { first: own } as PageData;
  return { data, cell, histograms: createPageHistograms(Uint8Array.from(bytes)), span: null } as View;
}

test('orders a second stand at the left, the wait and its limit at the right in seconds, faults are marked', () => {
  const spec = firstSpec(view(Array.from({ length: 24 }, () => 100)));
  expect(spec?.series.map(({ label, isOnRight = false }) => [label, isOnRight])).toEqual([
    ['orders confirmed a second', false],
    ['95 of 100 waited less', true],
    ['limit 0.5 s', true],
  ]);
  expect(spec?.series[0]?.values.slice(0, 2)).toEqual([100, 100]);
  expect(spec?.series[1]?.values[4]).toBeCloseTo(0.5, 1);
  expect(spec?.series[2]?.values[0]).toBe(0.5);
  expect(spec?.events).toEqual([{ second: 3, label: 'broker killed' }]);
});

test('where few ordered, neighbouring seconds are taken together, so that a step tells of many', () => {
  const spec = firstSpec(view(Array.from({ length: 48 }, () => 4)));
  const waits = spec?.series[1]?.values ?? [];
  expect(new Set(waits.slice(0, 4)).size).toBe(1);
  expect(waits[4]).not.toBe(waits[0]);
});

test('a page without it has none', () => {
  expect(firstSpec(view([1], null))).toBeNull();
});
