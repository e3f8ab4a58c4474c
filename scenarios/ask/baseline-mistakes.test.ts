import { expect, it } from 'vitest';
import type { ComparedRun } from '../../reports/compare/compared-run.ts';
import type { CellResult, Verdict } from '../../reports/record/result.ts';
import { sampleResult } from '../../reports/testing/sample-result.ts';
import { syntheticManifest } from '../../reports/testing/synthetic-manifest.ts';
import { planCells } from '../plan/cell-plan.ts';
import { regression } from '../questions/regression.ts';
import { smoke } from '../questions/smoke.ts';
import { baselineMistakes } from './baseline-mistakes.ts';

function baselineOf(
  cellCount: number,
  more: { verdict?: Verdict; variant?: string; metric?: string } = {},
): ComparedRun {
  const result = sampleResult(more.verdict ?? 'PASS');
  const { metrics, audit, generator } = result.variants.kafka!;
  const own = metrics['order.confirmed']!;
  const cells = Array.from(
    { length: cellCount },
    (_, block): CellResult => ({
      variant: more.variant ?? 'this-shop',
      level: null,
      block,
      order: 0,
      seed: block,
      metrics: { [more.metric ?? 'order.confirmed']: own },
      audit,
      generator,
    }),
  );
  return {
    name: 'baseline main',
    result: { ...result, cells },
    manifest: syntheticManifest('regression', 1, new Date(0), ''),
  };
}

const mistakes = (scenario: typeof smoke, baseline: ComparedRun): string[] =>
  baselineMistakes('main', scenario, planCells(scenario, 1), baseline);

it('a baseline of enough cells that measured the same may be held against', () => {
  expect(mistakes(regression, baselineOf(6))).toEqual([]);
  // Two runs of one variant each are set beside each other whatever its name.
  expect(mistakes(regression, baselineOf(6, { variant: 'other' }))).toEqual([]);
});

it('a scenario of one cell never has an interval, and is told what has', () => {
  const [mistake] = mistakes(smoke, baselineOf(6));
  expect(mistake).toContain(
    'this run of smoke has 1 cell of a variant, from which no interval can be had. Needed: 5',
  );
  expect(mistake).toContain('`regression`');
});

it('too few cells on the other side, or on both, are said of each', () => {
  expect(mistakes(regression, baselineOf(4))[0]).toContain('baseline main has 4 cells of a variant');
  expect(mistakes(smoke, baselineOf(1))).toHaveLength(2);
});

it.each(['INVALID', 'AUDIT_FAILED', 'UNDECIDED'] as const)('a baseline that ended %s is none', (verdict) => {
  expect(mistakes(regression, baselineOf(6, { verdict }))).toEqual([
    expect.stringContaining(`baseline main ended ${verdict} and has no figures to hold against.`),
  ]);
});

it('a baseline without a variant of this run, or without its metric, settles nothing', () => {
  const two = baselineOf(6, { variant: 'direct' });
  two.result.cells.push(...baselineOf(6, { variant: 'kafka' }).result.cells);
  expect(mistakes(regression, two)[0]).toContain(
    'baseline main has direct, kafka; this run would have this-shop',
  );
  expect(mistakes(regression, baselineOf(6, { metric: 'http.response' }))[0]).toContain(
    'baseline main never measured order.confirmed',
  );
});
