// All benches, cheapest first.
import type { Bench } from '../bench.ts';
import { adapter } from '../generator/adapter.ts';
import { capacity } from '../generator/capacity.ts';
import { engine } from '../generator/engine.ts';
import { generators } from '../generator/generators.ts';
import { instrument } from '../generator/instrument.ts';
import { merge } from '../generator/merge.ts';
import { recorder } from '../generator/recorder.ts';
import { storm } from '../generator/storm.ts';
import { history } from '../history/history.ts';
import { page } from '../page.ts';
import { recommenders } from '../recommenders/recommenders.ts';
import { behaviour } from '../shop/behaviour.ts';
import { counters } from '../shop/counters.ts';
import { coupons } from '../shop/coupons.ts';
import { direct } from '../shop/direct.ts';
import { drain } from '../shop/drain.ts';
import { grades } from '../shop/grades.ts';
import { hotSet } from '../shop/hot-set.ts';
import { memory } from '../shop/memory.ts';
import { recommendationCost } from '../shop/recommendation-cost.ts';
import { sockets } from '../shop/sockets.ts';

export const benches: readonly Bench[] = [
  recorder,
  merge,
  page,
  instrument,
  generators,
  storm,
  capacity,
  recommendationCost,
  recommenders,
  hotSet,
  coupons,
  grades,
  direct,
  behaviour,
  counters,
  sockets,
  drain,
  adapter,
  engine,
  history,
  memory,
];
