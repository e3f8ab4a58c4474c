import { describe, expect, it } from 'vitest';
import { TOY_CATALOGUE } from '../../reports/metrics/testing/toy-catalogue.ts';
import { readCommandLine } from '../ask/command-line.ts';
import { faultThresholds } from '../faults/fault.ts';
import { scenarios } from '../questions/all.ts';
import { capacity } from '../questions/capacity.ts';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { smoke } from '../questions/smoke.ts';
import type { ScenarioOptions } from '../run/asked.ts';
import type { Scenario, Threshold } from '../scenario/scenario.ts';
import { metricMistakes } from './measurable.ts';

const limited = (threshold: Threshold, more: Partial<Scenario> = {}): Scenario => ({
  ...smoke,
  ...more,
  thresholds: { own: threshold },
});

function mistakesOf(scenario: Scenario, options: Partial<ScenarioOptions> = {}): string[] {
  const asked = readCommandLine([scenario], scenario.name, { set: [], ...options }, '/nowhere', 2);
  return asked.kind === 'mistakes' ? asked.mistakes : [];
}

describe('what no plan can measure', () => {
  it('is asked for by no scenario there is', () => {
    for (const scenario of scenarios) expect(metricMistakes(scenario), scenario.name).toEqual([]);
  });

  it('is refused with the nearest name', () => {
    expect(mistakesOf(limited({ metric: 'order.confirmd', statistic: 'p95', atMost: 1 }))).toEqual([
      'thresholds.own: no run of this plan measures order.confirmd. Did you mean `order.confirmed`? Needed: a metric that it measures.',
    ]);
  });

  it('depends on the plan: no lag without a broker, no sign-ups without growth, no recovery without a fault', () => {
    const lag: Threshold = { metric: 'kafka.lag', statistic: 'value', atMost: 10 };
    expect(mistakesOf(limited(lag))).toEqual([]);
    expect(mistakesOf(limited(lag), { set: ['orders.transport=direct'] })[0]).toContain('measures kafka.lag');
    const signUp: Threshold = { metric: 'signUp.confirmed', statistic: 'p50', atMost: 10 };
    expect(mistakesOf(limited(signUp))).toHaveLength(1);
    expect(mistakesOf(limited(signUp), { set: ['growth.model=bass'] })).toEqual([]);
    expect(mistakesOf({ ...smoke, thresholds: faultThresholds })).toHaveLength(1);
    expect(mistakesOf(smoke, { fault: 'api-kill' })).toEqual([]);
  });

  it('is a statistic that the metric does not have, and a limit without a bound', () => {
    expect(mistakesOf(limited({ metric: 'order.confirmed', statistic: 'value', atMost: 1 }))[0]).toContain(
      'found order.confirmed value. Needed: mean, p50, p90, p95, p99 or max.',
    );
    expect(mistakesOf(limited({ metric: 'http.failedRatio', statistic: 'p95', atMost: 1 }))[0]).toContain(
      'Needed: value.',
    );
    expect(mistakesOf(limited({ metric: 'order.confirmed', statistic: 'p95' }))[0]).toContain(
      'found no bound',
    );
  });

  it('is a primary metric that a variant has not', () => {
    const { comparison } = kafkaOnOff;
    if (comparison === undefined) throw new Error('kafka-on-off compares nothing');
    const primary = [{ metric: 'stage.broker', statistic: 'p50' as const }];
    const found = mistakesOf({ ...kafkaOnOff, comparison: { ...comparison, primary } });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('comparison.primary: no run of this plan measures stage.broker.');
  });
});

it('a metric that is only explored is one that there is, with a statistic of its own and a direction', () => {
  const { comparison } = kafkaOnOff;
  if (comparison === undefined) throw new Error('kafka-on-off compares nothing');
  const exploring = (metric: string, statistic: Threshold['statistic']) =>
    mistakesOf({ ...kafkaOnOff, comparison: { ...comparison, exploratory: [{ metric, statistic }] } });
  expect(exploring('cpu.perOrderMz', 'value')).toEqual([
    'comparison.exploratory: no run of this plan measures cpu.perOrderMz. Did you mean `cpu.perOrderMs`? Needed: a metric that it measures.',
  ]);
  expect(exploring('orders.perSecond', 'p50')[0]).toContain('Needed: value.');
  expect(exploring('orders.attempted', 'value')[0]).toContain('neither more nor less is better');
  expect(exploring('kafka.lag', 'value')).toEqual([]);
});

it('a limit on a metric that was just added to the catalogue is none', () => {
  const limit = limited({ metric: 'coupon.claimed', statistic: 'p95', atMost: 100 });
  expect(metricMistakes(limit)[0]).toContain('no run of this plan measures coupon.claimed');
  expect(metricMistakes(limit, TOY_CATALOGUE)).toEqual([]);
  const compared = { metric: 'coupons.claimedRatio', statistic: 'value' } as const;
  const { comparison } = kafkaOnOff;
  if (comparison === undefined) throw new Error('kafka-on-off compares nothing');
  const comparing = { ...kafkaOnOff, comparison: { ...comparison, primary: [compared] } };
  expect(metricMistakes(comparing, TOY_CATALOGUE)).toEqual([]);
});

it('a verdict on the time to the answer is refused where the answers mean different things', () => {
  const { comparison } = kafkaOnOff;
  if (comparison === undefined) throw new Error('kafka-on-off compares nothing');
  const primary = [{ metric: 'http.response', statistic: 'p50' as const }];
  const found = mistakesOf({ ...kafkaOnOff, comparison: { ...comparison, primary } });
  expect(found).toHaveLength(2);
  expect(found[0]).toContain(
    'http.response of kafka against direct would set 202 “taken in” beside 201 “placed”',
  );
});

describe('a search that could answer nothing', () => {
  it('keeps limits that there are', () => {
    expect(mistakesOf(capacity, { set: ['capacity.keeps=order-confirmed-p59,kept-up'] })).toEqual([
      'capacity.keeps: the scenario has no limit order-confirmed-p59. Did you mean `order-confirmed-p95`? Needed: names out of order-confirmed-p95, failed-ratio, kept-up.',
    ]);
  });

  it('has a machine with cores for one of its configurations', () => {
    expect(mistakesOf(capacity, { set: ['capacity.apiProcesses=4,8'] })).toEqual([
      'capacity.apiProcesses=4,8: nothing would be searched, for this machine has 2 cores. Needed: a number of API processes from 1 to 2 among them.',
    ]);
    expect(mistakesOf(capacity, { set: ['capacity.apiProcesses=2,8'] })).toEqual([]);
  });

  it('has probes that are long enough for its limits', () => {
    expect(mistakesOf(capacity, { set: ['capacity.leastPerSecond=1'] })[0]).toBe(
      'capacity.leastPerSecond=1 for capacity.probeSeconds=8 makes about 8 orders, too few for order-confirmed-p95. Needed: 20; raise either.',
    );
  });
});
