// A small result with round numbers, for tests that compare whole sentences.
import type { RunResult, ThresholdResult, Verdict } from '../record/result.ts';
import { syntheticAudit, syntheticGenerator } from './synthetic-result.ts';

/** Two limits of one variant; `verdict` decides which of them, which rule, or which health is broken. */
export function sampleResult(verdict: Verdict): RunResult {
  const metrics: RunResult['variants'][string]['metrics'] = {
    'order.confirmed': {
      unit: 'ms',
      count: 1200,
      censoredCount: 0,
      mean: 60,
      p50: 40,
      p90: 90,
      p95: 120,
      p99: 412,
      max: 700,
    },
    'orders.perHour': { unit: 'orders/h', value: 12_000 },
  };
  const generator = verdict === 'INVALID' ? syntheticGenerator(1000, 602) : syntheticGenerator(1000, 1000);
  return {
    schemaVersion: 1,
    scenario: 'kafka-on-off',
    question: 'Does Kafka help?',
    answer: 'At 12,000 orders an hour | half are confirmed within <40 ms>.',
    seed: 7,
    startedAt: '2025-11-21T11:00:00.000Z',
    finishedAt: '2025-11-21T11:06:00.000Z',
    commit: 'b8194fe2c1d04a7f9e33bb5a6c7d8e9f00112233',
    verdict,
    exitCode: verdict === 'PASS' ? 0 : verdict === 'FAIL' ? 1 : 2,
    variants: { kafka: { metrics, audit: syntheticAudit(verdict === 'AUDIT_FAILED', 4212), generator } },
    cells: [],
    comparisons: [],
    thresholds: [
      limit({
        name: 'order-confirmed-p99',
        statistic: 'p99',
        atMost: verdict === 'FAIL' ? 400 : 500,
        ...(verdict === 'UNDECIDED'
          ? {
              value: null,
              ok: false,
              outcome: 'undecided' as const,
              tooFew: { count: 60, neededCount: 100 },
            }
          : { value: 412, ok: verdict !== 'FAIL' }),
      }),
      limit({
        name: 'orders-an-hour',
        metric: 'orders.perHour',
        statistic: 'value',
        unit: 'orders/h',
        atLeast: 10_000,
        value: 12_000,
      }),
    ],
  };
}

function limit(own: Partial<ThresholdResult>): ThresholdResult {
  const firstCrossedAtSecond = own.ok === false && own.outcome === undefined ? 190 : null;
  const common = {
    name: '',
    variant: 'kafka',
    metric: 'order.confirmed',
    statistic: 'p99',
    unit: 'ms',
    value: null,
    ok: true,
  };
  return { ...common, firstCrossedAtSecond, ...own };
}
