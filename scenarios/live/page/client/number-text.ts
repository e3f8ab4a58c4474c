// Numbers as the live page writes them: short, for they are read from far away.
import { formatNumber } from '../../../../reports/format/format.ts';

/** `3.3`, `130`: one decimal below ten. */
export const rate = (perSecond: number): string =>
  perSecond < 10 ? perSecond.toFixed(1) : formatNumber(Math.round(perSecond));

/** `8 ms`, `1.2 s`; a dash for nothing. */
export function ms(value: number | null): string {
  if (value === null) return '–';
  return value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`;
}
