// Calendar of the shop's rules: Asia/Seoul, UTC+9 without daylight saving since 1988.

const OFFSET_MS = 9 * 60 * 60 * 1_000;
const HOUR_MS = 60 * 60 * 1_000;
const HOURS_OF_DAY = 24;

/** The year that the calendar in Seoul shows at an instant. */
export function seoulYear(instant: Date): number {
  return new Date(instant.getTime() + OFFSET_MS).getUTCFullYear();
}

/** Hours of the calendar in Seoul since its 1 January 1970, 0:00; 24 of them are a day. @param instantMs Unix ms. */
export function seoulHour(instantMs: number): number {
  return Math.floor((instantMs + OFFSET_MS) / HOUR_MS);
}

/** Days of that calendar since the same moment, of an hour that `seoulHour` gave. */
export function dayOfHour(hour: number): number {
  return Math.floor(hour / HOURS_OF_DAY);
}

/** 0–23, of an hour that `seoulHour` gave. */
export function hourOfDay(hour: number): number {
  return hour - dayOfHour(hour) * HOURS_OF_DAY;
}

/** Unix ms of the next midnight in Seoul, behind this instant. */
export function nextSeoulMidnightMs(instantMs: number): number {
  return (dayOfHour(seoulHour(instantMs)) + 1) * HOURS_OF_DAY * HOUR_MS - OFFSET_MS;
}
