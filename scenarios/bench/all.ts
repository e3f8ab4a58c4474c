// All benches, cheapest first.
import type { Bench } from './bench.ts';
import { direct } from './direct.ts';
import { drain } from './drain.ts';
import { engine } from './engine.ts';
import { history } from './history.ts';
import { instrument } from './instrument.ts';
import { memory } from './memory.ts';
import { recorder } from './recorder.ts';

export const benches: readonly Bench[] = [recorder, instrument, direct, drain, engine, history, memory];
