// Each chart of the page as lines over an axis. Pure: from the page's data to specifications.
import { formatMs, formatNumber, formatPercent, formatQuantity } from '../../../format/format.ts';
import { SERIES_CHARTS, type SeriesChart } from '../../../metrics/charts.ts';
import { gaugeLinesOf, linesOf } from '../../../metrics/series-figures.ts';
import { isOfRoute } from '../../../words/metric-names.ts';
import { readingText, readPercentile } from '../../../words/quantile.ts';
import type { Column, PageCell, PercentileCurve, Sums } from '../../data/page-data.ts';
import { cellWith, type View } from '../view/shown.ts';
import { type ChartSpec, ninesOf } from './chart-spec.ts';
import { firstSpec } from './first-spec.ts';
import { rateOf } from './rate-of.ts';

/** The specification of the chart named in a frame's `data-chart`; null where the view has nothing for it. */
export function chartSpec(chart: string, view: View): ChartSpec | null {
  const [name = '', argument = ''] = splitOnce(chart);
  if (name === 'blocks') return blocks(view, argument);
  if (name === 'first') return firstSpec(view);
  if (name === 'curve') return curve(view, argument);
  if (name === 'percentiles')
    return argument === '' ? curvesOfMetrics(view) : curvesOfVariants(view, argument);
  if (name === 'bands') return bands(view, argument);
  if (name === 'route') return routeBands(view);
  if (name === 'route-load') return routeLoad(view);
  const { cell } = view;
  return cell ? seriesChart(name, view, cell) : null;
}

function seriesChart(name: string, view: View, cell: PageCell): ChartSpec | null {
  const chart = SERIES_CHARTS.find((own) => own.name === name);
  if (chart !== undefined) return countChart(chart, view, cell) ?? gaugeChart(chart, view, cell);
  if (name === 'cpu') {
    const share = (value: number) => formatPercent(value);
    return { ...overTime(view, cell, 'share of one core', share, cell.cpu), stacked: true };
  }
  return name === 'memory' ? overTime(view, cell, 'MB', inUnit('MB'), cell.memory) : null;
}

const inUnit = (unit: string) =>
  unit === 'ms' ? formatMs : (value: number) => `${formatNumber(value)} ${unit}`;

/** Counts a second, or how many there had been by then; null for a chart of gauges. */
function countChart({ name: chart, unit }: SeriesChart, view: View, cell: PageCell): ChartSpec | null {
  const lines = linesOf(chart);
  if (lines.length === 0) return null;
  const sums: Readonly<Record<string, Sums>> = cell.sums;
  const columns = Object.fromEntries(lines.map(({ label, name }) => [label, sums[name] ?? []]));
  if (lines.every(({ draws }) => draws === 'rate')) return rates(view, cell, unit, columns);
  const totals = Object.fromEntries(
    Object.entries(columns).map(([label, own]) => [label, runningTotal(own)]),
  );
  return overTime(view, cell, unit, inUnit(unit), totals);
}

/** Null where none of its gauges was read. */
function gaugeChart({ name: chart, unit }: SeriesChart, view: View, cell: PageCell): ChartSpec | null {
  const columns = gaugeLinesOf(chart).flatMap(({ label, name }): [string, Column][] => {
    const column = cell.gauges[name] ?? null;
    return column === null ? [] : [[label, column]];
  });
  return columns.length === 0 ? null : overTime(view, cell, unit, inUnit(unit), Object.fromEntries(columns));
}

function splitOnce(chart: string): [string, string?] {
  const slash = chart.indexOf('/');
  return slash === -1 ? [chart] : [chart.slice(0, slash), chart.slice(slash + 1)];
}

function overTime(
  view: View,
  cell: PageCell,
  unit: string,
  format: (value: number) => string,
  columns: Record<string, Column>,
): ChartSpec {
  const series = Object.entries(columns).map(([label, values]) => ({ label, xs: cell.seconds, values }));
  const { durationSeconds: spanSeconds, events } = cell;
  return { axis: 'time', unit, format, series, spanSeconds, events, window: view.span };
}

function rates(view: View, cell: PageCell, unit: string, columns: Record<string, Sums>): ChartSpec {
  const perSecond = Object.entries(columns).map(([label, sums]) => [label, rateOf(cell, sums)]);
  const format = (value: number) => `${formatNumber(value)} per second`;
  return overTime(view, cell, unit, format, Object.fromEntries(perSecond));
}

/** How many there had been by the end of each bucket. */
function runningTotal(sums: Sums): Column {
  let total = 0;
  return sums.map((count) => {
    total += count;
    return total;
  });
}

