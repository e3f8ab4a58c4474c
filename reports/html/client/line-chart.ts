// Draws a chart's specification with chart.js, of which only what is used here is bundled.
import {
  Chart,
  type ChartDataset,
  type ChartOptions,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type Scale,
  type ScaleOptionsByType,
  Tooltip,
} from 'chart.js';
import { formatClock, formatNumber, formatPercent } from '../../format.ts';
import { type ChartSpec, percentileLabel } from './chart-spec.ts';
import { type Palette, seriesColour, seriesDash } from './palette.ts';
import { spanShading } from './span-shading.ts';

Chart.register(
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
);

/** Up to this many points each gets a mark, so that a run of a few seconds shows more than an empty frame. */
const MAX_MARKED_POINTS = 12;
/** A distribution whose tail is this many times its start is drawn on a logarithmic axis. */
const LOGARITHMIC_FROM_RATIO = 30;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

/** Draws into `canvas`; the caller destroys the chart before drawing there again. */
export function drawLineChart(canvas: HTMLCanvasElement, spec: ChartSpec, palette: Palette): Chart {
  return new Chart(canvas, {
    type: 'line',
    data: { datasets: spec.series.map((_, index) => dataset(spec, index, palette)) },
    options: options(spec, palette),
    plugins: spec.spanSeconds === undefined ? [] : [spanShading(spec.spanSeconds, palette.shade)],
  });
}

function dataset(spec: ChartSpec, index: number, palette: Palette): ChartDataset<'line'> {
  const { label, xs, values } = spec.series[index] ?? { label: '', xs: [], values: [] };
  const colour = seriesColour(palette, index);
  const isMarked = xs.length <= MAX_MARKED_POINTS;
  return {
    label,
    data: xs.map((x, place) => ({ x, y: values[place] ?? Number.NaN })),
    borderColor: colour,
    backgroundColor: spec.stacked ? `${colour}99` : colour,
    borderWidth: spec.stacked ? 1 : 1.75,
    borderDash: spec.stacked ? [] : seriesDash(index),
    pointRadius: isMarked ? 3 : 0,
    pointHitRadius: 6,
    pointHoverRadius: 3,
    fill: spec.stacked ? (index === 0 ? 'origin' : '-1') : false,
    ...(spec.stacked ? { stack: 'all' } : {}),
  };
}

function options(spec: ChartSpec, palette: Palette): ChartOptions<'line'> {
  const place = (x: number) => (spec.axis === 'time' ? formatClock(x) : percentileLabel(x));
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    interaction: { mode: spec.axis === 'time' ? 'index' : 'nearest', axis: 'x', intersect: false },
    scales: {
      x: spec.axis === 'time' ? timeAxis(spec, palette) : ninesAxis(spec, palette),
      y: valueAxis(spec, palette),
    },
    plugins: {
      legend: {
        display: spec.series.length > 1,
        align: 'start',
        position: 'bottom',
        labels: {
          color: palette.ink,
          usePointStyle: true,
          pointStyle: spec.stacked ? 'rect' : 'line',
          pointStyleWidth: 28,
          boxHeight: 7,
          padding: 12,
        },
      },
      tooltip: {
        backgroundColor: palette.surface,
        titleColor: palette.ink,
        bodyColor: palette.ink,
        borderColor: palette.muted,
        borderWidth: 1,
        usePointStyle: true,
        callbacks: {
          title: (items) => place(items[0]?.parsed.x ?? 0),
          label: (item) => ` ${item.dataset.label}: ${spec.format(item.parsed.y ?? 0)}`,
        },
      },
    },
  };
}

type LinearAxis = NonNullable<NonNullable<ChartOptions<'line'>['scales']>['x']>;

function timeAxis(spec: ChartSpec, palette: Palette): LinearAxis {
  const xs = spec.series.flatMap((series) => series.xs);
  const min = xs.reduce((a, b) => Math.min(a, b), 0);
  const max = xs.reduce((a, b) => Math.max(a, b), 1);
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

function ninesAxis(spec: ChartSpec, palette: Palette): LinearAxis {
  const last = spec.series.flatMap((series) => series.xs).reduce((a, b) => Math.max(a, b), 1);
  const half = Math.log10(2);
  const places = [0, half, 1, 1 + half, 2, 3, 4, 5, 6].filter((place) => place <= last + 1e-6);
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
      axis.ticks = places.map((value) => ({ value }));
    },
  };
}

function valueAxis(spec: ChartSpec, palette: Palette): LinearAxis {
  const values = spec.series
    .flatMap((series) => series.values)
    .filter((value) => value !== null && value > 0);
  const ratio = Math.max(...values.map(Number)) / Math.min(...values.map(Number));
  const isLogarithmic = spec.axis === 'nines' && ratio > LOGARITHMIC_FROM_RATIO;
  const write = (value: number | string) =>
    spec.unit === 'share of one core' ? formatPercent(Number(value), 0) : formatNumber(Number(value));
  const common = {
    title: {
      display: true,
      text: isLogarithmic ? `${spec.unit}, logarithmic` : spec.unit,
      color: palette.muted,
    },
    grid: { color: palette.grid, drawTicks: false },
    border: { display: false },
  };
  if (!isLogarithmic) {
    return {
      ...common,
      type: 'linear',
      beginAtZero: true,
      stacked: spec.stacked ?? false,
      ticks: { color: palette.muted, maxTicksLimit: 6, padding: 6, callback: write },
    };
  }
  const keepRound = (axis: Scale<ScaleOptionsByType<'logarithmic'>>) => {
    axis.ticks = axis.ticks.filter(({ value }) => /^[125]/.test(value.toExponential()));
  };
  return {
    ...common,
    type: 'logarithmic',
    ticks: { color: palette.muted, padding: 6, callback: write },
    afterBuildTicks: keepRound as never,
  };
}

function rangeOf(first: number, last: number, step: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.floor((last - first) / step) + 1) },
    (_, index) => first + index * step,
  );
}
