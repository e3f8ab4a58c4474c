import { expect, test } from 'vitest';
import { compareRuns } from './compare-runs.ts';
import type { LabelledRun } from './compared-run.ts';
import { gateAgainstBaseline } from './gate.ts';
import { type PlantedOptions, plantedRun } from './testing/planted-run.ts';

const LATER = new Date('2025-11-22T11:00:00Z');
const sideA = (options: PlantedOptions = {}): LabelledRun => ({
  ...plantedRun({ seed: 11, ...options }),
  name: 'before',
  label: 'A',
});
const sideB = (options: PlantedOptions = {}): LabelledRun => ({
  ...plantedRun({ seed: 23, startedAt: LATER, ...options }),
  name: 'after',
  label: 'B',
});

function rowOf(comparison: ReturnType<typeof compareRuns>, metric: string, statistic = 'p50') {
  const row = comparison.rows.find(
    ({ result }) => result.metric === metric && result.statistic === statistic,
  );
  if (row === undefined) throw new Error(`no row of ${metric} ${statistic}`);
  return row;
}

test('a planted regression of 20 % over 6 cells a side is SLOWER and worse', () => {
  const comparison = compareRuns(sideA(), sideB({ orderMs: 48 }));
  const { result } = rowOf(comparison, 'order.confirmed');
  expect(result).toMatchObject({ role: 'primary', verdict: 'SLOWER', judgement: 'worse', kind: 'separate' });
  expect(result.ratio).toBeGreaterThan(1.12);
  expect(result.ratio).toBeLessThan(1.28);
  expect(comparison).toMatchObject({ worse: true, marginRatio: 0.05, warnings: [], withheld: null });
});

test('the same shop on both sides is hardly ever claimed to differ', () => {
  const claims = Array.from({ length: 400 }, (_, index) =>
    compareRuns(sideA({ seed: 2 * index + 1 }), sideB({ seed: 2 * index + 2 })),
  ).filter(({ rows }) => rows.some(({ result }) => ['better', 'worse'].includes(result.judgement)));
  expect(claims.length).toBeLessThanOrEqual(4);
});

test('a throughput that falls is LOWER; exploratory figures that are worse gate nothing', () => {
  const comparison = compareRuns(sideA(), sideB({ ordersPerSecond: 90 }));
  expect(rowOf(comparison, 'orders.perSecond', 'value').result).toMatchObject({
    verdict: 'LOWER',
    judgement: 'worse',
    role: 'exploratory',
    declared: false,
  });
  expect(comparison.worse).toBe(false);
});

test('single cells show the difference and refuse every verdict', () => {
  const comparison = compareRuns(sideA({ cellCount: 1 }), sideB({ cellCount: 1, orderMs: 48 }));
  expect(comparison.worse).toBe(false);
  expect(rowOf(comparison, 'order.confirmed').result).toMatchObject({
    verdict: 'REFUSED',
    low: null,
    footnote: 'need ≥ 5 cells on each side, have 1 and 1',
  });
  expect(rowOf(comparison, 'order.confirmed').result.ratio).toBeGreaterThan(1);
});

test('limits are explored too, and where nothing is declared the median of the first limit stands in', () => {
  const options = { declaresComparison: false };
  const comparison = compareRuns(sideA(options), sideB({ ...options, orderMs: 48 }));
  const named = comparison.rows.map(({ result }) => `${result.metric} ${result.statistic} ${result.role}`);
  expect(named).toEqual([
    'order.confirmed p50 primary',
    'order.confirmed p99 exploratory',
    'http.response p95 exploratory',
    'http.failedRatio value exploratory',
  ]);
  expect(comparison.notes).toEqual([
    'No primary metric is declared; order confirmed p50, of the first limit, stands in.',
  ]);
  expect(comparison.worse).toBe(true);
});

test('variants are paired by name and level; one variant each is paired whatever its name', () => {
  const levels = ['light', 'near'];
  const many = compareRuns(
    sideA({ variants: ['direct', 'kafka'], levels }),
    sideB({ variants: ['kafka', 'redis'], levels }),
  );
  expect(new Set(many.rows.map(({ group }) => group))).toEqual(new Set(['kafka@light', 'kafka@near']));
  expect(many.notes).toContain('Variants in A only: direct@light, direct@near.');
  const single = compareRuns(sideA({ variants: ['direct'] }), sideB({ variants: ['kafka'] }));
  expect(single.rows[0]).toMatchObject({
    group: 'kafka beside direct',
    result: { baseline: 'direct of A', candidate: 'kafka of B', level: null },
  });
});

