import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { createRandom } from './chance/random.ts';
import {
  AGE_BAND_HOURS,
  ageBandMultiplier,
  ORDER_VOLUME_CURVES,
  type OrderVolumeCurve,
} from './hour-curves.ts';
import { baseScore, drawScore, expectedScore } from './propensity.ts';

const typical = {
  ageBand: '30s',
  gender: 'F',
  status: 'ACTIVE',
  marketingConsent: true,
  grade: 'BRONZE',
} as const;

describe('propensity', () => {
  it('adds up as by hand: 25 + 15 + 20 + 15 + 10 = 85, × 1.8 at 20:00', () => {
    expect(baseScore(typical)).toBe(85);
    expect(expectedScore(typical, 20)).toBeCloseTo(153, 9);
  });

  it('goes from 47 (lowest) to 100 (highest)', () => {
    const lowest = {
      ageBand: '10s',
      gender: 'M',
      status: 'DORMANT',
      marketingConsent: false,
      grade: 'BRONZE',
    } as const;
    expect(baseScore(lowest)).toBe(12 + 12 + 5 + 8 + 10);
    expect(baseScore({ ...typical, grade: 'VIP' })).toBe(100);
  });

  it('draws boost (20 % of the consenting × 1.3) and life events (12 % × 1.5, 3 % × 3)', () => {
    const random = createRandom(1, 'score');
    const consenting = Array.from({ length: 40_000 }, () => drawScore(typical, 20, random) / 153);
    expect(mean(consenting)).toBeCloseTo((0.8 + 0.2 * 1.3) * (0.85 + 0.12 * 1.5 + 0.03 * 3), 1);
    const without = { ...typical, marketingConsent: false };
    const expected = expectedScore(without, 20);
    const factors = new Set(
      Array.from({ length: 2_000 }, () => (drawScore(without, 20, random) / expected).toFixed(3)),
    );
    expect([...factors].sort()).toEqual(['1.000', '1.500', '3.000']);
  });

  it('leaves out the boost from 21 to 8 o’clock', () => {
    for (const hour of [21, 23, 0, 7]) {
      const random = createRandom(1, 'night', hour);
      const highest = Math.max(...Array.from({ length: 3_000 }, () => drawScore(typical, hour, random)));
      expect(highest).toBeCloseTo(3 * expectedScore(typical, hour), 9);
    }
  });

  it('takes the same numbers from the stream for everybody', () => {
    const [a, b] = [createRandom(1, 'x'), createRandom(1, 'x')];
    drawScore(typical, 20, a);
    drawScore({ ...typical, marketingConsent: false }, 3, b);
    expect(a.uniform()).toBe(b.uniform());
  });
});

/** Volumes of the 24 hours relative to the mean hour. */
function relativeVolumes(curve: OrderVolumeCurve): number[] {
  const values: readonly number[] = ORDER_VOLUME_CURVES[curve];
  return values.map((value) => value / mean(values));
}

describe('hour curves', () => {
  it('have 24 hours each; the founders’ volume adds up to 23.45 and tops at 20:00 with 3× the mean', () => {
    for (const curve of Object.values(AGE_BAND_HOURS)) expect(curve).toHaveLength(24);
    for (const curve of Object.values(ORDER_VOLUME_CURVES)) expect(curve).toHaveLength(24);
    expect(ORDER_VOLUME_CURVES.founding.reduce((sum: number, value) => sum + value, 0)).toBeCloseTo(23.45, 9);
    const hours = relativeVolumes('founding');
    expect(hours.indexOf(Math.max(...hours))).toBe(20);
    expect(hours[20]).toBeCloseTo(3.07, 2);
    expect(mean(hours)).toBeCloseTo(1, 9);
  });

  it('have the published ratio of the top hour to the mean', () => {
    const top = (curve: OrderVolumeCurve): number => Math.max(...relativeVolumes(curve));
    expect(top('instacart')).toBeCloseTo(2.02, 2);
    expect(top('olist')).toBeCloseTo(1.61, 2);
    expect(top('korea')).toBeGreaterThan(1.5);
    expect(top('korea')).toBeLessThan(2.1);
    expect(ORDER_VOLUME_CURVES.olist.reduce((sum: number, value) => sum + value, 0)).toBe(99_441);
    expect(ORDER_VOLUME_CURVES.korea.reduce((sum: number, value) => sum + value, 0)).toBeCloseTo(100, 9);
    const night = mean(relativeVolumes('korea').slice(3, 5)) / 12;
    expect(night).toBeLessThan(0.03);
  });

  it('has the found values of each age band at its top hour', () => {
    expect(ageBandMultiplier('10s', 21)).toBe(1.8);
    expect(ageBandMultiplier('20s', 21)).toBe(1.8);
    expect(ageBandMultiplier('30s', 20)).toBe(1.8);
    expect(ageBandMultiplier('40s', 20)).toBe(1.6);
    expect(ageBandMultiplier('50+', 11)).toBe(1.6);
  });

  it('refuses an hour that no clock shows', () => {
    expect(() => ageBandMultiplier('30s', 24)).toThrow('The hour is 24');
    expect(() => ageBandMultiplier('30s', 1.5)).toThrow('The hour is 1.5');
  });
});
