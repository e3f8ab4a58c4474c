// The script of a generated year's page: draws each chart beside its reference curve.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Legend,
  type LegendItem,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { HistoryChart } from '../../history/history-page.ts';
import { currentPalette, type Palette, seriesColour, seriesDash } from './charts/palette.ts';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
);

/** Up to this many points each gets a mark. */
const MAX_MARKED_POINTS = 60;
/** Bars with longer names, or with more of them, have all their names, turned where they need it. */
const LONGEST_LEVEL_NAME = 8;
const MOST_LEVEL_NAMES = 13;

function draw(chart: HistoryChart, palette: Palette): void {
  const canvas = document.querySelector<HTMLCanvasElement>(`[data-history-chart="${chart.id}"] canvas`);
  if (!canvas) return;
  Chart.getChart(canvas)?.destroy();
  new Chart(canvas, configuration(chart, palette));
}

function configuration(chart: HistoryChart, palette: Palette): ChartConfiguration<'bar' | 'line'> {
  const axis = (text: string) => ({
    title: { display: true, text, color: palette.muted },
    ticks: { color: palette.muted, maxRotation: 0, autoSkipPadding: 12 },
    grid: { color: palette.grid, drawTicks: false },
  });
  const names = chart.kind === 'bar' ? chart.xs.filter((x) => typeof x === 'string') : [];
  const isWordy = names.length > MOST_LEVEL_NAMES || names.some((x) => x.length > LONGEST_LEVEL_NAME);
  const xAxis = axis(chart.xLabel);
  const upright = { ...xAxis.ticks, autoSkip: false, maxRotation: 60 };
  return {
    type: chart.kind,
    data: {
      labels: [...chart.xs],
      datasets: chart.series.map(({ label, values, isReference }, index) => ({
        type: isReference ? 'line' : chart.kind,
        label,
        data: [...values],
        order: isReference ? 0 : 1,
        borderColor: seriesColour(palette, index),
        backgroundColor: isReference || chart.kind === 'line' ? 'transparent' : seriesColour(palette, index),
        borderWidth: isReference || chart.kind === 'line' ? 1.75 : 1,
        borderDash: isReference ? seriesDash(1) : [],
        pointRadius: isReference && values.length <= MAX_MARKED_POINTS && chart.kind === 'bar' ? 2.5 : 0,
        pointHitRadius: 6,
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: isWordy ? { ...xAxis, ticks: upright } : xAxis,
        y: chart.isLogarithmic
          ? { ...axis(chart.unit), type: 'logarithmic' }
          : { ...axis(chart.unit), beginAtZero: true },
      },
      plugins: {
        legend: {
          display: chart.series.length > 1,
          align: 'start',
          position: 'bottom',
          labels: {
            color: palette.ink,
            usePointStyle: true,
            pointStyleWidth: 24,
            generateLabels: legendLabels,
          },
        },
      },
    },
  };
}

/** As the chart lists them, ours first: a line for a line, dashed like it, a box for bars. */
function legendLabels(chart: Chart): LegendItem[] {
  const isBar = (index = 0): boolean => chart.getDatasetMeta(index).type === 'bar';
  return Chart.defaults.plugins.legend.labels
    .generateLabels(chart)
    .map((item) => ({
      ...item,
      pointStyle: isBar(item.datasetIndex) ? ('rect' as const) : ('line' as const),
    }))
    .toSorted((a, b) => (a.datasetIndex ?? 0) - (b.datasetIndex ?? 0));
}

function drawAll(): void {
  const data = document.getElementById('history-data')?.textContent ?? '[]';
  const palette = currentPalette();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  for (const chart of JSON.parse(data) as HistoryChart[]) draw(chart, palette);
  document.documentElement.dataset.drawn = 'yes';
}

drawAll();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
