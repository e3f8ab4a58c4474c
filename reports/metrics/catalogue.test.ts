import { expect, it } from 'vitest';
import { comparedFigures } from '../compare/compared-figures.ts';
import { plantedRun } from '../compare/testing/planted-run.ts';
import { metricLabel } from '../words/metric-names.ts';
import { METRICS } from './catalogue.ts';
import { betterOf, isStage } from './find-metric.ts';
import { TOY_CATALOGUE } from './testing/toy-catalogue.ts';

it('has each metric once, with a label', () => {
  const names = METRICS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, label } of METRICS) expect(label, name).not.toBe('');
});

it('names a metric, and a route of it, in the reader’s words', () => {
  expect(metricLabel('coupon.claimed', TOY_CATALOGUE)).toBe('coupon in the shopper’s hands');
  expect(metricLabel('coupon.claimed/POST /coupons', TOY_CATALOGUE)).toBe(
    'coupon in the shopper’s hands POST /coupons',
  );
  expect(metricLabel('coupon.claimed')).toBe('coupon claimed');
});

it('says which way a metric is better, and nothing of names of other times', () => {
  expect(betterOf('coupon.claimed', TOY_CATALOGUE)).toBe('lower');
  expect(betterOf('coupons.claimedRatio', TOY_CATALOGUE)).toBe('higher');
  expect(betterOf('coupon.claimed')).toBe('neither');
  expect(isStage('stage.commit')).toBe(true);
  expect(isStage('http.response')).toBe(false);
});

/** A run whose scenario compares these figures, and whose result has these limits. */
function comparing(primary: object[], limits: { metric: string; atLeast?: number; atMost?: number }[] = []) {
  const { manifest, result } = plantedRun({ seed: 1 });
  const comparison = { primary, exploratory: [], marginRatio: 0.05 };
  const [limit] = result.thresholds;
  return {
    manifest: { ...manifest, effectiveScenario: { comparison } },
    result: {
      ...result,
      thresholds: limits.map((own) => ({ ...limit!, statistic: 'value', atMost: undefined, ...own })),
    },
  } as never;
}

it('gives compared figures their direction; a record that declares one keeps it', () => {
  const today = comparing([{ metric: 'sessions.conversionRatio', statistic: 'value' }]);
  expect(comparedFigures(today, today).figures[0]).toMatchObject({ higherIsBetter: true });
  const older = comparing([
    { metric: 'sessions.conversionRatio', statistic: 'value', higherIsBetter: false },
  ]);
  expect(comparedFigures(older, older).figures[0]).toMatchObject({ higherIsBetter: false });
});

it('wants more of a limited ratio whatever the sides of its limit', () => {
  const run = comparing(
    [{ metric: 'order.confirmed', statistic: 'p50' }],
    [{ metric: 'sessions.conversionRatio', atLeast: 0.01, atMost: 0.9 }],
  );
  expect(
    comparedFigures(run, run).figures.find(({ metric }) => metric === 'sessions.conversionRatio'),
  ).toMatchObject({ higherIsBetter: true });
});
