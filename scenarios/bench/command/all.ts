// All benches, cheapest first.
import type { Bench } from '../bench.ts';
import { capacity } from '../capacity.ts';
import { direct } from '../direct.ts';
import { drain } from '../drain.ts';
import { engine } from '../engine.ts';
import { history } from '../history.ts';
import { instrument } from '../instrument.ts';
import { memory } from '../memory.ts';
import { page } from '../page.ts';
import { recorder } from '../recorder.ts';

export const benches: readonly Bench[] = [
  recorder,
  page,
  instrument,
  capacity,
  direct,
  drain,
  engine,
  history,
  memory,
];
