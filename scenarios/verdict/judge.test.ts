import { describe, expect, it } from 'vitest';
import type { AuditFinding, GeneratorHealth, LatencySummary } from '../../reports/record/result.ts';
import { faultThresholds } from '../faults/fault.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { healthySummary as healthy } from '../testing.ts';
import { judgeGenerator, judgeGenerators, mergeGenerators } from './generator-health.ts';
import { exitCodeOf, judgeThresholds, thresholdsOf, verdictOf } from './judge.ts';

const latency = (p95: number, count = 100): LatencySummary => ({
  unit: 'ms',
  count,
  censoredCount: 0,
  mean: p95 / 2,
  p50: p95 / 2,
  p90: p95,
  p95,
  p99: p95 * 2,
  max: p95 * 3,
});

const finding = (ok: boolean): AuditFinding => ({
  rule: 'sums-are-right',
  claim: 'Sums are right.',
  ok,
  checkedCount: 5,
  violationCount: ok ? 0 : 1,
  violations: ok ? [] : ['order 1'],
});

const ok: GeneratorHealth = judgeGenerator(healthy, 0, peakHour.generator);

describe('thresholds', () => {
  const limit = {
    'order-confirmed-p95': { metric: 'order.confirmed', statistic: 'p95' as const, atMost: 250 },
  };
  const judge = (metrics: Parameters<typeof judgeThresholds>[2]) =>
    judgeThresholds(limit, 'kafka', metrics, () => 7)[0];

  it('pass at the limit itself and fail beyond it, saying when it was first crossed', () => {
    expect(judge({ 'order.confirmed': latency(250) })).toMatchObject({
      ok: true,
      value: 250,
      firstCrossedAtSecond: null,
    });
    expect(judge({ 'order.confirmed': latency(250.1) })).toMatchObject({
      ok: false,
      firstCrossedAtSecond: 7,
    });
  });

  it('are undecided when nothing was measured, but a shop that never recovered missed its limit', () => {
    expect(judge({})).toMatchObject({ ok: false, value: null, unit: 'ms', outcome: 'undecided' });
    expect(judge({ 'order.confirmed': latency(1, 0) })).toMatchObject({ value: null, outcome: 'undecided' });
    const [recovery] = judgeThresholds(faultThresholds, 'kafka', {}, () => null);
    expect(recovery).toMatchObject({ ok: false, outcome: 'missed' });
  });

  it('are undecided from too few samples, unless most of them lie beyond', () => {
    const few = latency(100, 16);
    expect(judge({ 'order.confirmed': few })).toMatchObject({
      ok: false,
      value: null,
      outcome: 'undecided',
      tooFew: { count: 16, neededCount: 20 },
      firstCrossedAtSecond: null,
    });
    expect(judge({ 'order.confirmed': latency(2_000, 16) })).toMatchObject({
      outcome: 'missed',
      tooFew: { count: 16, neededCount: 20, beyondCount: 9 },
      firstCrossedAtSecond: 7,
    });
  });

  it('are missed by a wait cut off beyond them, and undecided by one cut off below', () => {
    const cutOff = { ...latency(200, 24), censoredCount: 3 };
    expect(judge({ 'order.confirmed': cutOff })).toMatchObject({ isAtLeast: true, outcome: 'undecided' });
    expect(judge({ 'order.confirmed': { ...cutOff, p95: 10_000 } })).toMatchObject({
      value: 10_000,
      outcome: 'missed',
    });
  });

  it('can ask for at least as much as for at most', () => {
    const [rate] = judgeThresholds(
      { 'orders-per-hour': { metric: 'orders.perHour', statistic: 'value', atLeast: 1_000 } },
      'kafka',
      { 'orders.perHour': { unit: 'orders/h', value: 999 } },
      () => null,
    );
    expect(rate).toMatchObject({ ok: false, value: 999, atLeast: 1_000 });
  });
});

