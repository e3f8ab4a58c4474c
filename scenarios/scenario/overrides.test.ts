import { describe, expect, it } from 'vitest';
import { capacity } from '../questions/capacity.ts';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { applyOverrides } from './overrides.ts';
import type { Scenario } from './scenario.ts';
import { settablePaths } from './settable.ts';

function mistakesOf(...assignments: string[]): string[] {
  const result = applyOverrides(peakHour, assignments);
  return result.kind === 'mistakes' ? result.mistakes : [];
}

describe('overrides of a scenario', () => {
  it('replace a value and leave the scenario they start from as it was', () => {
    const result = applyOverrides(peakHour, ['orders.transport=direct', 'load.sessionsPerSecond=12.5']);
    expect(result).toMatchObject({
      kind: 'ok',
      scenario: { orders: { transport: 'direct' }, load: { sessionsPerSecond: 12.5 } },
    });
    expect(peakHour.orders.transport).toBe('kafka');
  });

  it('move the limit of a threshold that is addressed by its name', () => {
    const result = applyOverrides(peakHour, ['thresholds.order-confirmed-p95=1']);
    expect(result.kind === 'ok' && result.scenario.thresholds['order-confirmed-p95']).toMatchObject({
      metric: 'order.confirmed',
      atMost: 1,
    });
  });

  it('name all mistakes at once, each with the value found and the value needed', () => {
    const mistakes = mistakesOf(
      'orders.transprt=direct',
      'load.durationSeconds=abc',
      'load.passwordSignInRatio=2',
      'orders.transport=carrier-pigeon',
      'thresholds.failed-ratio=lots',
      'nonsense',
    );
    expect(mistakes).toHaveLength(6);
    expect(mistakes.join('\n')).toContain('Did you mean `orders.transport`?');
    expect(mistakes.join('\n')).toContain(
      'load.durationSeconds: found "abc". Needed: a whole number from 5 to 86400',
    );
    expect(mistakes.join('\n')).toContain('load.passwordSignInRatio: found 2. Needed: a number from 0 to 1');
    expect(mistakes.join('\n')).toContain(
      'orders.transport: found "carrier-pigeon". Needed: a text: how orders reach placeOrders: direct',
    );
    expect(mistakes.join('\n')).toContain('thresholds.failed-ratio=lots: found lots. Needed: a number');
    expect(mistakes.join('\n')).toContain('--set nonsense: a value is missing');
  });

  it('set how the shop grows, for a scenario that does not by itself', () => {
    const result = applyOverrides(peakHour, ['growth.model=bass', 'growth.signUpsPerSecond=1']);
    expect(result).toMatchObject({
      kind: 'ok',
      scenario: { growth: { model: 'bass', signUpsPerSecond: 1 } },
    });
    expect(peakHour.growth.model).toBe('none');
    const mistakes = mistakesOf('growth.model=boom', 'growth.modle=bass', 'growth.signUpsPerSecond=50');
    expect(mistakes.join('\n')).toContain(
      'growth.model: found "boom". Needed: a text: none (nobody signs up), bass',
    );
    expect(mistakes.join('\n')).toContain('Did you mean `growth.model`?');
    expect(mistakes.join('\n')).toContain(
      'growth.signUpsPerSecond: found 50. Needed: a number from 0.01 to 20',
    );
  });

  it('cannot change what a scenario is called', () => {
    expect(mistakesOf('name=other')[0]).toContain('has no such setting');
  });

  it('reach a list by its commas, and of a comparison what does not make it another', () => {
    const set = (scenario: Scenario, assignment: string) => applyOverrides(scenario, [assignment]);
    expect(set(capacity, 'capacity.apiProcesses=1,2')).toMatchObject({
      scenario: { capacity: { apiProcesses: [1, 2] } },
    });
    expect(set(kafkaOnOff, 'comparison.marginRatio=0.1').kind).toBe('ok');
    for (const fixed of ['comparison.blocks=1', 'comparison.expectedSd=0.1', 'comparison.declared=true'])
      expect(set(kafkaOnOff, fixed), fixed).toMatchObject({ kind: 'mistakes' });
    for (const fixed of ['capacity.quick=load.hour=1', 'fault.atRatio=0.1', 'comparison.marginRatio=0.1'])
      expect(set(capacity, fixed), fixed).toMatchObject({ kind: 'mistakes' });
  });

  it('reach every plain field of every group that a scenario has, as its schema says, and nothing else', () => {
    const paths = settablePaths(peakHour);
    for (const group of ['data', 'shop', 'cache', 'orders', 'load', 'growth', 'generator'] as const)
      for (const key of Object.keys(peakHour[group])) expect(paths).toContain(`${group}.${key}`);
    const groups = new Set(paths.map((path) => path.split('.')[0]));
    expect([...groups]).toEqual([
      'data',
      'shop',
      'cache',
      'orders',
      'behaviour',
      'counters',
      'intake',
      'coupons',
      'rules',
      'recommendations',
      'load',
      'growth',
      'generator',
      'thresholds',
    ]);
  });

  it('refuse a fraction where whole things are counted', () => {
    expect(mistakesOf('data.people=1000.5')[0]).toContain(
      'data.people: found 1000.5. Needed: a whole number',
    );
  });
});
