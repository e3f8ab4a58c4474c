// The values of the counters that this process watches: asked for once, then heard as they change; and, where Redis does not hold a
// counter's people, read from the database into Redis first.
import type { Log } from '../platform/diagnostics/log.ts';
import type { CounterMetrics } from './metrics.ts';
import type { PeopleInRedis } from './people-in-redis.ts';
import type { ReadPeople } from './read-people.ts';
import type { Watches } from './watches.ts';

/** Counters that one statement reads. */
const READ_AT_ONCE = 100;
/** After the database did not answer. */
const RETRY_AFTER_MS = 1_000;

export type Values = {
  want(keys: readonly string[]): void;
  /** @param count null where nobody knows it. */
  hear(key: string, count: number | null, changedMs: number | null): void;
  /** All that are watched. */
  askAgain(): void;
  /** Asks for those that are wanted. */
  ask(): Promise<void>;
};

export function createValues(deps: {
  people: Pick<PeopleInRedis, 'counts' | 'beginReading' | 'store'>;
  readPeople: ReadPeople;
  watches: Pick<Watches, 'isWatched' | 'keys' | 'set'>;
  monotonicMs: () => number;
  metrics: Pick<CounterMetrics, 'read' | 'failed'>;
  log: Log;
}): Values {
  const { people, watches, monotonicMs, metrics } = deps;
  const wanted = new Set<string>();
  /** Asked for, and not heard of since. */
  const asked = new Set<string>();
  const unread = new Set<string>();
  let isReading = false;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let isDatabaseAway = false;

  async function readSome(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const readings = await people.beginReading(keys);
    const found = await deps.readPeople(keys);
    metrics.read(found.size);
    const read = keys.flatMap((key, index) => {
      const personIds = found.get(key);
      return personIds === undefined ? [] : [{ key, reading: readings[index] ?? '', personIds }];
    });
    // What was stored is published, to this process too.
    for (const key of await people.store(read)) unread.add(key);
  }
  async function readAll(): Promise<void> {
    while (unread.size > 0) {
      const keys = [...unread].slice(0, READ_AT_ONCE);
      for (const key of keys) unread.delete(key);
      try {
        await readSome(keys.filter(watches.isWatched));
      } catch (error) {
        for (const key of keys) unread.add(key);
        throw error;
      }
    }
  }
  /** Beside everything else: a slow database holds no other counter up. */
  function read(): void {
    if (isReading || unread.size === 0 || monotonicMs() < readAtMs) return;
    isReading = true;
    void readAll()
      .then(
        () => {
          isDatabaseAway = false;
        },
        (error) => {
          metrics.failed();
          if (!isDatabaseAway)
            deps.log.warn({ err: error }, 'counters could not be read; they are asked for again');
          isDatabaseAway = true;
          readAtMs = monotonicMs() + RETRY_AFTER_MS;
        },
      )
      .finally(() => {
        isReading = false;
      });
  }
  return {
    want(keys) {
      for (const key of keys) wanted.add(key);
    },
    hear(key, count, changedMs) {
      if (!watches.isWatched(key)) return;
      if (count === null) return void wanted.add(key);
      asked.delete(key);
      // Read meanwhile, here or by another process.
      unread.delete(key);
      watches.set(key, count, changedMs);
    },
    askAgain() {
      for (const key of watches.keys()) wanted.add(key);
    },
    async ask() {
      const keys = [...wanted].filter(watches.isWatched);
      wanted.clear();
      for (const key of keys) asked.add(key);
      const counts = keys.length === 0 ? [] : await people.counts(keys);
      for (const [index, key] of keys.entries()) {
        const count = counts[index] ?? null;
        const isNews = asked.delete(key);
        if (count === null) unread.add(key);
        else if (isNews) watches.set(key, count, null);
      }
      read();
    },
  };
}
