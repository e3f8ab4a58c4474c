// Metric names in the reader's words. Metrics that the catalogue does not know keep their name, taken apart at dots and capitals.
import { METRICS } from '../metrics/catalogue.ts';
import { findMetric, splitRoute } from '../metrics/find-metric.ts';
import type { Metric } from '../metrics/metric.ts';
import type { LatencySummary, Metrics } from '../record/result.ts';

/** `order.confirmed` → "order confirmed"; `http.response/GET /cart` → "HTTP response GET /cart". */
export function metricLabel(metric: string, catalogue: readonly Metric[] = METRICS): string {
  const { base, route } = splitRoute(metric);
  const words =
    findMetric(metric, catalogue)?.label ??
    base
      .replaceAll('.', ' ')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
  return route === null ? words : `${words} ${route}`;
}

/** "order confirmed p99"; a plain value needs no statistic. */
export function statisticLabel(metric: string, statistic: string): string {
  return statistic === 'value' ? metricLabel(metric) : `${metricLabel(metric)} ${statistic}`;
}

/** The latency summary of a metric, if it was measured and is one. */
export function latencyOf(metrics: Metrics, metric: string): LatencySummary | undefined {
  const summary = metrics[metric];
  return summary !== undefined && 'p50' in summary ? summary : undefined;
}

/** The plain value of a metric, if it was measured and is one. */
export function plainValueOf(metrics: Metrics, metric: string): { unit: string; value: number } | undefined {
  const summary = metrics[metric];
  return summary !== undefined && 'value' in summary ? summary : undefined;
}

/** Failures name their route before a status (`GET /cart 503`) or after a kind (`timeout GET /cart`). */
export function isOfRoute(kind: string, route: string): boolean {
  return kind.startsWith(`${route} `) || kind.endsWith(` ${route}`);
}
