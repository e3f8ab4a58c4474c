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
  Tooltip,
} from 'chart.js';
import type { Column } from '../../data/page-data.ts';
import { rightAxis, valueAxis, xAxis } from './chart-axes.ts';
import { type ChartSeries, type ChartSpec, formatOf, pointText } from './chart-spec.ts';
import { placeText } from './describe-chart.ts';
import { eventMarkers } from './event-markers.ts';
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

type LineChart = Chart<'line', { x: number; y: number }[]>;
type LineDataset = ChartDataset<'line', { x: number; y: number }[]>;

/** Draws into `canvas`; the caller destroys the chart before drawing there again. */
export function drawLineChart(canvas: HTMLCanvasElement, spec: ChartSpec, palette: Palette): LineChart {
  const datasets = spec.series.map((_, index) => dataset(spec, index, palette));
  // chart.js draws the first dataset on top, where the plain line of the first series would hide dashed ones.
  if (!spec.stacked) datasets.reverse();
  return new Chart(canvas, {
    type: 'line',
    data: { datasets },
    options: options(spec, palette),
    plugins: [
      ...(spec.spanSeconds === undefined ? [] : [spanShading(spec.spanSeconds, palette.shade)]),
      ...(spec.events?.length ? [eventMarkers(spec.events, palette)] : []),
    ],
  });
}

function dataset(spec: ChartSpec, index: number, palette: Palette): LineDataset {
  const series: ChartSeries = spec.series[index] ?? { label: '', xs: [], values: [] };
  const { label, xs, values, isLimit = false, isArea = false } = series;
  const colour = seriesColour(palette, index);
  return {
    label,
    data: xs.map((x, place) => ({ x, y: values[place] ?? Number.NaN })),
    borderColor: colour,
    backgroundColor: spec.stacked ? `${colour}99` : isArea ? `${colour}40` : colour,
    borderWidth: spec.stacked || isArea ? 1 : 1.75,
    borderDash: spec.stacked || series.isSolid ? [] : seriesDash(index),
    pointRadius:
      xs.length <= MAX_MARKED_POINTS && !isLimit
        ? 3
        : xs.map((_, place) => (!isLimit && standsAlone(values, place) ? 2 : 0)),
    pointHitRadius: 6,
    pointHoverRadius: 3,
    fill: spec.stacked ? (index === 0 ? 'origin' : '-1') : isArea ? 'origin' : false,
    yAxisID: series.isOnRight ? 'right' : 'y',
    ...(series.isStepped ? { stepped: 'before' as const } : {}),
    ...(spec.stacked ? { stack: 'all' } : {}),
  };
}

/** No line leads to a value between two gaps, so without a mark it would not be seen. */
function standsAlone(values: Column, place: number): boolean {
  const isGap = (value: number | null | undefined) => value === null || value === undefined;
  return !isGap(values[place]) && isGap(values[place - 1]) && isGap(values[place + 1]);
}

function options(spec: ChartSpec, palette: Palette): ChartOptions<'line'> {
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    interaction: { mode: spec.axis === 'nines' ? 'nearest' : 'index', axis: 'x', intersect: false },
    scales: {
      x: xAxis(spec, palette),
      y: valueAxis(spec, palette),
      ...(spec.right === undefined ? {} : { right: rightAxis(spec.right.unit, palette) }),
    },
    plugins: { legend: legend(spec, palette), tooltip: tooltip(spec, palette) },
  };
}

type PluginOptions = NonNullable<ChartOptions<'line'>['plugins']>;

function legend(spec: ChartSpec, palette: Palette): NonNullable<PluginOptions['legend']> {
  return {
    display: spec.series.length > 1,
    align: 'start',
    position: 'bottom',
    reverse: !spec.stacked,
    labels: {
      color: palette.ink,
      usePointStyle: true,
      pointStyle: spec.stacked ? 'rect' : 'line',
      pointStyleWidth: 32,
      boxHeight: 7,
      padding: 12,
      // The default forgets the dashes of lines that have no points.
      generateLabels: (chart) =>
        Chart.defaults.plugins.legend.labels.generateLabels(chart).map((item) => {
          const own = (chart.data.datasets as LineDataset[])[item.datasetIndex ?? 0];
          const lines = { lineDash: own?.borderDash as number[], lineWidth: own?.borderWidth as number };
          // What is filled in the chart is so in its legend.
          const isFilled = own?.fill !== undefined && own.fill !== false;
          return { ...item, ...lines, ...(isFilled ? { pointStyle: 'rect' as const } : {}) };
        }),
    },
  };
}

function tooltip(spec: ChartSpec, palette: Palette): NonNullable<PluginOptions['tooltip']> {
  return {
    backgroundColor: palette.surface,
    titleColor: palette.ink,
    bodyColor: palette.ink,
    borderColor: palette.muted,
    borderWidth: 1,
    usePointStyle: true,
    itemSort: (a, b) => (spec.stacked ? a.datasetIndex - b.datasetIndex : b.datasetIndex - a.datasetIndex),
    callbacks: {
      title: (items) => placeText(spec, items[0]?.parsed.x ?? 0),
      label: (item) => {
        const series = spec.series.find(({ label }) => label === item.dataset.label);
        const text = series && pointText(spec, series, item.dataIndex);
        const format = series === undefined ? spec.format : formatOf(spec, series);
        return ` ${item.dataset.label}: ${text ?? format(item.parsed.y ?? 0)}`;
      },
    },
  };
}
