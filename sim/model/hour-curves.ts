// How a day's 24 hours differ: each age band's readiness to shop (docs/shop-rules.md "Hours") and the volume of the
// whole shop's orders, as the founders had it and as real shops published it (docs/realism.md "Hours and days").
import type { AgeBand } from './person.ts';

/** Multiplier of a person's propensity by age band, hours 0 → 23 (found). */
export const AGE_BAND_HOURS: Readonly<Record<AgeBand, readonly number[]>> = {
  '10s': [
    0.8, 0.5, 0.2, 0.1, 0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 0.8, 0.7, 0.8, 0.9, 1.0, 1.2, 1.4, 1.6,
    1.8, 1.5, 1.2,
  ],
  '20s': [
    0.7, 0.4, 0.2, 0.1, 0.1, 0.1, 0.2, 0.4, 0.6, 0.7, 0.8, 1.0, 1.3, 1.1, 0.9, 0.8, 0.9, 1.0, 1.3, 1.5, 1.7,
    1.8, 1.5, 1.0,
  ],
  '30s': [
    0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0, 1.2, 1.4, 1.2, 1.0, 0.9, 0.8, 0.9, 1.1, 1.5, 1.8,
    1.6, 1.0, 0.5,
  ],
  '40s': [
    0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.3, 1.4, 1.2, 1.0, 0.9, 0.8, 0.9, 1.1, 1.4, 1.6,
    1.3, 0.8, 0.4,
  ],
  '50+': [
    0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.5, 0.8, 1.0, 1.3, 1.5, 1.6, 1.4, 1.2, 1.0, 0.9, 0.8, 0.7, 0.8, 1.0, 1.1,
    0.8, 0.5, 0.2,
  ],
};

/** Relative volume of orders, hours 0 → 23; only the ratios within a curve mean something. */
export const ORDER_VOLUME_CURVES = {
  /** Found (docs/shop-rules.md "Hours"); sum 23.45. */
  founding: [
    0.15, 0.05, 0.02, 0.01, 0.01, 0.03, 0.08, 0.2, 0.5, 0.8, 1.3, 1.6, 1.4, 1.1, 1.0, 1.1, 1.2, 1.4, 1.8, 2.2,
    3.0, 2.5, 1.5, 0.5,
  ],
  /** Ours: a blend of Korean shops' published hours; sums to 100. */
  korea: [
    3.6, 2.2, 1.3, 0.8, 0.6, 0.6, 1.0, 2.0, 3.4, 5.0, 6.3, 6.3, 5.6, 6.1, 6.4, 6.4, 6.7, 5.7, 4.8, 4.4, 4.9,
    5.5, 5.6, 4.8,
  ],
  /** Published orders by hour. */
  instacart: [
    22758, 12398, 7539, 5474, 5527, 9569, 30529, 91868, 178201, 257812, 288418, 284728, 272841, 277999,
    283042, 283639, 272553, 228795, 182912, 140569, 104292, 78109, 61468, 40043,
  ],
  /** From memory (the total of 99,441 is published). */
  olist: [
    2394, 1170, 510, 272, 206, 188, 502, 1231, 2967, 4785, 6177, 6578, 5995, 6518, 6569, 6454, 6675, 6150,
    5769, 5982, 6193, 6217, 5816, 4123,
  ],
} as const satisfies Record<string, readonly number[]>;

export type OrderVolumeCurve = keyof typeof ORDER_VOLUME_CURVES;

/** How much an age band is inclined to shop in an hour (0–23), 1 being neutral. */
export function ageBandMultiplier(ageBand: AgeBand, hour: number): number {
  return atHour(AGE_BAND_HOURS[ageBand], hour);
}

function atHour(values: readonly number[], hour: number): number {
  const value = values[hour];
  if (value === undefined) throw new Error(`The hour is ${hour}; it must be a whole number from 0 to 23.`);
  return value;
}
