import { describe, expect, it } from 'vitest';
import { peakHour } from '../questions/peak-hour.ts';
import { applyOverrides } from './overrides.ts';

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
      'load.durationSeconds: found "abc". Needed: a whole number from 5 to 7200',
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

  it('refuse a fraction where whole things are counted', () => {
    expect(mistakesOf('data.people=1000.5')[0]).toContain(
      'data.people: found 1000.5. Needed: a whole number',
    );
  });
});
