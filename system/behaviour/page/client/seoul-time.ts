// Times of the page: Seoul's, nine hours ahead of UTC all year, whatever the operator's own machine is set to.
const OFFSET_MS = 9 * 60 * 60 * 1_000;

/** `2026-03-02T20:15:30`, as an input of kind datetime-local has it. */
export const seoulText = (instant: string): string =>
  new Date(Date.parse(instant) + OFFSET_MS).toISOString().slice(0, 19);

/** The instant of what such an input holds. */
export const instantOf = (text: string): string => new Date(`${text}+09:00`).toISOString();

/** 1,800,000 → `30 min`. */
export function durationText(ms: number): string {
  const units: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ];
  const [size, unit] = units.find(([size]) => ms >= size) ?? [1_000, 's'];
  return `${ms / size} ${unit}`;
}
