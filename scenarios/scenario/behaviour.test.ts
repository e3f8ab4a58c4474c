import { expect, it } from 'vitest';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { recommend3s } from '../questions/recommend-3s.ts';
import { smoke } from '../questions/smoke.ts';
import { actionsGatherMs, behaviourEnvironment, sendsActions } from './behaviour.ts';

it('shoppers tell what they do, by the way that orders go, unless it is switched off; who only orders does not', () => {
  expect([smoke, peakHour].map(sendsActions)).toEqual([true, true]);
  expect(behaviourEnvironment(peakHour)).toEqual({ BEHAVIOUR_TRANSPORT: 'kafka' });
  const direct = { ...peakHour, orders: { transport: 'direct-batched' as const } };
  expect(behaviourEnvironment(direct)).toEqual({ BEHAVIOUR_TRANSPORT: 'direct' });
  const silent = { ...peakHour, behaviour: { ...peakHour.behaviour, send: 'off' as const } };
  for (const scenario of [silent, kafkaOnOff]) {
    expect(sendsActions(scenario)).toBe(false);
    expect(behaviourEnvironment(scenario)).toEqual({});
  }
});

it('what they do gathers for a second, but where somebody waits for the lists that it brings', () => {
  expect(actionsGatherMs(peakHour)).toBe(1_000);
  expect(actionsGatherMs(recommend3s)).toBe(50);
  const withLists = {
    ...peakHour,
    recommendations: { ...peakHour.recommendations, engine: 'incremental' as const },
  };
  expect(actionsGatherMs(withLists)).toBe(50);
});
