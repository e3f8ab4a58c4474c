// Numbers as the live page writes them: short, for they are read from far away.

/** `12,345`. */
export const count = (value: number): string => value.toLocaleString('en');

/** `3.3`, `130`: one decimal below ten. */
export const rate = (perSecond: number): string =>
  perSecond < 10 ? perSecond.toFixed(1) : count(Math.round(perSecond));

/** `8 ms`, `1.2 s`; a dash for nothing. */
export function ms(value: number | null): string {
  if (value === null) return '–';
  return value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`;
}

/** `1:05`; never below nought. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
