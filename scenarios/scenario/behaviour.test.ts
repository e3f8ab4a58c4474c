import { expect, it } from 'vitest';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { peakHour } from '../questions/peak-hour.ts';
import { smoke } from '../questions/smoke.ts';
import { behaviourEnvironment, sendsActions } from './behaviour.ts';

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
