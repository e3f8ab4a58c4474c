// The process's Prometheus registry. Features register their own instruments with `registers: [metrics.registry]`.
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type Metrics = {
  registry: Registry;
  /** Notes one answered request; `route` is the route's pattern, never the path, to keep the number of series small. */
  observeHttp(route: string, status: number, durationMs: number): void;
  close(): void;
};

const DURATION_BUCKETS_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** A registry of its own with the default metrics of the process and the duration of HTTP requests. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request’s arrival to the end of its answer',
    labelNames: ['route', 'status'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers: [registry],
  });
  // prom-client hashes the labels at every call; the few children are kept instead.
  const children = new Map<string, Histogram.Internal<'route' | 'status'>>();
  return {
    registry,
    observeHttp(route, status, durationMs) {
      const key = `${status} ${route}`;
      let child = children.get(key);
      if (child === undefined) {
        child = duration.labels({ route, status: String(status) });
        children.set(key, child);
      }
      child.observe(durationMs / 1000);
    },
    close: () => registry.clear(),
  };
}