function bands(view: View, metric: string): ChartSpec | null {
  const cell = cellWith(view, metric);
  const columns = cell && view.histograms.bands(cell, metric);
  if (!cell || !columns) return null;
  const { p99, p95, p50 } = columns;
  const lines = { p99: p99.values, p95: p95.values, p50: p50.values };
  const spec = overTime(view, cell, 'ms', formatMs, lines);
  const texts = [p99.texts, p95.texts, p50.texts];
  return { ...spec, series: spec.series.map((line, index) => ({ ...line, texts: texts[index] ?? [] })) };
}

function routeName(view: View): string {
  const slash = view.routeMetric.indexOf('/');
  return slash === -1 ? 'all routes' : view.routeMetric.slice(slash + 1);
}

function routeBands(view: View): ChartSpec | null {
  const spec = bands(view, view.routeMetric);
  return spec && { ...spec, title: `Response time of ${routeName(view)}` };
}

function routeLoad(view: View): ChartSpec | null {
  const cell = cellWith(view, view.routeMetric);
  const counts = cell && view.histograms.counts(cell, view.routeMetric);
  if (!cell || !counts) return null;
  const route = routeName(view);
  const isAll = !view.routeMetric.includes('/');
  const cutOff = cell.censored[view.routeMetric] ?? counts.map(() => 0);
  const columns: Record<string, Sums> = { requests: counts };
  const kinds = Object.entries(cell.failures ?? {}).filter(([kind]) => isAll || isOfRoute(kind, route));
  if (isAll) columns.failed = cell.sums.requestsFailed;
  else if (cell.failures !== null)
    columns.failed = counts.map((_, bucket) => kinds.reduce((sum, [, own]) => sum + (own[bucket] ?? 0), 0));
  columns['cut off at the deadline'] = cutOff;
  return { ...rates(view, cell, 'requests per second', columns), title: `Requests of ${route}` };
}

function curvesOfMetrics(view: View): ChartSpec | null {
  const [variant] = view.data.variants;
  if (!variant) return null;
  const labelled = Object.keys(variant.curves).map((metric) => ({
    label: view.data.metricLabels[metric] ?? metric,
    curve: curveOf(view, variant.key, metric),
  }));
  return curves(labelled);
}

/** The variants of the shown level. */
function curvesOfVariants(view: View, metric: string): ChartSpec {
  const variants = view.data.variants.filter(({ level }) => level === view.level);
  const spec = curves(variants.map(({ key, name }) => ({ label: name, curve: curveOf(view, key, metric) })));
  const title = `${view.data.metricLabels[metric] ?? metric} by percentile at ${view.level}`;
  return view.level === null ? spec : { ...spec, title };
}

/** From the record for the whole run, from the page's bins for a chosen span. */
function curveOf(view: View, key: string, metric: string): PercentileCurve | null {
  const cell = view.tableCell(key);
  if (view.span && cell) return view.histograms.curve(cell, metric, view.span);
  return view.data.variants.find((variant) => variant.key === key)?.curves[metric] ?? null;
}

function curves(labelled: { label: string; curve: PercentileCurve | null }[]): ChartSpec {
  const series = labelled.flatMap(({ label, curve }) =>
    curve === null
      ? []
      : [{ label, xs: curve.percentiles.map(ninesOf), values: curve.ms, texts: curveTexts(curve) }],
  );
  return { axis: 'nines', unit: 'ms', format: formatMs, series };
}

/** "≥ 10 s" where the samples that were cut off reach down to a percentile. */
function curveTexts(curve: PercentileCurve): (string | null)[] {
  return curve.percentiles.map((percentile, index) => {
    const reading = readPercentile(curve, percentile, curve.ms[index] ?? 0);
    return reading.kind === 'at-least' ? readingText(reading) : null;
  });
}

function curve({ data }: View, id: string): ChartSpec | null {
  const chart = data.curveCharts.find((own) => own.id === id);
  if (!chart) return null;
  const series = chart.lines.map(({ rates: xs, ...line }) => ({ xs, ...line }));
  const format = (value: number) => formatQuantity(value, chart.unit);
  return { axis: 'rate', axisUnit: chart.axisUnit, unit: chart.unit, format, series };
}

function blocks({ data }: View, id: string): ChartSpec | null {
  const chart = data.blockCharts.find((own) => own.id === id);
  if (!chart) return null;
  const series = chart.lines.map(({ label, blocks: xs, values }) => ({ label, xs, values }));
  const format = (value: number) => formatQuantity(value, chart.unit);
  return { axis: 'block', unit: chart.unit, format, series, isZoomed: true };
}