test('a primary metric that the candidate lost is refused in the open, not left out', () => {
  const candidate = sideB();
  for (const { metrics } of candidate.result.cells) delete metrics['order.confirmed'];
  const comparison = compareRuns(sideA(), candidate);
  expect(rowOf(comparison, 'order.confirmed').result).toMatchObject({
    verdict: 'REFUSED',
    footnote: 'need ≥ 5 cells on each side, have 6 and 0',
  });
  expect(comparison.notes).toContain('order confirmed p50 of kafka has no value in B.');
});

test('values cut off at their deadline may claim only what a larger value would make stronger', () => {
  const cut = { censoredRatio: 0.6 };
  const worse = rowOf(compareRuns(sideA(), sideB(cut)), 'order.confirmed');
  expect(worse).toMatchObject({ candidateAtLeast: true, result: { verdict: 'SLOWER' } });
  const better = rowOf(compareRuns(sideA(cut), sideB()), 'order.confirmed');
  expect(better.result.verdict).toBe('FASTER');
  const both = rowOf(compareRuns(sideA(cut), sideB(cut)), 'order.confirmed');
  expect(both.result).toMatchObject({
    verdict: 'REFUSED',
    footnote: 'need values below their deadline; in A and B they are cut off at it',
  });
  const near = rowOf(compareRuns(sideA({ orderMs: 5_000 }), sideB(cut)), 'order.confirmed');
  expect(near.result.verdict).toBe('REFUSED');
});

test('a quantile with too few samples behind it gives no value', () => {
  const baseline = sideA();
  for (const { metrics } of baseline.result.cells)
    Object.assign(metrics['order.confirmed'] ?? {}, { count: 80 });
  const { rows } = compareRuns(baseline, sideB());
  const statistics = rows
    .filter(({ result }) => result.metric === 'order.confirmed')
    .map(({ result }) => result.statistic);
  expect(statistics).toEqual(['p50']);
});

test('an INVALID run is shown without a verdict, a failed audit withholds its values', () => {
  const invalid = compareRuns(sideA(), sideB({ orderMs: 80, verdict: 'INVALID' }));
  expect(invalid).toMatchObject({
    worse: false,
    withheld: 'B is INVALID: its numbers describe the generator, not the shop',
  });
  expect(rowOf(invalid, 'order.confirmed').candidateValue).toBeGreaterThan(60);
  const failed = compareRuns(sideA({ verdict: 'AUDIT_FAILED' }), sideB());
  expect(rowOf(failed, 'order.confirmed')).toMatchObject({ baselineValue: null, result: { ratio: null } });
});

test('runs that differ in more than the change are warned of, in words', () => {
  const candidate = sideB({ settings: { ordersPerSecond: 60 } });
  const { manifest } = candidate;
  manifest.machine = { ...manifest.machine, coreCount: 4, memoryBytes: manifest.machine.memoryBytes * 1.01 };
  manifest.dataSet = { ...manifest.dataSet, fingerprint: 'aa02' };
  const [postgres] = manifest.services;
  if (postgres !== undefined) postgres.version = '17.2';
  candidate.result.scenario = 'peak-hour';
  expect(compareRuns(sideA(), candidate).warnings).toEqual([
    'another scenario: scenario kafka-on-off → peak-hour',
    'another machine: coreCount 2 → 4',
    'another data set: fingerprint 9f31c7aa02 → aa02',
    'other settings: load.ordersPerSecond 120 → 60',
    'another service version or setting: postgres.version 18.4 → 17.2',
  ]);
  const faster = sideB();
  faster.manifest.capacityPerSecond = 1_000;
  const slower = sideA();
  slower.manifest.capacityPerSecond = 900;
  expect(compareRuns(slower, faster).warnings).toEqual([
    'levels of another capacity: capacityPerSecond 900 → 1000',
  ]);
  const same = { ...sideA(), label: 'B' };
  expect(compareRuns(sideA(), same).warnings).toEqual([
    'the same run stands on both sides: this says nothing about a change',
  ]);
});

test('a gate gives declared comparisons, the warnings and whether it is worse', () => {
  const baseline = { ...sideA(), name: 'baseline main' };
  const slower = gateAgainstBaseline(sideB({ orderMs: 48 }), baseline);
  expect(slower).toMatchObject({ worse: true, warnings: [] });
  expect(slower.comparisons[0]).toMatchObject({
    baseline: 'kafka of baseline main',
    candidate: 'kafka of this run',
    declared: true,
    verdict: 'SLOWER',
  });
  expect(gateAgainstBaseline(sideB({ orderMs: 48 }), baseline, { marginRatio: 0.5 }).worse).toBe(false);
  expect(gateAgainstBaseline(sideB({ verdict: 'INVALID' }), baseline).warnings).toEqual([
    'this run is INVALID: its numbers describe the generator, not the shop',
  ]);
});
