// One limited metric from run to run: a line for each way of running the scenario, the limit as a dashed step, and a
// mark of its own for a run that crossed it.
import {
  Chart,
  type ChartDataset,
  type ChartOptions,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { formatNumber, formatQuantity } from '../../format/format.ts';
import { type Palette, seriesColour } from '../../html/client/charts/palette.ts';
import {
  isLimitFar,
  type TrendChart,
  type TrendGroup,
  type TrendLine,
  type TrendPoint,
} from '../trend-data.ts';

Chart.register(Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

type Point = { x: number; y: number };
type Dataset = ChartDataset<'line', Point[]>;

export function drawTrend(
  canvas: HTMLCanvasElement,
  group: TrendGroup,
  chart: TrendChart,
  palette: Palette,
): void {
  const points = chart.lines.flatMap((line) => line.points).sort((a, b) => a.place - b.place);
  const largest = points.reduce((most, { value }) => Math.max(most, value), 0);
  const datasets = [
    ...chart.lines.map((line, index) => lineOf(line, seriesColour(palette, index))),
    limitLine('limit, at most', points, ({ atMost }) => atMost, palette, largest),
    limitLine('limit, at least', points, ({ atLeast }) => atLeast, palette, largest),
  ].filter(({ data }) => data.length > 0);
  new Chart(canvas, { type: 'line', data: { datasets }, options: options(group, chart, palette) });
}

function lineOf({ settings, points }: TrendLine, colour: string): Dataset {
  return {
    label: settings,
    data: points.map(({ place, value }) => ({ x: place, y: value })),
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: 1.5,
    pointStyle: points.map(({ ok }) => (ok ? 'circle' : 'triangle')),
    pointRadius: points.map(({ ok }) => (ok ? 4 : 7)),
    pointHoverRadius: 7,
    pointHitRadius: 10,
  };
}

function limitLine(
  label: string,
  points: TrendPoint[],
  read: (point: TrendPoint) => number | null,
  palette: Palette,
  largest: number,
): Dataset {
  const data = points.flatMap((point) => {
    const limit = read(point);
    return limit === null || isLimitFar(limit, largest) ? [] : { x: point.place, y: limit };
  });
  const [first, last] = [data[0], data.at(-1)];
  // A limit reaches half a step beyond its first and last run, so that a single run shows it too.
  const ends = (point: Point | undefined, by: number) =>
    point === undefined ? [] : [{ ...point, x: point.x + by }];
  return {
    label,
    data: [...ends(first, -0.5), ...data, ...ends(last, 0.5)],
    borderColor: palette.muted,
    borderWidth: 1.5,
    borderDash: [6, 4],
    stepped: 'middle',
    pointRadius: 0,
    pointHitRadius: 0,
  };
}

function options(group: TrendGroup, chart: TrendChart, palette: Palette): ChartOptions<'line'> {
  const write = (value: number) => formatQuantity(value, chart.unit);
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'nearest', intersect: false },
    onClick: (_event, [clicked], { data }) =>
      open(group, clicked && (data.datasets[clicked.datasetIndex]?.data[clicked.index] as Point)),
    scales: {
      x: runAxis(group, palette),
      y: {
        type: 'linear',
        beginAtZero: true,
        grid: { color: palette.grid, drawTicks: false },
        border: { display: false },
        ticks: {
          color: palette.muted,
          maxTicksLimit: 5,
          padding: 6,
          callback: (value) => (chart.unit === 'ratio' ? write(Number(value)) : formatNumber(Number(value))),
        },
        title: { display: chart.unit !== 'ratio', text: chart.unit, color: palette.muted },
      },
    },
    plugins: {
      legend: {
        display: chart.lines.length > 1,
        align: 'start',
        position: 'bottom',
        labels: {
          color: palette.ink,
          boxWidth: 24,
          boxHeight: 1,
          filter: (item) => !item.text.startsWith('limit,'),
        },
      },
      tooltip: tooltip(group, write, palette),
    },
  };
}

/** Each run takes the same room, whatever time lies between two; days stand at the runs that begin them. */
function runAxis(group: TrendGroup, palette: Palette): NonNullable<ChartOptions<'line'>['scales']>[string] {
  return {
    type: 'linear',
    min: -0.5,
    max: group.runs.length - 0.5,
    grid: { display: false },
    border: { color: palette.muted },
    ticks: {
      color: palette.muted,
      maxRotation: 0,
      autoSkipPadding: 14,
      callback: (value) => labelOf(group, Number(value)),
    },
    afterBuildTicks: (axis) => {
      axis.ticks = group.runs.map((_, value) => ({ value }));
    },
  };
}

/** Day of the run, or its time where all runs are of one day (UTC). */
function labelOf(group: TrendGroup, place: number): string {
  const days = new Set(group.runs.map(({ startedAt }) => startedAt.slice(0, 10)));
  const startedAt = group.runs[place]?.startedAt;
  if (startedAt === undefined) return '';
  if (days.size === 1) return startedAt.slice(11, 16);
  return new Date(startedAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

type PluginOptions = NonNullable<ChartOptions<'line'>['plugins']>;

function tooltip(
  group: TrendGroup,
  write: (value: number) => string,
  palette: Palette,
): NonNullable<PluginOptions['tooltip']> {
  return {
    backgroundColor: palette.surface,
    titleColor: palette.ink,
    bodyColor: palette.ink,
    borderColor: palette.muted,
    borderWidth: 1,
    displayColors: false,
    filter: (item) => !item.dataset.label?.startsWith('limit,'),
    callbacks: {
      title: (items) => group.runs[items[0]?.parsed.x ?? -1]?.name ?? '',
      label: (item) => [
        write(item.parsed.y ?? 0),
        item.dataset.label ?? '',
        `commit ${group.runs[item.parsed.x ?? -1]?.commit?.slice(0, 10) ?? 'unknown'}`,
      ],
    },
  };
}

function open(group: TrendGroup, parsed: Point | undefined): void {
  const run = parsed === undefined ? undefined : group.runs[parsed.x];
  if (run !== undefined) location.assign(`/runs/${encodeURIComponent(run.name)}`);
}
