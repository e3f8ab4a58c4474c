import { describe, expect, it } from 'vitest';
import type { Metrics } from '../../reports/record/result.ts';
import { capacity } from '../questions/capacity.ts';
import { judgeProbe, KEPT_UP, keptThresholds, keptUpRatio } from './judge-probe.ts';

const thresholds = keptThresholds(capacity.thresholds, ['order-confirmed-p95', 'failed-ratio', 'kept-up']);

/** Late by at most 100 ms, so that it can have held up an order by 200 ms and 2.5 % of eight seconds' orders. */
const generator = (ok: boolean) => ({ ok, latenessMaxMs: 100, plannedCount: 900, droppedCount: 0 });

function measured(p95: number, failedRatio: number, keptUp: number, ok = true) {
  const latency = { count: 900, censoredCount: 0, mean: p95, p50: p95, p90: p95, p95, p99: p95, max: p95 };
  const metrics: Metrics = {
    'order.confirmed': { unit: 'ms', ...latency },
    'http.response': { unit: 'ms', ...latency },
    'http.failedRatio': { unit: 'ratio', value: failedRatio },
    [KEPT_UP]: { unit: 'ratio', value: keptUp },
  };
  return { variant: 'direct-1api-100', metrics, durationSeconds: 8, generator: generator(ok) };
}

describe('a probe', () => {
  it('is kept when every named limit is', () => {
    expect(judgeProbe(thresholds, measured(999, 0.005, 0.97)).verdict).toBe('kept');
  });

  it('is broken by one of them: a long wait, failures, or a backlog that grew', () => {
    for (const probe of [measured(1_001, 0, 1), measured(10, 0.006, 1), measured(10, 0, 0.969)]) {
      const { verdict, limits } = judgeProbe(thresholds, probe);
      expect(verdict).toBe('broken');
      expect(limits.filter(({ ok }) => !ok)).toHaveLength(1);
    }
  });

  it('is broken when nothing was measured', () => {
    const nothing = { variant: 'x', metrics: {}, durationSeconds: 8, generator: generator(true) };
    const { verdict } = judgeProbe(thresholds, nothing);
    expect(verdict).toBe('broken');
  });

  it('is invalid when the generator was late and may have broken the limits itself, or kept them for want of orders', () => {
    for (const probe of [
      measured(1_199, 0, 1, false),
      measured(10, 0, 0.95, false),
      measured(10, 0, 1, false),
    ])
      expect(judgeProbe(thresholds, probe).verdict).toBe('invalid');
    // A request that timed out may have waited in the generator.
    const timedOut = { ...measured(10, 0.5, 1, false), failures: { 'timeout POST /orders': 450 } };
    expect(judgeProbe(thresholds, timedOut).verdict).toBe('invalid');
    const dropping = measured(10, 0, 0.9, false);
    dropping.generator.droppedCount = 90;
    expect(judgeProbe(thresholds, dropping).verdict).toBe('invalid');
  });

  it('is broken by the shop although the generator was late, where that explains neither wait, refusals nor backlog', () => {
    const waited = measured(1_201, 0, 1, false);
    const behind = measured(10, 0, 0.94, false);
    const refused = { ...measured(10, 0.5, 1, false), failures: { 'POST /orders 503': 450 } };
    for (const probe of [waited, behind, refused])
      expect(judgeProbe(thresholds, probe).verdict).toBe('broken');
  });

  it('is not held against limits that the search does not name', () => {
    const only = keptThresholds(capacity.thresholds, ['failed-ratio']);
    expect(judgeProbe(only, measured(9_999, 0, 0.1)).verdict).toBe('kept');
    expect(() => keptThresholds(capacity.thresholds, ['order-confirmed-p59'])).toThrow(
      'capacity.keeps names threshold order-confirmed-p59; the scenario declares order-confirmed-p95',
    );
  });
});

it('what kept up is orders with an outcome of those planned, or requests ended of those sent', () => {
  const counts = {
    plannedCount: 200,
    ordersResolvedCount: 150,
    actsShownCount: 0,
    requestsSentCount: 1_000,
    requestsEndedCount: 990,
  };
  expect(keptUpRatio('orders', counts)).toBe(0.75);
  expect(keptUpRatio('sessions', counts)).toBe(0.99);
  expect(keptUpRatio('orders', { ...counts, plannedCount: 0 })).toBe(0);
});
