import { describe, expect, it } from 'vitest';
import { createRandom } from './chance/random.ts';
import { planLive } from './live-load.ts';

const HOUR_MS = 3_600_000;
const plan = (kind: 'order' | 'product', hour: number, producers = 1, toMs = HOUR_MS) =>
  planLive(kind, { fromMs: 0, toMs, hour, producers, random: createRandom(7, 'live') });
const pauses = (offsets: readonly number[]) =>
  offsets.slice(1).map((at, index) => at - (offsets[index] ?? 0));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a live producer', () => {
  it('makes an order every 3 to 5 s and a product every 6 to 8 s where the hour multiplies by one', () => {
    for (const [kind, least, most] of [
      ['order', 3_000, 5_000],
      ['product', 6_000, 8_000],
    ] as const) {
      const found = pauses(plan(kind, 14));
      expect(Math.min(...found)).toBeGreaterThanOrEqual(least);
      expect(Math.max(...found)).toBeLessThanOrEqual(most);
      expect(mean(found)).toBeCloseTo((least + most) / 2, -2);
    }
  });

  it('makes three times as many at 20:00, which are the founders’ 2,700 orders an hour', () => {
    expect(plan('order', 20).length).toBeGreaterThan(2_600);
    expect(plan('order', 20).length).toBeLessThan(2_800);
  });

  it('never pauses for longer than half a minute, nor for less than a second', () => {
    expect(new Set(pauses(plan('order', 3)).map(Math.round))).toEqual(new Set([30_000]));
    const busiest = pauses(plan('order', 20)).filter((pause) => pause < 999.9);
    expect(busiest).toEqual([]);
  });

  it('follows the hour as it passes, over midnight too', () => {
    const offsets = plan('order', 23, 1, 2 * HOUR_MS);
    const counts = [0, 1].map((hour) => offsets.filter((at) => Math.floor(at / HOUR_MS) === hour).length);
    // 23:00 at 0.5, so every 8 s; midnight at 0.15, so every 26.7 s.
    expect(counts[0]).toBeGreaterThan(400);
    expect(counts[1]).toBeLessThan(150);
  });

  it('is one of several, which make so many times as much', () => {
    expect(mean(pauses(plan('product', 14, 4)))).toBeCloseTo(7_000 / 4, -2);
    expect(() => plan('order', 14, 0)).toThrow('0 producers');
  });
});
