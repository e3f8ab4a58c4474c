// When a live shop's producers make the next order and the next product (given, docs/shop-rules.md "Live load"): pauses of a few
// seconds that follow the hour of the shop's clock. What they make is left to others.
import type { Random } from './chance/random.ts';
import { ORDER_VOLUME_CURVES } from './hour-curves.ts';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Given: pauses in seconds, uniform, at a multiplier of 1; the multiplied ones are held within `clampS`. */
export const LIVE_LOAD = {
  orderPauseS: [3, 5] as readonly [number, number],
  productPauseS: [6, 8] as readonly [number, number],
  clampS: [1, 30] as readonly [number, number],
  /** Found: how much more is ordered in each hour than at a multiplier of 1. */
  multipliers: ORDER_VOLUME_CURVES.founding as readonly number[],
};

export type LiveLoadInput = {
  /** Offsets [from, to) in ms from the start of the measured span. */
  fromMs: number;
  toMs: number;
  /** Hour of the shop's clock at offset 0, with its fraction: 20.5 is half past eight. */
  hour: number;
  /** So many producers work side by side: every pause, clamped, is divided by it. */
  producers: number;
  random: Random;
  figures?: typeof LIVE_LOAD;
};

/** Offsets in ms, ascending, at which orders, or products, are made. */
export function planLive(kind: 'order' | 'product', input: LiveLoadInput): number[] {
  const { fromMs, toMs, producers, random, figures = LIVE_LOAD } = input;
  if (!(producers > 0)) throw new Error(`There are ${producers} producers; needed are more than 0.`);
  const pause = kind === 'order' ? figures.orderPauseS : figures.productPauseS;
  const offsets: number[] = [];
  // The first comes somewhere within a pause, as if the producers had worked before.
  let atMs = fromMs + random.uniform() * pauseMs(fromMs, pause, input, figures);
  while (atMs < toMs) {
    offsets.push(atMs);
    atMs += pauseMs(atMs, pause, input, figures);
  }
  return offsets;
}

function pauseMs(
  offsetMs: number,
  [least, most]: readonly [number, number],
  { hour, producers, random }: LiveLoadInput,
  { clampS, multipliers }: typeof LIVE_LOAD,
): number {
  const atHour = Math.floor(hour + offsetMs / HOUR_MS);
  const multiplier = multipliers[((atHour % HOURS) + HOURS) % HOURS] ?? 1;
  const seconds = (least + (most - least) * random.uniform()) / multiplier;
  return (Math.min(clampS[1], Math.max(clampS[0], seconds)) * 1_000) / producers;
}
