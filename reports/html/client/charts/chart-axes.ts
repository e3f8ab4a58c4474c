// The axes of the charts: time, percentiles by nines, blocks, and values.
import type { ChartOptions, Scale, ScaleOptionsByType } from 'chart.js';
import { formatClock, formatNumber, formatPercent } from '../../../format/format.ts';
import { type ChartSpec, percentileLabel } from './chart-spec.ts';
import type { Palette } from './palette.ts';

/** A distribution whose tail is this many times its start is drawn on a logarithmic axis. */
const LOGARITHMIC_FROM_RATIO = 30;
/** Room that a percentile's label needs. */
const LABEL_PIXELS = 42;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

type LinearAxis = NonNullable<NonNullable<ChartOptions<'line'>['scales']>['x']>;

/** The axis along which a chart's lines run. */
export function xAxis(spec: ChartSpec, palette: Palette): LinearAxis {
  switch (spec.axis) {
    case 'time':
      return timeAxis(spec, palette);
    case 'nines':
      return ninesAxis(spec, palette);
    case 'block':
      return blockAxis(spec, palette);
    case 'rate':
      return rateAxis(spec, palette);
  }
}

/** Numbers of the blocks, whole. */
function blockAxis(spec: ChartSpec, palette: Palette): LinearAxis {
  const last = spec.series.flatMap((series) => series.xs).reduce((a, b) => Math.max(a, b), 1);
  return {
    type: 'linear',
    min: 1,
    max: Math.max(2, last),
    grid: { color: palette.grid, drawTicks: false },
    border: { color: palette.muted },
    ticks: { color: palette.muted, maxRotation: 0, padding: 6, precision: 0 },
  };
}

/** Arrivals a second, from 0, so that distances are honest. */
function rateAxis(spec: ChartSpec, palette: Palette): LinearAxis {
  return {
    type: 'linear',
    min: 0,
    grace: '3%',
    title: { display: true, text: spec.axisUnit ?? '', color: palette.muted },
    grid: { color: palette.grid, drawTicks: false },
    border: { color: palette.muted },
    ticks: {
      color: palette.muted,
      maxRotation: 0,
      padding: 6,
      maxTicksLimit: 8,
      callback: (value) => formatNumber(Number(value)),
    },
  };
}

/** Seconds of the measured span as clock times, with ticks at whole steps from 0; only the chosen span, if any. */
function timeAxis(spec: ChartSpec, palette: Palette): LinearAxis {
  const xs = spec.series.flatMap((series) => series.xs);
  const min = spec.window?.from ?? xs.reduce((a, b) => Math.min(a, b), 0);
  const max = spec.window?.to ?? xs.reduce((a, b) => Math.max(a, b), 1);
  const stepSize = TIME_STEPS.find((step) => (max - min) / step <= 8) ?? 14_400;
  return {
    type: 'linear',
    min,
    max,
    grid: { color: palette.grid, drawTicks: false },
    border: { color: palette.muted },
    ticks: {
      color: palette.muted,
      maxRotation: 0,
      padding: 6,
      callback: (value) => formatClock(Number(value)),
    },
    // Ticks at whole steps from 0, not from the first second of the lead-in.
    afterBuildTicks: (axis) => {
      const first = Math.ceil(min / stepSize) * stepSize;
      axis.ticks = rangeOf(first, max, stepSize).map((value) => ({ value }));
    },
  };
}

/** Percentiles spaced by nines. */
function ninesAxis(spec: ChartSpec, palette: Palette): LinearAxis {
  const last = spec.series.flatMap((series) => series.xs).reduce((a, b) => Math.max(a, b), 1);
  return {
    type: 'linear',
    min: 0,
    max: last,
    grid: { color: palette.grid, drawTicks: false },
    border: { color: palette.muted },
    ticks: {
      color: palette.muted,
      maxRotation: 0,
      padding: 6,
      autoSkip: false,
      callback: (value) => percentileLabel(Number(value)),
    },
    afterBuildTicks: (axis) => {
      axis.ticks = ninesTicks(last, axis.maxWidth).map((value) => ({ value }));
    },
  };
}

/** Whole nines, and p50, p95, p99.5 and p0 where there is room for their labels. */
function ninesTicks(last: number, widthPixels: number): number[] {
  const gap = (last * LABEL_PIXELS) / Math.max(1, widthPixels);
  const ticks = [1, 2, 3, 4, 5, 6];
  const half = Math.log10(2);
  for (const place of [half, 1 + half, 2 + half, 0]) {
    if (ticks.every((other) => Math.abs(other - place) >= gap)) ticks.push(place);
  }
  return ticks.filter((place) => place <= last + 1e-6).sort((a, b) => a - b);
}

/** Values from 0 up; logarithmic for a distribution or a wait whose end dwarfs its start. */
export function valueAxis(spec: ChartSpec, palette: Palette): LinearAxis {
  const values = spec.series
    .filter(({ isOnRight }) => !isOnRight)
    .flatMap((series) => series.values)
    .filter((value) => value !== null && value > 0);
  const ratio = Math.max(...values.map(Number)) / Math.min(...values.map(Number));
  const isLogarithmic = (spec.axis === 'nines' || spec.axis === 'rate') && ratio > LOGARITHMIC_FROM_RATIO;
  const write = (value: number | string) =>
    spec.unit === 'share of one core' ? formatPercent(Number(value), 0) : formatNumber(Number(value));
  const common = {
    title: {
      display: true,
      text: isLogarithmic ? `${spec.unit}, log` : spec.isZoomed ? `${spec.unit}, not from 0` : spec.unit,
      color: palette.muted,
    },
    grid: { color: palette.grid, drawTicks: false },
    border: { display: false },
  };
  if (!isLogarithmic) {
    return {
      ...common,
      type: 'linear',
      beginAtZero: !spec.isZoomed,
      stacked: spec.stacked ?? false,
      ticks: { color: palette.muted, maxTicksLimit: 6, padding: 6, callback: write },
    };
  }
  const keepRound = (axis: Scale<ScaleOptionsByType<'logarithmic'>>) => {
    axis.ticks = axis.ticks.filter(({ value }) => /^[125]e/.test(value.toExponential()));
  };
  return {
    ...common,
    type: 'logarithmic',
    ticks: { color: palette.muted, padding: 6, callback: write },
    afterBuildTicks: keepRound as never,
  };
}

/** A second axis of values, from 0 up, whose lines are not ruled across the chart. */
export function rightAxis(unit: string, palette: Palette): LinearAxis {
  return {
    type: 'linear',
    position: 'right',
    beginAtZero: true,
    title: { display: true, text: unit, color: palette.muted },
    grid: { drawOnChartArea: false, drawTicks: false },
    border: { display: false },
    ticks: {
      color: palette.muted,
      maxTicksLimit: 6,
      padding: 6,
      callback: (value, _, ticks) =>
        formatNumber(Number(value), digitsBetween(ticks[0]?.value, ticks[1]?.value)),
    },
  };
}

/** So many that two neighbours read differently, two at least. */
function digitsBetween(one = 0, other = 1): number {
  const step = Math.abs(other - one);
  return step > 0 ? Math.min(5, Math.max(2, Math.ceil(-Math.log10(step)))) : 2;
}

function rangeOf(first: number, last: number, step: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.floor((last - first) / step) + 1) },
    (_, index) => first + index * step,
  );
}
