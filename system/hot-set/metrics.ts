// What the cache worker tells the operator: how often the hot set is renewed, at what cost, how large and how old it is.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { HotSetMeta } from '../contract/cache.ts';

/** `lost`: another worker had taken the lead meanwhile; `failed`: the old set stays. */
export type RefreshOutcome = 'ok' | 'lost' | 'failed';

export type HotSetMetrics = {
  refreshed(outcome: RefreshOutcome, durationMs: number): void;
  /** What is in Redis now, as far as this worker knows; null: nothing. */
  seen(meta: HotSetMeta | null): void;
  led(isLeader: boolean): void;
  /** Asks the shop's time whenever somebody reads the metrics. Call it once. */
  watchAge(now: () => Date): void;
};

/** Registers the hot set's metrics. */
export function createHotSetMetrics(registry: Registry): HotSetMetrics {
  const registers = [registry];
  const refreshes = new Counter({
    name: 'shop_hot_set_refreshes_total',
    help: 'Refreshes of the hot set by their outcome',
    labelNames: ['outcome'],
    registers,
  });
  // An alert must see the first failure.
  for (const outcome of ['ok', 'lost', 'failed'] as const) refreshes.inc({ outcome }, 0);
  const seconds = new Histogram({
    name: 'shop_hot_set_refresh_seconds',
    help: 'Time from the first statement of a refresh to its swap',
    buckets: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers,
  });
  const entries = new Gauge({
    name: 'shop_hot_set_entries',
    help: 'Entries of the hot set in Redis',
    labelNames: ['kind'],
    registers,
  });
  const leader = new Gauge({
    name: 'shop_hot_set_leader',
    help: '1 in the process that refreshes the hot set',
    registers,
  });
  let meta: HotSetMeta | null = null;
  let now: (() => Date) | null = null;
  const secondsFromNow = (instant: string | undefined) =>
    instant === undefined || now === null ? Number.NaN : (Date.parse(instant) - now().getTime()) / 1_000;
  new Gauge({
    name: 'shop_hot_set_age_seconds',
    help: 'Time since the hot set was read from the database; NaN where there is none',
    registers,
    collect() {
      this.set(-secondsFromNow(meta?.refreshedAt));
    },
  });
  new Gauge({
    name: 'shop_hot_set_next_refresh_seconds',
    help: 'Time until the next refresh is due; NaN where there is no set',
    registers,
    collect() {
      this.set(secondsFromNow(meta?.nextRefreshAt));
    },
  });
  return {
    refreshed(outcome, durationMs) {
      refreshes.inc({ outcome });
      if (outcome === 'ok') seconds.observe(durationMs / 1_000);
    },
    seen(found) {
      meta = found;
      entries.set({ kind: 'customer' }, found?.customerCount ?? 0);
      entries.set({ kind: 'product' }, found?.productCount ?? 0);
    },
    led: (isLeader) => leader.set(isLeader ? 1 : 0),
    watchAge(ask) {
      now = ask;
    },
  };
}
