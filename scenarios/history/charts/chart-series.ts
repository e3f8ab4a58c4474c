// What the charts of a history have in common: series of our own and of a reference, shares in per cent.
import type { HistoryChart } from '../../../reports/history/history-page.ts';
import { dayText } from '../../../sim/model/calendar.ts';

type Series = HistoryChart['series'][number];

export const ours = (label: string, values: readonly (number | null)[]): Series => ({
  label,
  values,
  isReference: false,
});

export const reference = (label: string, values: readonly (number | null)[]): Series => ({
  label,
  values,
  isReference: true,
});

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Each value as per cent of all. */
export function shares(values: readonly number[]): number[] {
  const all = total(values);
  return values.map((value) => (all === 0 ? 0 : (value / all) * 100));
}

/** The dates of `count` days (or of every `step`th) from a first day on. */
export function dates(firstDay: number, count: number, step = 1): string[] {
  return Array.from({ length: count }, (_, i) => dayText(firstDay + i * step));
}
