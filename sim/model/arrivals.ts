// When sessions start: a non-homogeneous Poisson process, optionally burstier, drawn before a run starts.
import { createRandom, type Random } from './chance/random.ts';

const MINUTE_MS = 60_000;
/** How often a rate is looked at when its highest value and its integral are needed. */
const RATE_STEP_MS = 250;

/** Starts per second at an offset in ms from the start of the measured span (negative in the lead-in). */
export type RatePerSecond = (offsetMs: number) => number;

export type ArrivalsInput = {
  seed: number;
  ratePerSecond: RatePerSecond;
  /** Offsets [from, to) in ms. */
  fromMs: number;
  toMs: number;
  /**
   * Variance over mean of the starts in a minute, beyond Poisson's 1. 0 (default): Poisson. Above 0 every minute's rate
   * is multiplied by a gamma variate of mean 1 and variance dispersion / expected starts of that minute.
   */
  dispersion?: number;
  /** Name of the stream, where one seed plans several processes. */
  stream?: string;
  /** Upper bound of the rate per second, where it is known; otherwise it is looked for. */
  highestRatePerSecond?: number | undefined;
};

/**
 * Offsets in ms, ascending, by thinning (Lewis, Shedler 1979): points of a constant rate that is never below the
 * wanted one, each kept with the ratio of both. A rate above its bound is an error, never a bias.
 */
export function planArrivals(input: ArrivalsInput): number[] {
  const { seed, ratePerSecond, fromMs, toMs, dispersion = 0, stream = 'arrivals' } = input;
  if (!(dispersion >= 0)) throw new Error(`The dispersion is ${dispersion}; it must be 0 or more.`);
  const random = createRandom(seed, stream);
  const arrivals: number[] = [];
  for (let minute = Math.floor(fromMs / MINUTE_MS); minute * MINUTE_MS < toMs; minute += 1) {
    const startMs = Math.max(fromMs, minute * MINUTE_MS);
    const endMs = Math.min(toMs, (minute + 1) * MINUTE_MS);
    const expected = expectedArrivals(ratePerSecond, minute * MINUTE_MS, (minute + 1) * MINUTE_MS);
    const burst = burstFactor(expected, dispersion, createRandom(seed, stream, 'minute', minute));
    // Between two looks a smooth rate may lie a little higher than at both; 10 % is room for that.
    const bound = input.highestRatePerSecond ?? 1.1 * highestRate(ratePerSecond, startMs, endMs);
    thin(ratePerSecond, { bound, burst, startMs, endMs }, random, arrivals);
  }
  return arrivals;
}

/** Expected number of starts in [from, to): the integral of the rate by the midpoint rule in steps of 250 ms. */
export function expectedArrivals(ratePerSecond: RatePerSecond, fromMs: number, toMs: number): number {
  let sum = 0;
  for (let offset = fromMs; offset < toMs; offset += RATE_STEP_MS) {
    const stepMs = Math.min(RATE_STEP_MS, toMs - offset);
    sum += (checkedRate(ratePerSecond, offset + stepMs / 2) * stepMs) / 1_000;
  }
  return sum;
}

/** Highest rate per second seen in [from, to], looked at every 250 ms. */
export function highestRate(ratePerSecond: RatePerSecond, fromMs: number, toMs: number): number {
  let highest = checkedRate(ratePerSecond, toMs);
  for (let offset = fromMs; offset < toMs; offset += RATE_STEP_MS) {
    highest = Math.max(highest, checkedRate(ratePerSecond, offset));
  }
  return highest;
}

type Span = { bound: number; burst: number; startMs: number; endMs: number };

function thin(ratePerSecond: RatePerSecond, span: Span, random: Random, arrivals: number[]): void {
  const { bound, burst, startMs, endMs } = span;
  if (bound * burst <= 0) return;
  for (let offset = startMs; ; ) {
    offset += random.exponential((bound * burst) / 1_000);
    if (offset >= endMs) return;
    const rate = checkedRate(ratePerSecond, offset);
    if (rate > bound) {
      throw new Error(`The rate at ${offset} ms is ${rate}/s, above its bound of ${bound}/s.`);
    }
    if (random.uniform() * bound < rate) arrivals.push(offset);
  }
}

function burstFactor(expectedCount: number, dispersion: number, random: Random): number {
  if (dispersion === 0 || expectedCount <= 0) return 1;
  const shape = expectedCount / dispersion;
  return random.gamma(shape) / shape;
}

function checkedRate(ratePerSecond: RatePerSecond, offsetMs: number): number {
  const rate = ratePerSecond(offsetMs);
  if (!(rate >= 0 && rate < Infinity))
    throw new Error(`The rate at ${offsetMs} ms is ${rate}/s; it must be 0 or more.`);
  return rate;
}
