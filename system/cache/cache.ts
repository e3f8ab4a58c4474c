// Reads through a cache, whatever its policy: one look-up and one load a key at a time in each process, entries only as long as
// they may be used, and the database where Redis does not answer.
import type { CacheEntry, CacheOutcome } from '../contract/cache.ts';
import { isEarlyRefreshDue } from '../contract/cache-rules.ts';
import type { Log } from '../platform/diagnostics/log.ts';
import type { Redis } from '../platform/redis/redis.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { type BoundedWait, createBoundedWait } from './bounded-wait.ts';
import type { CacheMetrics } from './metrics.ts';
import { POLICIES } from './policies.ts';
import type { Policy, PolicyDeps } from './policy.ts';
import type { CacheConfig } from './settings.ts';

/** `outcome` null: policy `none`. `ageMs`: of a hit, since it was read from the database, by the shop's clock. */
export type CacheAnswer<Value> = {
  value: Value | null;
  outcome: CacheOutcome | null;
  ageMs: number | null;
};

export type Cache<Key, Value> = {
  /**
   * @param load reads the key from the database; null where there is no such thing, which is not kept.
   * Rejects only as `load` does.
   */
  read(key: Key, load: () => Promise<Value | null>): Promise<CacheAnswer<Value>>;
};

export type CacheDeps<Key, Value> = Pick<PolicyDeps<Key, Value>, 'kind' | 'nameOf' | 'findInHotSet'> & {
  /** With the shop's key prefix. */
  redis: Redis;
  config: CacheConfig;
  clock: Clock;
  /** 0–1, never 0 where chance is real. */
  random: () => number;
  metrics: CacheMetrics;
  log: Log;
};

/** A cache of one kind under the policy of the settings. */
export function createCache<Key, Value>(deps: CacheDeps<Key, Value>): Cache<Key, Value> {
  const policy = POLICIES[deps.config.cachePolicy]<Key, Value>(deps);
  if (policy === null)
    return { read: async (_key, load) => ({ value: await load(), outcome: null, ageMs: null }) };
  const { metrics, kind, clock, nameOf } = deps;
  const wait = createBoundedWait({
    waitMs: deps.config.cacheWaitMs,
    clock,
    log: deps.log,
    onFailure: () => metrics.failed(kind),
  });
  const through = readingThrough(deps, policy, wait);
  const underWay = new Map<string, Promise<CacheAnswer<Value>>>();
  return {
    async read(key, load) {
      const startedMs = clock.monotonicMs();
      const name = nameOf(key);
      let answering = underWay.get(name);
      if (answering === undefined) {
        const { answer, settled } = through(key, load);
        answering = answer;
        underWay.set(name, answer);
        // Until it is kept, whoever comes shares it instead of loading it again.
        void settled.finally(() => underWay.delete(name));
      }
      const answer = await answering;
      if (answer.outcome !== null) metrics.read(kind, answer.outcome, clock.monotonicMs() - startedMs);
      return answer;
    },
  };
}

/** One read; `settled` resolves when the loaded entry is kept as well, or is not to be. */
function readingThrough<Key, Value>(
  deps: CacheDeps<Key, Value>,
  policy: Policy<Key, Value>,
  wait: BoundedWait,
) {
  const { config, clock, random, metrics, kind } = deps;
  const hasTtl = config.cachePolicy === 'ttl' || config.cachePolicy === 'write-invalidate';
  const renewing = new Set<string>();

  async function load(key: Key, read: () => Promise<Value | null>, lease: string | null) {
    const atMs = clock.now().getTime();
    const startedMs = clock.monotonicMs();
    const value = await read();
    const loadMs = clock.monotonicMs() - startedMs;
    metrics.loaded(kind, loadMs);
    const keep = async () => {
      if (value === null) return;
      const untilMs = hasTtl ? atMs + config.cacheTtlMs : null;
      const entry: CacheEntry<Value> = { atMs, untilMs, loadMs, value };
      const kept = await wait(() => policy.keep(key, entry, lease));
      if (kept !== 'away' && kept.evictedCount > 0) metrics.evicted(kind, kept.evictedCount);
    };
    return { value, keep };
  }
  function renewEarly(key: Key, read: () => Promise<Value | null>, lease: string | null): void {
    const name = deps.nameOf(key);
    if (renewing.has(name)) return;
    renewing.add(name);
    metrics.renewedEarly(kind);
    load(key, read, lease)
      .then(({ keep }) => keep())
      .catch((error) => deps.log.debug({ err: error }, 'an entry was not renewed early'))
      .finally(() => renewing.delete(name));
  }
  return (key: Key, read: () => Promise<Value | null>) => {
    const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
    const answer = (async (): Promise<CacheAnswer<Value>> => {
      const found = await wait(() => policy.find(key));
      if (found === 'away') {
        const { value } = await load(key, read, null);
        return { value, outcome: 'bypass', ageMs: null };
      }
      const nowMs = clock.now().getTime();
      const { entry, lease } = found;
      if (entry !== null && (entry.untilMs === null || nowMs < entry.untilMs)) {
        if (isEarlyRefreshDue(entry, nowMs, config.cacheEarlyRefreshBeta, random))
          renewEarly(key, read, lease);
        return { value: entry.value, outcome: 'hit', ageMs: Math.max(0, nowMs - entry.atMs) };
      }
      const { value, keep } = await load(key, read, lease);
      void keep().finally(settle);
      return { value, outcome: 'miss', ageMs: null };
    })();
    answer.then(
      ({ outcome }) => {
        if (outcome !== 'miss') settle();
      },
      () => settle(),
    );
    return { answer, settled };
  };
}
