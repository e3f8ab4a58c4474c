// What one chart shows, before anything is drawn: its lines and what its axes mean.
import type { Column } from '../../data/page-data.ts';
import type { Span } from '../view/span.ts';

/**
 * `isLimit`: a line across that marks a limit, not figures; it has no points. `texts`: how a point is read out where its value
 * alone would say too much ("≥ 10 s", "too few samples (3 of 20)"); null where the value stands.
 */
export type ChartSeries = {
  label: string;
  xs: number[];
  values: Column;
  texts?: (string | null)[];
  isLimit?: boolean;
  /** Measured on the axis at the right. */
  isOnRight?: boolean;
  /** Filled down to the axis. */
  isArea?: boolean;
  /** A value stands for the whole step up to the next. */
  isStepped?: boolean;
  /** A plain line whatever its place, as what the chart is about. */
  isSolid?: boolean;
};

export type ChartSpec = {
  /** Replaces the frame's title, where it depends on the view. */
  title?: string;
  /**
   * `time`: seconds of the measured span; `nines`: −log10(1 − p); `block`: number of the block, from 1; `rate`: arrivals a
   * second.
   */
  axis: 'time' | 'nines' | 'block' | 'rate';
  /** Written at the axis of rates. */
  axisUnit?: string;
  /** Written at the value axis. */
  unit: string;
  /** How a value is read out. */
  format: (value: number) => string;
  series: ChartSeries[];
  /** The axis at the right, of the series that are measured on it. */
  right?: { unit: string; format: (value: number) => string };
  stacked?: boolean;
  /** Whether the value axis may start above 0: small differences between lines are the point. */
  isZoomed?: boolean;
  /** Seconds of the measured span; what lies outside is shaded. */
  spanSeconds?: number;
  /** The chosen span; only it is drawn. */
  window?: Span | null;
  events?: { second: number; label: string }[];
};

/** Whether there is any value to draw. */
export function hasValues(spec: ChartSpec | null): spec is ChartSpec {
  return spec?.series.some(({ values }) => values.some((value) => value !== null)) ?? false;
}

/** The part of a chart that lies in its window; charts without one stay whole. */
export function withinWindow(spec: ChartSpec): ChartSpec {
  const { window } = spec;
  if (!window) return spec;
  const series = spec.series.map(({ xs, values, texts, ...own }) => {
    const kept = xs.flatMap((x, index) => (x >= window.from && x < window.to ? [index] : []));
    return {
      ...own,
      xs: kept.map((index) => xs[index] ?? 0),
      values: kept.map((index) => values[index] ?? null),
      ...(texts === undefined ? {} : { texts: kept.map((index) => texts[index] ?? null) }),
    };
  });
  return { ...spec, series };
}

/** How a point of a series is read out; a gap is null. */
export function pointText(spec: ChartSpec, series: ChartSeries, index: number): string | null {
  const value = series.values[index] ?? null;
  return value === null ? null : (series.texts?.[index] ?? formatOf(spec, series)(value));
}

/** How the values of a series are read out. */
export function formatOf(spec: ChartSpec, { isOnRight = false }: ChartSeries): ChartSpec['format'] {
  return isOnRight && spec.right !== undefined ? spec.right.format : spec.format;
}

/** The unit of a series' values. */
export function unitOf(spec: ChartSpec, { isOnRight = false }: ChartSeries): string {
  return isOnRight && spec.right !== undefined ? spec.right.unit : spec.unit;
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
