import { describe, expect, it } from 'vitest';
import { fitDayTimes, hourAtShare, shareAtHour, shopDayTimes } from './day-times.ts';
import { ORDER_VOLUME_CURVES } from './hour-curves.ts';

const bands = { '10s': 0, '20s': 30, '30s': 30, '40s': 25, '50+': 15 } as const;

describe('fitDayTimes', () => {
  const times = fitDayTimes('korea', bands);
  const shareOf = (band: keyof typeof bands, hour: number): number =>
    times[band][hour]! - (hour === 0 ? 0 : times[band][hour - 1]!);

  it('adds up to the shop’s curve over all age bands', () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const shop = (['20s', '30s', '40s', '50+'] as const).reduce(
        (sum, b) => sum + bands[b] * shareOf(b, hour),
        0,
      );
      expect(shop).toBeCloseTo(ORDER_VOLUME_CURVES.korea[hour]!, 3);
    }
  });

  it('leaves each age band its own hours: the young at night, the older in the morning', () => {
    expect(shareOf('20s', 0)).toBeGreaterThan(3 * shareOf('50+', 0));
    expect(shareOf('50+', 6)).toBeGreaterThan(2 * shareOf('20s', 6));
  });
});

it('hours and shares are each other’s inverse', () => {
  const shop = shopDayTimes('korea');
  for (const share of [0, 0.1, 0.5, 0.999])
    expect(shareAtHour(shop, hourAtShare(shop, share))).toBeCloseTo(share, 6);
});