describe('the verdict', () => {
  const missed = judgeThresholds(
    { limit: { metric: 'x', statistic: 'value', atMost: 1 } },
    'kafka',
    { x: { unit: 'ms', value: 2 } },
    () => null,
  );
  const starved = judgeGenerator(
    { ...healthy, startedCount: 602, latenessP99Ms: 900 },
    0,
    peakHour.generator,
  );

  it('puts the audit before the validity, the validity before the limits, and what was missed before what is open', () => {
    const sound = {
      audit: [finding(true)],
      generators: [ok],
      thresholds: [],
      comparisons: [],
      undecided: [],
    };
    const open = { ...sound, undecided: ['order confirmed p95 too few samples'] };
    expect(verdictOf({ ...open, audit: [finding(false)], generators: [starved], thresholds: missed })).toBe(
      'AUDIT_FAILED',
    );
    expect(verdictOf({ ...open, generators: [starved], thresholds: missed })).toBe('INVALID');
    expect(verdictOf({ ...open, thresholds: missed })).toBe('FAIL');
    expect(verdictOf(open)).toBe('UNDECIDED');
    expect(verdictOf(sound)).toBe('PASS');
  });

  it('has an exit code for each word', () => {
    const words = ['PASS', 'FAIL', 'AUDIT_FAILED', 'INVALID', 'UNDECIDED'] as const;
    expect(words.map(exitCodeOf)).toEqual([0, 1, 2, 2, 2]);
  });
});

describe('the generator', () => {
  it('is ok when it kept to its plan', () => {
    expect(ok).toMatchObject({ ok: true, reasons: [], cpuRatio: 1 / 3 });
  });

  it('is not ok when it was late, starved or busy, and says each reason with the value needed', () => {
    const bad = judgeGenerator(
      { ...healthy, startedCount: 602, latenessP99Ms: 90, eventLoopLagP99Ms: 80, cpuSeconds: 58 },
      0,
      peakHour.generator,
    );
    expect(bad.ok).toBe(false);
    expect(bad.reasons).toHaveLength(4);
    expect(bad.reasons[0]).toBe(
      'The generator started 602 of 1000 planned sessions (60.2 %; need ≥ 99.0 %).',
    );
  });

  it('is held against Little’s law, which warns and never makes a run INVALID', () => {
    expect(ok.littlesLaw).toMatchObject({
      meanOpenCount: 40,
      residualRatio: 0,
      limitRatio: 0.02,
      holds: true,
    });
    const meanOpenCount = 44;
    const off = judgeGenerator(
      { ...healthy, occupancy: { ...healthy.occupancy, meanOpenCount } },
      0,
      peakHour.generator,
    );
    expect(off).toMatchObject({ ok: true, littlesLaw: { holds: false } });
    expect(off.littlesLaw?.residualRatio).toBeCloseTo(40 / 44 - 1);
    // While a shop fills, more people are cut by the end of the span than by its beginning.
    const filling = { ...healthy.occupancy, meanOpenCount: 44, cutCount: 4 };
    expect(
      judgeGenerator({ ...healthy, occupancy: filling }, 0, peakHour.generator).littlesLaw,
    ).toMatchObject({ cutCount: 4, residualRatio: 0, limitRatio: 0.02, holds: true });
    expect(mergeGenerators([ok, off, ok]).littlesLaw).toEqual(off.littlesLaw);
    const nobody = { ...healthy.occupancy, meanOpenCount: 0 };
    expect(judgeGenerator({ ...healthy, occupancy: nobody }, 0, peakHour.generator).littlesLaw).toBeNull();
  });

  it('counts those that were lost, over all single runs', () => {
    const lost = judgeGenerators(
      { summary: healthy, lostGenerators: ['Generator 2 of 2: It ended.'], stealMaxRatio: 0 },
      peakHour.generator,
    );
    expect(mergeGenerators([ok, lost, lost])).toMatchObject({ ok: false, lostCount: 2 });
    expect(mergeGenerators([ok])).not.toHaveProperty('lostCount');
  });

  it('says what it lacked and how to get more of it, and is not ok', () => {
    const starved = judgeGenerator({ ...healthy, starved: { EMFILE: 39, heap: 1 } }, 0, peakHour.generator);
    expect(starved.ok).toBe(false);
    expect(starved.reasons[0]).toMatch(
      /^The generator ran out of file descriptors \(EMFILE, 39 times\)\. .*ulimit -n 65536/,
    );
    expect(starved.reasons[1]).toMatch(/memory of its own \(heap, once\).*--max-old-space-size/);
  });

  it('is not blamed for starts that the shop left no free person for', () => {
    expect(
      judgeGenerator({ ...healthy, startedCount: 700, noFreePersonCount: 300 }, 0, peakHour.generator).ok,
    ).toBe(true);
  });
});

it('a threshold may be held against some of the variants only', () => {
  const late = { metric: 'recommendation.lateRatio', statistic: 'value' as const, atMost: 0.01 };
  const thresholds = { all: late, one: { ...late, of: ['incremental'] } };
  expect(Object.keys(thresholdsOf(thresholds, 'incremental'))).toEqual(['all', 'one']);
  expect(Object.keys(thresholdsOf(thresholds, 'periodic'))).toEqual(['all']);
});
