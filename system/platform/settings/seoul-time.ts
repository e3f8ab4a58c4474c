// Calendar of the shop's rules: Asia/Seoul, UTC+9 without daylight saving since 1988.

const OFFSET_MS = 9 * 60 * 60 * 1_000;

/** The year that the calendar in Seoul shows at an instant. */
export function seoulYear(instant: Date): number {
  return new Date(instant.getTime() + OFFSET_MS).getUTCFullYear();
}
