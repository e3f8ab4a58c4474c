// The cache worker: whoever of several holds the lease renews the hot set when it is due. What is due it reads from Redis each
// time, so a worker that takes over keeps the pace, and a Redis that was flushed has its set again at the next look.
import { randomUUID } from 'node:crypto';
import type { HotSetMeta } from '../contract/cache.ts';
import type { Log } from '../platform/diagnostics/log.ts';
import type { Running } from '../platform/features/feature.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { HotSetRedis } from './hot-set-redis.ts';
import type { HotSetMetrics } from './metrics.ts';
import { refreshHotSet } from './refresh.ts';

const LEASE_MS = 6_000;
/** A dead leader is replaced within a lease and a look. */
const LOOK_EVERY_MS = 1_000;
const LEAST_WAIT_MS = 5;

export type HotSetWorkerDeps = {
  database: Database;
  redis: HotSetRedis;
  clock: Clock;
  log: Log;
  metrics: HotSetMetrics;
  everyMs: number;
  customerCount: number;
  productCount: number;
  /** In ms; for tests. */
  leaseMs?: number;
  lookEveryMs?: number;
};

export type HotSetWorker = Running & {
  /** Why the set is older than it should be, or null. */
  check(): string | null;
};

/** Starts looking at once; `close` ends it after a refresh under way and gives the lease back. */
export function startHotSetWorker(deps: HotSetWorkerDeps): HotSetWorker {
  const { redis, clock, log, metrics, everyMs } = deps;
  const { leaseMs = LEASE_MS, lookEveryMs = LOOK_EVERY_MS } = deps;
  const owner = randomUUID();
  let isClosed = false;
  let failure: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  metrics.watchAge(clock.now);

  async function look(): Promise<HotSetMeta | null> {
    const { isLeader, meta } = await redis.lead(owner, leaseMs);
    metrics.led(isLeader);
    metrics.seen(meta);
    if (!isLeader || isClosed || untilDueMs(meta) > 0) {
      if (!isLeader) failure = null;
      return isLeader ? meta : null;
    }
    return refresh();
  }
  /** A date further away than a whole interval comes from a clock that was set back since. */
  function untilDueMs(meta: HotSetMeta | null): number {
    if (meta === null) return 0;
    const leftMs = Date.parse(meta.nextRefreshAt) - clock.now().getTime();
    return leftMs > everyMs ? 0 : leftMs;
  }
  async function refresh(): Promise<HotSetMeta | null> {
    // Reading may take longer than a lease; the leader is alive all the while.
    const lengthen = setInterval(() => {
      redis.lead(owner, leaseMs).catch((error) => log.debug({ err: error }, 'the lease was not lengthened'));
    }, leaseMs / 3);
    try {
      const { outcome, meta, durationMs } = await refreshHotSet({ ...deps, owner });
      if (outcome === 'incomplete')
        throw new Error('a part of the new hot set was gone from Redis before its swap');
      metrics.refreshed(outcome === 'swapped' ? 'ok' : 'lost', durationMs);
      if (outcome !== 'swapped') return null;
      if (failure !== null) log.info({ version: meta.version }, 'the hot set is refreshed again');
      failure = null;
      metrics.seen(meta);
      return meta;
    } finally {
      clearInterval(lengthen);
    }
  }
  function failed(error: unknown): void {
    const reason = error instanceof Error ? error.message || error.name : String(error);
    metrics.refreshed('failed', 0);
    // One line for an outage; the count is the metric's.
    if (failure === null) log.warn({ err: error }, 'the hot set could not be refreshed; the old one stays');
    failure = `the old hot set stays: ${reason}`;
  }
  function next(waitMs: number): void {
    if (isClosed) return;
    timer = setTimeout(() => {
      looking = look()
        .then((meta) => (meta === null ? lookEveryMs : Math.min(lookEveryMs, untilDueMs(meta))))
        .catch((error) => {
          failed(error);
          return lookEveryMs;
        })
        .then((ms) => next(Math.max(LEAST_WAIT_MS, ms)));
    }, waitMs);
  }
  next(0);
  return {
    check: () => failure,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await looking;
      await redis.release(owner).catch((error) => log.debug({ err: error }, 'the lease runs out by itself'));
    },
  };
}
