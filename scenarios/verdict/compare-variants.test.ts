import { describe, expect, it } from 'vitest';
import type { CellResult, LatencySummary } from '../../reports/record/result.ts';
import { sampleResult } from '../../reports/testing/sample-result.ts';
import { comparisonWord } from '../../reports/words/comparison-words.ts';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import type { Comparison } from '../scenario/scenario.ts';
import { compareVariants } from './compare-variants.ts';
import { comparisonAnswer } from './comparison-answer.ts';

const { audit, generator } = sampleResult('PASS').variants.kafka!;
const latency = (p50: number, own: Partial<LatencySummary> = {}): LatencySummary => ({
  unit: 'ms',
  count: 200,
  censoredCount: 0,
  mean: p50,
  p50,
  p90: p50 * 2,
  p95: p50 * 3,
  p99: p50 * 4,
  max: p50 * 5,
  ...own,
});

function cellsOf(variants: Record<string, (block: number) => CellResult['metrics']>): CellResult[] {
  return [0, 1, 2, 3].flatMap((block) =>
    Object.entries(variants).map(([variant, metrics], order) => ({
      variant,
      level: null,
      block,
      order,
      seed: block,
      metrics: metrics(block),
      audit,
      generator,
    })),
  );
}

const comparison = kafkaOnOff.comparison as Comparison;
const direct = (block: number): CellResult['metrics'] => ({
  'order.confirmed': latency(10 + block / 10),
  'http.response': latency(9 + block / 10),
});
const kafka = (block: number): CellResult['metrics'] => ({
  ...direct(block),
  'stage.broker': latency(2),
  'kafka.lag': { unit: 'messages', value: 3 },
});

it('never sets 202 beside 201, and compares HTTP response where both answers say the same', () => {
  const { comparisons } = compareVariants(comparison, cellsOf({ direct, 'direct-batched': direct, kafka }));
  const ofHttp = comparisons.filter(({ metric }) => metric === 'http.response');
  expect(ofHttp.map(({ baseline, candidate }) => `${candidate} against ${baseline}`)).toEqual([
    'direct-batched against direct',
  ]);
  const primary = comparisons.filter(({ role }) => role === 'primary');
  expect(primary).toHaveLength(3);
  expect(primary.every(({ outcome }) => outcome === 'judged')).toBe(true);
});

describe('a pair of a comparison', () => {
  const compared = (candidate: (block: number) => LatencySummary, baseline = (_: number) => latency(10)) =>
    compareVariants(
      { ...comparison, pairs: comparison.pairs.slice(0, 1) },
      cellsOf({
        direct: (block) => ({ 'order.confirmed': baseline(block) }),
        kafka: (block) => ({ 'order.confirmed': candidate(block) }),
      }),
    ).comparisons.find(({ role }) => role === 'primary');

  it('is left out where a statistic would rest on too few samples', () => {
    expect(compared((block) => latency(20 + block, block === 0 ? { count: 1 } : {}))?.n).toBe(3);
  });

  it('claims nothing that a wait longer than its deadline could undo', () => {
    const cutOff = (block: number) => latency(5 + block / 10, { censoredCount: 120 });
    const faster = compared(cutOff);
    expect(faster).toMatchObject({ outcome: 'refused' });
    expect(faster?.footnote).toContain('in kafka they are cut off');
    const slower = compared((block) => latency(5_000 + block, { censoredCount: 120 }));
    expect(slower).toMatchObject({ outcome: 'judged', verdict: 'SLOWER' });
  });
});

it('calls fewer reads FEWER and less CPU LESS, in the verdict and in what it rests on, and slow waits SLOWER', () => {
  const readsAMinute = 'catalogue.databaseReadsPerMinute';
  const primary = [readsAMinute, 'cpu.perOrderMs'].map((metric) => ({ metric, statistic: 'value' as const }));
  const measured = (factor: number) => (block: number) => ({
    [readsAMinute]: { unit: 'reads/min', value: (14_000 + block) * factor },
    'cpu.perOrderMs': { unit: 'ms', value: (20 + block / 10) * factor },
  });
  const { comparisons } = compareVariants(
    { ...comparison, pairs: comparison.pairs.slice(0, 1), primary, exploratory: [] },
    cellsOf({ direct: measured(1), kafka: measured(0.35) }),
  );
  expect(comparisons.map(comparisonWord)).toEqual(['✓ FEWER', '✓ LESS']);
  expect(comparisons[0]?.sentence).toContain('fewer in 4 of 4 pairs');
  expect(comparisonAnswer('PASS', { ...comparison, auditFailed: '' }, comparisons)).not.toMatch(
    /FASTER|SLOWER/,
  );
});
