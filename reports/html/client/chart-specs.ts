// Each chart of the page as lines over an axis. Pure: from the page's data to specifications.
import { formatMs, formatNumber, formatPercent } from '../../format.ts';
import type { Column, PageCell, PageData } from '../page-data.ts';
import { type ChartSpec, ninesOf } from './chart-spec.ts';
import type { View } from './view.ts';

/** The specification of the chart named in a frame's `data-chart`; null where the view has nothing for it. */
export function chartSpec(chart: string, data: PageData, view: View): ChartSpec | null {
  const [name = '', argument] = splitOnce(chart);
  if (name === 'percentiles')
    return argument === undefined ? curvesOfMetrics(data) : curvesOfVariants(data, argument);
  const { cell } = view;
  if (!cell) return null;
  switch (name) {
    case 'sessions':
      return rates(cell, 'sessions per second', { ...cell.sessions });
    case 'requests':
      return rates(cell, 'requests per second', { ...cell.requests });
    case 'active':
      return overTime(cell, 'sessions', (value) => `${formatNumber(value)} sessions`, {
        'open sessions': cell.sessionsActive,
      });
    case 'generator':
      return overTime(cell, 'ms', formatMs, {
        'lateness p99': cell.generator.latenessP99Ms,
        'event-loop lag p99': cell.generator.eventLoopLagP99Ms,
      });
    case 'orders':
      return rates(cell, 'orders per second', { ...cell.orders });
    case 'bands':
      return bands(cell, argument ?? view.bandMetric);
    case 'lag':
      return cell.kafkaLag === null
        ? null
        : overTime(cell, 'messages', (value) => `${formatNumber(value)} messages`, { lag: cell.kafkaLag });
    case 'cpu':
      return {
        ...overTime(cell, 'share of one core', (value) => formatPercent(value), cell.cpu),
        stacked: true,
      };
    case 'memory':
      return overTime(cell, 'MB', (value) => `${formatNumber(value)} MB`, cell.memory);
    default:
      return null;
  }
}

function splitOnce(chart: string): [string, string?] {
  const slash = chart.indexOf('/');
  return slash === -1 ? [chart] : [chart.slice(0, slash), chart.slice(slash + 1)];
}

function overTime(
  cell: PageCell,
  unit: string,
  format: (value: number) => string,
  columns: Record<string, Column>,
): ChartSpec {
  const series = Object.entries(columns).map(([label, values]) => ({ label, xs: cell.seconds, values }));
  return { axis: 'time', unit, format, series, spanSeconds: cell.durationSeconds };
}

function rates(cell: PageCell, unit: string, columns: Record<string, Column>): ChartSpec {
  return overTime(cell, unit, (value) => `${formatNumber(value)} per second`, columns);
}

function bands(cell: PageCell, metric: string): ChartSpec | null {
  const columns = cell.bands[metric];
  return columns
    ? overTime(cell, 'ms', formatMs, { p99: columns.p99, p95: columns.p95, p50: columns.p50 })
    : null;
}

function curvesOfMetrics(data: PageData): ChartSpec | null {
  const [variant] = data.variants;
  if (!variant) return null;
  const series = Object.entries(variant.curves).map(([metric, curve]) => ({
    label: data.metricLabels[metric] ?? metric,
    xs: curve.percentiles.map(ninesOf),
    values: curve.ms,
  }));
  return { axis: 'nines', unit: 'ms', format: formatMs, series };
}

function curvesOfVariants(data: PageData, metric: string): ChartSpec {
  const series = data.variants.flatMap(({ key, curves }) => {
    const curve = curves[metric];
    return curve ? [{ label: key, xs: curve.percentiles.map(ninesOf), values: curve.ms }] : [];
  });
  return { axis: 'nines', unit: 'ms', format: formatMs, series };
}
