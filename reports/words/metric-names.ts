// Metric names in the reader's words. Metrics unknown here keep their name, taken apart at dots and capitals.
import type { LatencySummary, Metrics } from '../record/result.ts';

const LABELS: Record<string, string> = {
  'http.response': 'HTTP response',
  'http.service': 'HTTP service',
  'http.failedRatio': 'failed requests',
  'order.accepted': 'order accepted',
  'order.confirmed': 'order confirmed',
  'orders.perHour': 'orders an hour',
  'orders.attempted': 'orders attempted',
  'orders.confirmed': 'orders confirmed',
  'orders.rejected': 'orders rejected',
  'orders.failed': 'orders refused with an error',
  'orders.unanswered': 'orders without an outcome',
  'orders.perSecond': 'orders a second',
  'signUp.confirmed': 'account confirmed',
  'signUps.planned': 'sign-ups planned',
  'signUps.confirmed': 'people signed up',
  'sessions.conversionRatio': 'conversion',
  'sessions.noFreePersonRatio': 'nobody free to come',
  'kafka.lag': 'consumer lag',
  'fault.recoverySeconds': 'time to recover',
  'load.keptUpRatio': 'work done of what came',
  'capacity.perSecond': 'sustained rate',
  'cpu.perOrderMs': 'CPU an order',
  'database.cpuPerOrderMs': 'database CPU an order',
};

/** `order.confirmed` → "order confirmed"; `http.response/GET /cart` → "HTTP response GET /cart". */
export function metricLabel(metric: string): string {
  const slash = metric.indexOf('/');
  const name = slash === -1 ? metric : metric.slice(0, slash);
  const words =
    LABELS[name] ??
    name
      .replaceAll('.', ' ')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
  return slash === -1 ? words : `${words} ${metric.slice(slash + 1)}`;
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
