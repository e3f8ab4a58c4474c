// One formula, two readers: a run's summary and a span chosen on its page.
import { expect, it } from 'vitest';
import { liveValue } from '../html/client/live-value.ts';
import { createPageHistograms } from '../html/client/view/page-histograms.ts';
import { buildPageData } from '../html/data/build-page-data.ts';
import { readFinishedRun } from '../record/read-run.ts';
import { summariseCells } from '../record/summarise-cell.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { plainValueOf } from '../words/metric-names.ts';
import { isTold } from '../words/recorded.ts';
import { METRICS } from './catalogue.ts';
import { evaluate, isCounted, type SpanFigures } from './evaluate.ts';
import type { CountedMetric } from './metric.ts';
import { TOY_CATALOGUE } from './testing/toy-catalogue.ts';

const described = { name: 'own', label: 'own', unit: '', better: 'neither' } as const;
const nothing: SpanFigures = { seconds: 0, count: () => 0, gauge: () => [] };
const known: SpanFigures = {
  seconds: 10,
  count: (source) => (source === 'answered order.confirmed' ? 7 : 20),
  gauge: () => [
    { value: 1, seconds: 3 },
    { value: 5, seconds: 1 },
  ],
};

it.each<[CountedMetric, number, number | null]>([
  [{ ...described, kind: 'count', counts: ['ordersConfirmed'] }, 20, 0],
  [{ ...described, kind: 'count', counts: ['ordersConfirmed'], absentWithout: 'signUpsPlanned' }, 20, null],
  [{ ...described, kind: 'rate', counts: ['ordersConfirmed'], perSeconds: 3_600 }, 7_200, null],
  [
    { ...described, kind: 'ratio', part: ['answered order.confirmed'], whole: ['ordersAttempted'] },
    0.35,
    null,
  ],
  [{ ...described, kind: 'gauge', gauge: 'kafkaLagCount', sumsUp: 'largest' }, 5, null],
  [{ ...described, kind: 'gauge', gauge: 'sessionsActive', sumsUp: 'mean' }, 2, null],
])('%o', (metric, value, ofNothing) => {
  expect(evaluate(metric, known)).toBeCloseTo(value, 9);
  expect(evaluate(metric, nothing)).toBe(ofNothing);
});

it('gives a new metric its value in the summary and in a chosen span from its entry alone, and the same in both', () => {
  const run = readFinishedRun(
    writeSyntheticRun({ root: temporaryFolder(), durationSeconds: 4, leadInSeconds: 1, hasGrowth: true }),
  );
  const summary = summariseCells([run.cells[0]!.directory], 4, TOY_CATALOGUE);
  expect(plainValueOf(summary, 'coupons.claimedRatio')).toEqual({ unit: 'ratio', value: 0 });
  const { data, histograms } = buildPageData(run);
  const read = createPageHistograms(new Uint8Array());
  expect(histograms.length).toBeGreaterThan(0);
  const live = (name: string) =>
    liveValue(`value ${name}`, data.cells[0]!, read, { from: 0, to: 4 }, TOY_CATALOGUE);
  expect(live('coupons.claimedRatio')).toEqual({ text: '0 %', sort: 0 });
  // The page tells of nothing that the run did not measure.
  const ofSeries = METRICS.filter(
    (metric) =>
      isCounted(metric) &&
      !metric.isToldOfRun &&
      metric.name !== 'signUps.confirmed' &&
      isTold(metric.needs, run.result.variants),
  );
  for (const { name } of ofSeries)
    expect(live(name)?.sort, name).toBeCloseTo(plainValueOf(summary, name)?.value ?? -1, 9);
});
