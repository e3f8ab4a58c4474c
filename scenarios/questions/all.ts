// Every scenario there is, by name. A new one is a file beside this and a line here.

import type { Scenario } from '../scenario/scenario.ts';
import { balance } from './balance.ts';
import { cacheHitRate } from './cache-hit-rate.ts';
import { capacity } from './capacity.ts';
import { kafkaOnOff } from './kafka-on-off.ts';
import { lastUnits } from './last-units.ts';
import { peakHour } from './peak-hour.ts';
import { recommend3s } from './recommend-3s.ts';
import { recommending } from './recommending.ts';
import { regression } from './regression.ts';
import { smoke } from './smoke.ts';
import { steady } from './steady.ts';

export const scenarios: readonly Scenario[] = [
  peakHour,
  smoke,
  steady,
  kafkaOnOff,
  cacheHitRate,
  capacity,
  recommend3s,
  recommending,
  balance,
  regression,
  lastUnits,
];
