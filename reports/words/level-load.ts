// What comes to the shop at a level of load, beside what it sustains.
import { formatNumber, formatPercent } from '../format/format.ts';
import type { RunResult } from '../record/result.ts';

/** "51 orders/s, 10 % of what direct sustains"; empty where no capacity is known. */
export function loadOfLevel(
  { levels = [], ofCapacity }: { [Key in 'levels' | 'ofCapacity']: RunResult[Key] | undefined },
  name: string | null,
): string {
  const level = levels.find((own) => own.level === name);
  if (level === undefined || ofCapacity === undefined) return '';
  const rate = `${level.hasBurst ? 'a burst of ' : ''}${formatNumber(Math.round(level.offeredPerSecond))} ${ofCapacity.arrivals}/s`;
  const { perSecond, variant } = ofCapacity;
  if (perSecond === null) return rate;
  return `${rate}, ${formatPercent(level.offeredPerSecond / perSecond, 0)} of what ${variant} sustains`;
}
