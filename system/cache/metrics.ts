// What the cache tells the operator, by kind: how reads went, what was loaded, evicted and renewed, and how long look-ups take.
import { Counter, Histogram, type Registry } from 'prom-client';
import type { CacheKind, CacheOutcome } from '../contract/cache.ts';

const SECONDS = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1];

export type CacheMetrics = {
  /** A read was answered; `durationMs` counts from the look-up to the answer. */
  read(kind: CacheKind, outcome: CacheOutcome, durationMs: number): void;
  loaded(kind: CacheKind, durationMs: number): void;
  evicted(kind: CacheKind, count: number): void;
  renewedEarly(kind: CacheKind): void;
  /** Redis did not answer in time, or not as it should. */
  failed(kind: CacheKind): void;
};

const made = new WeakMap<Registry, CacheMetrics>();

/** Registers the cache's metrics, once; all features that read through a cache count in the same ones. */
export function createCacheMetrics(registry: Registry): CacheMetrics {
  const metrics = made.get(registry) ?? register(registry);
  made.set(registry, metrics);
  return metrics;
}

function register(registry: Registry): CacheMetrics {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const reads = counter('shop_cache_reads_total', 'Reads through the cache', ['kind', 'outcome']);
  const loads = counter('shop_cache_loads_total', 'Reads of the database for the cache', ['kind']);
  const evictions = counter(
    'shop_cache_evictions_total',
    "Entries that went for others; those that Redis chooses are in Redis's own evicted_keys",
    ['kind'],
  );
  const early = counter('shop_cache_early_refreshes_total', 'Entries renewed before they expired', ['kind']);
  const failures = counter(
    'shop_cache_failures_total',
    'Commands of the cache that Redis did not do in time',
    ['kind'],
  );
  const histogram = (name: string, help: string, labelNames: string[]) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers });
  const readSeconds = histogram('shop_cache_read_seconds', 'Time of a read through the cache', [
    'kind',
    'outcome',
  ]);
  const loadSeconds = histogram('shop_cache_load_seconds', 'Time of a read of the database', ['kind']);
  return {
    read(kind, outcome, durationMs) {
      reads.inc({ kind, outcome });
      readSeconds.observe({ kind, outcome }, durationMs / 1_000);
    },
    loaded(kind, durationMs) {
      loads.inc({ kind });
      loadSeconds.observe({ kind }, durationMs / 1_000);
    },
    evicted: (kind, count) => evictions.inc({ kind }, count),
    renewedEarly: (kind) => early.inc({ kind }),
    failed: (kind) => failures.inc({ kind }),
  };
}
