// What one chart shows, before anything is drawn: its lines and what its axes mean.
import type { Column } from '../page-data.ts';

export type ChartSeries = { label: string; xs: number[]; values: Column };

export type ChartSpec = {
  /** `time`: seconds of the measured span; `nines`: −log10(1 − p). */
  axis: 'time' | 'nines';
  /** Written at the value axis. */
  unit: string;
  /** How a value is read out. */
  format: (value: number) => string;
  series: ChartSeries[];
  stacked?: boolean;
  /** Seconds of the measured span; what lies outside is shaded. */
  spanSeconds?: number;
};

/** Whether there is any value to draw. */
export function hasValues(spec: ChartSpec | null): spec is ChartSpec {
  return spec?.series.some(({ values }) => values.some((value) => value !== null)) ?? false;
}

/** Place of a percentile (0–100) on the axis of nines: 90 → 1, 99 → 2. */
export function ninesOf(percentile: number): number {
  return -Math.log10(1 - percentile / 100);
}

/** "p99", "p99.9" for a place on the axis of nines. */
export function percentileLabel(nines: number): string {
  const percentile = 100 * (1 - 10 ** -nines);
  const decimals = Math.max(0, Math.ceil(nines - 1e-9) - 2);
  return `p${Number(percentile.toFixed(Math.max(decimals, nines % 1 === 0 ? decimals : 1)))}`;
}
