// A new axis is its setting and its entry in the table: one that is planted there can be set, names variants, is told to the
// shop and to the reader, and a comparison along it says nothing of the others.
import { expect, it, vi } from 'vitest';
import { toComparisonResult } from '../../reports/record/comparison-result.ts';
import type { Metrics } from '../../reports/record/result.ts';
import { comparePairs } from '../../reports/statistics/paired-comparison.ts';
import { describePlan } from '../ask/dry-run.ts';
import { planCells } from '../plan/cell-plan.ts';
import { capacity } from '../questions/capacity.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { notesOf } from '../run/manifest.ts';
import { answerKindMistakes, answerTo } from '../verdict/answer.ts';
import { axisEnvironment } from './axis-values.ts';
import { applyOverrides } from './overrides.ts';
import type { Scenario } from './scenario.ts';

vi.mock('./axes.ts', async (original) => {
  const { default: Type } = await import('typebox');
  const real = await original<typeof import('./axes.ts')>();
  const policy = Type.Enum(['none', 'minute'], { description: 'how long pages are kept: none, minute' });
  return {
    ...real,
    axisSettings: { ...real.axisSettings, cache: Type.Object({ policy }, { additionalProperties: false }) },
    usualAxes: { ...real.usualAxes, cache: { policy: 'none' } },
    axes: [
      ...real.axes,
      {
        path: 'cache.policy',
        variable: 'CACHE_POLICY',
        values: {
          none: { words: null, note: null },
          minute: { words: 'with pages kept for a minute', note: 'A page may be a minute old.' },
        },
        comparedOn: null,
      },
    ],
  };
});

function withSettings(...assignments: string[]): Scenario {
  const made = applyOverrides({ ...peakHour, variant: '{orders.transport}-{cache.policy}' }, assignments);
  if (made.kind === 'mistakes') throw new Error(made.mistakes.join(' '));
  return made.scenario;
}

const metrics: Metrics = {
  'order.confirmed': {
    unit: 'ms',
    count: 40,
    censoredCount: 0,
    mean: 20,
    p50: 18,
    p90: 40,
    p95: 61,
    p99: 90,
    max: 150,
  },
  'orders.perHour': { unit: 'orders/h', value: 1_200 },
};

it('a planted axis is set by its path, names the variant, and reaches shop, notes and answer', () => {
  const kept = withSettings('cache.policy=minute');
  expect(planCells(kept, 1).map(({ variant }) => variant)).toEqual(['kafka-minute']);
  expect(axisEnvironment(kept)).toEqual({
    ORDERS_TRANSPORT: 'kafka',
    BEHAVIOUR_STORE: 'postgres',
    INTAKE: 'none',
    SHOP_RULES: 'off',
    RECOMMENDATIONS_ENGINE: 'none',
    CACHE_POLICY: 'minute',
  });
  expect(notesOf(kept, 'nice')).toContain('A page may be a minute old.');
  expect(answerTo({ scenario: kept, verdict: 'PASS', metrics })).toContain(
    'in 2 min through Kafka, with pages kept for a minute, at this rate',
  );
  const usual = withSettings();
  expect(notesOf(usual, 'nice').join(' ')).not.toContain('minute old');
  expect(answerTo({ scenario: usual, verdict: 'PASS', metrics })).toContain('in 2 min through Kafka, at');
  expect(() => withSettings('cache.policy=hour')).toThrow('Needed: a text: how long pages are kept');
});

it('a comparison along it names neither a broker nor an order', () => {
  const scenario: Scenario = {
    ...peakHour,
    answer: 'which-is-better',
    comparison: {
      variants: { none: ['cache.policy=none'], minute: ['cache.policy=minute'] },
      levels: { light: [] },
      pairs: [{ baseline: 'none', candidate: 'minute', tells: 'keeping pages' }],
      blocks: 3,
      quick: { levels: ['light'], blocks: 3, set: [] },
      primary: [{ metric: 'http.response', statistic: 'p50' }],
      exploratory: [],
      marginRatio: 0.05,
      expectedSd: 0.07,
      restsOn: [],
      declared: false,
    },
  };
  expect(answerKindMistakes(scenario)).toEqual([]);
  const request = { baseline: [5, 5.1, 5], candidate: [4, 4.1, 4], marginRatio: 0.05, higherIsBetter: false };
  const found = toComparisonResult(comparePairs(request), {
    metric: 'http.response',
    statistic: 'p50',
    role: 'primary',
    level: null,
    baseline: 'none',
    candidate: 'minute',
    kind: 'paired',
    declared: false,
    unit: 'ms',
    request,
  });
  const answer = answerTo({ scenario, verdict: 'PASS', comparisons: [found] });
  expect(answer).toMatch(/^Keeping pages is better: /);
  expect(answer).not.toMatch(/kafka|broker|order|postgres/i);
  const told = [
    ...notesOf(scenario, 'nice'),
    describePlan(scenario, planCells(scenario, 1), 'built', 2),
  ].join('\n');
  expect(told).toContain('A page may be a minute old.');
  expect(told).not.toMatch(/kafka|broker/i);
  expect(notesOf(scenario, 'nice').join(' ')).not.toMatch(/orders?\b/i);
});

it('a search along it tells of its own values alone', () => {
  const variants = { none: ['cache.policy=none'], minute: ['cache.policy=minute'] };
  const searched = { ...capacity.capacity!, variants, searched: ['none', 'minute'] };
  const scenario: Scenario = { ...capacity, load: peakHour.load, capacity: searched };
  expect(notesOf(scenario, 'nice').join(' ')).not.toMatch(/kafka|transport|order/i);
  expect(notesOf(capacity, 'nice').join(' ')).toContain('Kafka’s 202 rests on one broker’s page cache');
});

it('a scenario that names a kind of answer that it does not measure cannot run', () => {
  const mistakes = answerKindMistakes({ ...peakHour, answer: 'how-much' });
  expect(mistakes[0]).toContain('names how-much as its kind of answer; by what it measures, holds is needed');
});

it('a variant that is named by a setting which is not there is refused', () => {
  expect(() => planCells({ ...peakHour, variant: '{cache.polcy}' }, 1)).toThrow('no setting cache.polcy');
});
