import { expect, it } from 'vitest';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { smoke } from '../questions/smoke.ts';
import { watchesCounters } from './counters.ts';

it('pages show counters where that is said, and where somebody opens pages', () => {
  const watching = { counters: { watch: 'on' as const } };
  expect(watchesCounters({ ...smoke, ...watching })).toBe(true);
  expect(watchesCounters({ ...smoke, counters: { watch: 'off' } })).toBe(false);
  expect(watchesCounters({ ...kafkaOnOff, ...watching })).toBe(false);
});
