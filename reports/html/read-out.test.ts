import { expect, test } from 'vitest';
import { type ChartSpec, pointText, withinWindow } from './client/charts/chart-spec.ts';
import { describeChart } from './client/charts/describe-chart.ts';
import { createPageHistograms } from './client/view/page-histograms.ts';
import { encodeBuckets } from './data/bin-codec.ts';
import { BIN_COUNT, binOf } from './data/bins.ts';
import type { PageCell } from './data/page-data.ts';

test('a point that rests on too few samples, or on a wait that was cut off, is read out as such', () => {
  const buckets = [
    [[20, 200]],
    [[20, 3]],
    [
      [20, 90],
      [10_000, 10],
    ],
    [],
  ];
  const counts = new Uint32Array(buckets.length * BIN_COUNT);
  for (const [place, samples] of buckets.entries()) {
    for (const [ms = 0, count = 0] of samples) counts[place * BIN_COUNT + binOf(ms * 1_000)] = count;
  }
  const bytes: number[] = [];
  encodeBuckets(counts, bytes);
  const cell: Pick<PageCell, 'histograms' | 'censored' | 'censoredFromMs'> = {
    histograms: { 'order.confirmed': [0, bytes.length] },
    censored: { 'order.confirmed': [0, 0, 10, 0] },
    censoredFromMs: { 'order.confirmed': 10_000 },
  };
  const bands = createPageHistograms(Uint8Array.from(bytes)).bands(cell as PageCell, 'order.confirmed');
  expect(bands?.p95.texts).toEqual([
    null,
    'too few samples (3 of 20)',
    expect.stringMatching(/^≥ (9\.9|10) s$/),
    null,
  ]);
  expect(bands?.p50.texts).toEqual([null, null, null, null]);
  expect(bands?.p95.values.map((value) => value !== null)).toEqual([true, true, true, false]);
});

test('tooltip, alternative text and a chosen span use the text of a point where it has one', () => {
  const spec: ChartSpec = {
    axis: 'time',
    unit: 'ms',
    format: (value) => `${value} ms`,
    series: [{ label: 'p95', xs: [0, 1, 2], values: [5, 9_999, null], texts: [null, '≥ 10 s', null] }],
    window: { from: 1, to: 3 },
  };
  const [series] = spec.series;
  expect([0, 1, 2].map((index) => pointText(spec, series!, index))).toEqual(['5 ms', '≥ 10 s', null]);
  expect(describeChart('Waits', spec)).toContain(
    'p95: from 5 ms at 00:00 to ≥ 10 s at 00:01; largest ≥ 10 s',
  );
  expect(withinWindow(spec).series[0]).toMatchObject({ xs: [1, 2], texts: ['≥ 10 s', null] });
});
