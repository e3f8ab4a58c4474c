import { expect, it } from 'vitest';
import type { AuditFinding, CellResult, GeneratorHealth } from '../../reports/record/result.ts';
import { capacity } from '../questions/capacity.ts';
import { type CapacityScenario, configurationsOf } from './configurations.ts';
import type { RunProbe, Searched } from './run-searches.ts';
import type { SearchAnswer } from './search.ts';
import { standingProbe, summariseCapacity } from './summarise-capacity.ts';

const scenario = capacity as CapacityScenario;
const [one, , four] = configurationsOf(scenario.capacity, 2);

const finding: AuditFinding = {
  rule: 'orders-happen-once',
  claim: 'Every order happens once',
  ok: true,
  checkedCount: 900,
  violationCount: 0,
  violations: [],
};

function probe(
  kind: RunProbe['kind'],
  perSecond: number,
  verdict: RunProbe['verdict'],
  audit: AuditFinding = finding,
): RunProbe {
  const p95 = verdict === 'broken' ? 2_140 : 45;
  const latency = { count: 900, censoredCount: 0, mean: p95, p50: p95, p90: p95, p95, p99: p95, max: p95 };
  const generator = { ok: verdict !== 'invalid', reasons: [] } as unknown as GeneratorHealth;
  const variant = `direct-1api-${perSecond}-${kind}`;
  const cell: CellResult = {
    variant,
    level: null,
    block: 0,
    order: 0,
    seed: 1,
    metrics: {
      'order.confirmed': { unit: 'ms', ...latency },
      'http.failedRatio': { unit: 'ratio', value: 0 },
      'load.keptUpRatio': { unit: 'ratio', value: 1 },
    },
    audit: [audit],
    generator,
  };
  const plan = { variant, level: null, block: 0, order: 0, seed: 1, scenario };
  // Where nothing was recorded, no second is known in which a limit was first crossed.
  const finished = { plan, directory: '/nowhere', outcome: {} } as unknown as RunProbe['finished'];
  const limits =
    verdict === 'broken'
      ? [
          {
            name: 'order-confirmed-p95',
            variant,
            metric: 'order.confirmed',
            statistic: 'p95',
            unit: 'ms',
            atMost: 1_000,
            value: p95,
            ok: false,
            firstCrossedAtSecond: null,
          },
        ]
      : [];
  return { variant, kind, perSecond, durationSeconds: 8, verdict, limits, reasons: [], cell, finished };
}

const answer = (over: Partial<SearchAnswer>): SearchAnswer => ({
  outcome: 'found',
  sustainedPerSecond: 180,
  firstFailedPerSecond: 190,
  isClosed: true,
  reason: 'confirmed at 180/s, failed at 190/s in an equally long probe',
  ...over,
});

const nothing = answer({ outcome: 'none', sustainedPerSecond: null, isClosed: false, reason: 'none held' });

const found: Searched = {
  configuration: one!,
  probes: [
    probe('bracket', 180, 'kept'),
    probe('bracket', 190, 'broken'),
    probe('confirm', 180, 'kept'),
    probe('confirm', 190, 'broken'),
  ],
  answer: answer({}),
};

it('stands by the probe that confirmed the rate, and passes although others broke their limits', () => {
  const result = summariseCapacity(scenario, 1, [found, { configuration: four!, probes: [], answer: null }]);
  expect(result).toMatchObject({ verdict: 'PASS', exitCode: 0 });
  expect(Object.keys(result.variants)).toEqual(['direct-1api-180-confirm']);
  expect(result.variants['direct-1api-180-confirm']?.metrics['capacity.perSecond']).toEqual({
    unit: 'orders/s',
    value: 180,
  });
  expect(result.cells).toHaveLength(4);
  expect(result.answer).toBe(
    'Direct with one API process sustains 180 orders/s (648,000 an hour); at 190 the shop is at its limit: order confirmed p95 was 2,140 ms (limit ≤ 1,000 ms). Skipped: four API processes would need as many cores; this machine has 2.',
  );
});

it('fails when no rate was confirmed because the shop broke its limits', () => {
  const probes = [probe('bracket', 100, 'broken'), probe('bracket', 5, 'broken')];
  const result = summariseCapacity(scenario, 1, [{ ...found, probes, answer: nothing }]);
  expect(result).toMatchObject({ verdict: 'FAIL', exitCode: 1 });
});

it('is invalid when the generator was what kept a rate from being confirmed', () => {
  const probes = [
    probe('bracket', 400, 'broken'),
    probe('bracket', 100, 'kept'),
    probe('confirm', 100, 'invalid'),
  ];
  const result = summariseCapacity(scenario, 1, [{ ...found, probes, answer: nothing }]);
  expect(result).toMatchObject({ verdict: 'INVALID', exitCode: 2 });
});

it('publishes no rate when any probe failed its audit', () => {
  const broken = { ...finding, ok: false, violationCount: 1, violations: ['order 7 was lost'] };
  const probes = [probe('bracket', 100, 'kept'), probe('bracket', 200, 'kept', broken)];
  const searched: Searched = { ...found, probes, answer: null };
  expect(standingProbe(searched)?.perSecond).toBe(200);
  const result = summariseCapacity(scenario, 1, [searched]);
  expect(result).toMatchObject({ verdict: 'AUDIT_FAILED', exitCode: 2 });
  expect(result.answer).toMatch(/^No answer: under one of the probes/);
});
