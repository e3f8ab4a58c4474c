// The shop's days: Seoul's calendar without a time zone library (Korea has had no daylight saving since 1988), how much
// is bought on each day of a year, and the time that runs with the buying.

export const DAY_MS = 86_400_000;
const SEOUL_OFFSET_MS = 9 * 3_600_000;

/** Seoul's day that an instant (Unix ms) lies in, as days since 1970-01-01. */
export function seoulDay(unixMs: number): number {
  return Math.floor((unixMs + SEOUL_OFFSET_MS) / DAY_MS);
}

/** The instant (Unix ms) at which Seoul's day begins. */
export function seoulDayStartMs(day: number): number {
  return day * DAY_MS - SEOUL_OFFSET_MS;
}

/** Hour of Seoul's clock, 0–23. */
export function seoulHour(unixMs: number): number {
  return Math.floor(((unixMs + SEOUL_OFFSET_MS) % DAY_MS) / 3_600_000);
}

/** 0 Monday … 6 Sunday. */
export function weekdayOf(day: number): number {
  return (day + 3) % 7;
}

/** Calendar month 0–11, day of the month 1–31, and days of that month. */
export function monthOf(day: number): { month: number; dayOfMonth: number; dayCount: number } {
  const date = new Date(day * DAY_MS);
  const dayCount = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return { month: date.getUTCMonth(), dayOfMonth: date.getUTCDate(), dayCount };
}

/** `2026-11-20` of a day. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export type CalendarWeights = {
  /** Relative orders of the twelve months, January first. */
  months: readonly number[];
  /** Relative orders of the weekdays, Monday first. */
  weekdays: readonly number[];
  /** Factor of campaign weeks, `month/week` (1–12, 1–5 with seven days each from the first of the month); others 1. */
  campaigns: Readonly<Record<string, number>>;
};

/** Relative orders of one day: month ÷ its days × weekday × campaign week. */
export function dayWeight(weights: CalendarWeights, day: number): number {
  const { month, dayOfMonth, dayCount } = monthOf(day);
  const week = Math.floor((dayOfMonth - 1) / 7) + 1;
  const campaign = weights.campaigns[`${month + 1}/${week}`] ?? 1;
  return ((weights.months[month] ?? 0) / dayCount) * (weights.weekdays[weekdayOf(day)] ?? 0) * campaign;
}

/**
 * Time that runs with the buying: an hour of a busy day counts for more than one of a quiet day, a whole year for as
 * much as it is long. A Poisson process in this time has the calendar's shape in real time.
 */
export type BuyingTime = {
  firstDay: number;
  /** Buying time in weeks at the start of day `firstDay + i`; one more entry than days. */
  weeksAtDayStart: Float64Array;
};

/** Buying time of `dayCount` days from `firstDay`. */
export function buyingTime(weights: CalendarWeights, firstDay: number, dayCount: number): BuyingTime {
  let year = 0;
  for (let day = firstDay; day < firstDay + 365; day += 1) year += dayWeight(weights, day);
  const weeksAtDayStart = new Float64Array(dayCount + 1);
  for (let i = 0; i < dayCount; i += 1) {
    const relative = (dayWeight(weights, firstDay + i) * 365) / year;
    weeksAtDayStart[i + 1] = (weeksAtDayStart[i] ?? 0) + relative / 7;
  }
  return { firstDay, weeksAtDayStart };
}

/** Buying time in weeks at a share (0 to 1) of a day, linear within the day. */
export function weeksAt({ firstDay, weeksAtDayStart }: BuyingTime, day: number, share: number): number {
  const from = weeksAtDayStart[day - firstDay] ?? Number.NaN;
  const to = weeksAtDayStart[day - firstDay + 1] ?? from;
  return from + share * (to - from);
}

/** The day in which a buying time lies, or null when it is after the last day. */
export function dayAtWeeks({ firstDay, weeksAtDayStart }: BuyingTime, weeks: number): number | null {
  let low = 0;
  let high = weeksAtDayStart.length - 1;
  if (weeks >= (weeksAtDayStart[high] ?? 0)) return null;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((weeksAtDayStart[middle] ?? 0) <= weeks) low = middle;
    else high = middle;
  }
  return firstDay + low;
}
