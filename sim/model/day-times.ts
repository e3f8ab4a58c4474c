// When in the day people order: the shop's hours and every age band's readiness at once. The shop's curve says how many
// orders an hour has, propensity says whose they are.

import { cumulate } from './chance/weighted-choice.ts';
import { AGE_BAND_HOURS, ORDER_VOLUME_CURVES, type OrderVolumeCurve } from './hour-curves.ts';
import { AGE_BANDS, type AgeBand } from './person.ts';

const HOURS = 24;
const ROUNDS = 200;

/** Cumulated share of a band's orders by hour (24 entries, the last is 1). */
export type DayTimes = Readonly<Record<AgeBand, Float64Array>>;

/**
 * The table band × hour that is closest to the bands' readiness, whose hours add up to the shop's curve and whose bands
 * to their shares of orders: iterative proportional fitting (Deming, Stephan 1940). A band without orders keeps its row.
 */
export function fitDayTimes(
  curve: OrderVolumeCurve,
  bandShares: Readonly<Record<AgeBand, number>>,
): DayTimes {
  const shares = AGE_BANDS.map((band) => Math.max(bandShares[band], 1e-9));
  const bandTotal = shares.reduce((sum, share) => sum + share, 0);
  const volumes = normalised(ORDER_VOLUME_CURVES[curve]);
  const table = AGE_BANDS.map((band) => Float64Array.from(AGE_BAND_HOURS[band]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, row] of table.entries()) {
      const factor = (shares[index] ?? 0) / bandTotal / row.reduce((sum, value) => sum + value, 0);
      for (let hour = 0; hour < HOURS; hour += 1) row[hour] = (row[hour] ?? 0) * factor;
    }
    for (let hour = 0; hour < HOURS; hour += 1) {
      const sum = table.reduce((total, row) => total + (row[hour] ?? 0), 0);
      for (const row of table) row[hour] = ((row[hour] ?? 0) * (volumes[hour] ?? 0)) / sum;
    }
  }
  const cumulated = table.map((row) => cumulate(normalised(Array.from(row))));
  return Object.fromEntries(AGE_BANDS.map((band, index) => [band, cumulated[index]])) as Record<
    AgeBand,
    Float64Array
  >;
}

/** Cumulated hours of the whole shop, for what no age band decides. */
export function shopDayTimes(curve: OrderVolumeCurve): Float64Array {
  return cumulate(normalised(ORDER_VOLUME_CURVES[curve]));
}

/** The hour of the day (0 to 24, with its fraction) before which `share` of the orders lie. */
export function hourAtShare(cumulatedHours: Float64Array, share: number): number {
  let hour = 0;
  while (hour < HOURS - 1 && (cumulatedHours[hour] ?? 0) <= share) hour += 1;
  const before = hour === 0 ? 0 : (cumulatedHours[hour - 1] ?? 0);
  const within = (share - before) / ((cumulatedHours[hour] ?? 1) - before);
  return hour + Math.min(Math.max(within, 0), 0.9999999);
}

/** Share of the day's orders before an hour with its fraction; the inverse of hourAtShare. */
export function shareAtHour(cumulatedHours: Float64Array, hour: number): number {
  const whole = Math.min(Math.floor(hour), HOURS - 1);
  const before = whole === 0 ? 0 : (cumulatedHours[whole - 1] ?? 0);
  return before + (hour - whole) * ((cumulatedHours[whole] ?? 1) - before);
}

function normalised(values: readonly number[]): number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
}
