// The frames of a section's charts over time, as the catalogue of metrics has them: counts and gauges, then the waits.

import { METRICS } from '../../metrics/catalogue.ts';
import { NOTHING_RECORDED, SERIES_CHARTS } from '../../metrics/charts.ts';
import type { ChartSection } from '../../metrics/described.ts';
import type { LatencyMetric, Metric } from '../../metrics/metric.ts';
import type { RunResult } from '../../record/result.ts';
import { isTold } from '../../words/recorded.ts';
import type { Markup } from '../markup/markup.ts';
import { chartFigure } from './layout.ts';

type Variants = RunResult['variants'];

/**
 * In the order of the catalogue, those of what the run tells of.
 * @param isUnseen whether the shop's inside was not seen
 */
export function timeCharts(section: ChartSection, variants: Variants, isUnseen = false): Markup[] {
  const ofSeries = SERIES_CHARTS.filter(
    (chart) =>
      chart.section === section && isTold(chart.needs, variants) && !(isUnseen && chart.isOfInside === true),
  );
  return [
    ...ofSeries.map(({ name, title, note, empty }) => chartFigure({ chart: name, title, note, empty })),
    ...METRICS.filter(({ needs }) => isTold(needs, variants)).flatMap((metric) =>
      bandsOf(metric, section, isUnseen),
    ),
  ];
}

function bandsOf(metric: Metric, section: ChartSection, isUnseen: boolean): Markup[] {
  if (metric.kind !== 'latency' || metric.overTime?.section !== section) return [];
  const { name, label, overTime } = metric;
  const measured = isUnseen ? (metric.measuredOfUnseen ?? metric.measured) : metric.measured;
  return [
    chartFigure({
      chart: `bands/${name}`,
      title: overTime.title ?? capitalised(label),
      note: `ms${measured === undefined ? '' : ` ${measured}`}; p50, p95 and p99 of each time bucket`,
      empty: overTime.empty ?? NOTHING_RECORDED,
    }),
  ];
}

/** The waits that have a chart by percentile and that the run tells of, each with its title. */
export function curves(variants: Variants): { metric: LatencyMetric; title: string }[] {
  return METRICS.flatMap((metric) =>
    metric.kind === 'latency' && metric.curve !== undefined && isTold(metric.needs, variants)
      ? [{ metric, title: metric.curve.title ?? `${capitalised(metric.label)} by percentile` }]
      : [],
  );
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
