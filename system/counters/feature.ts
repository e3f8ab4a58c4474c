// What live counters add to the shop: what sockets may say of their pages, and the beats in which they are told of changes.
import { randomUUID } from 'node:crypto';
import { createClientLimit } from '../behaviour/client-limit.ts';
import type { Log } from '../platform/diagnostics/log.ts';
import type { Feature, Running } from '../platform/features/feature.ts';
import { createRedis } from '../platform/redis/redis.ts';
import { integer, type ShopSettings } from '../platform/settings/settings.ts';
import { createLiveCounters, type LiveCounters } from './live-counters.ts';
import { type CounterMetrics, createCounterMetrics } from './metrics.ts';
import { followPages } from './page-events.ts';
import { createPeopleInRedis } from './people-in-redis.ts';
import { createReadPeople } from './read-people.ts';

/** Of these, the counters themselves decide in which something is done. */
const BEAT_MS = 50;
/** What one person may say of their pages, in all tabs; somebody who clicks fast says two things a page. */
const EVENTS_PER_SECOND = 10;

export type CountersConfig = Readonly<{ countersLeaseMs: number }>;

const settings: ShopSettings<CountersConfig> = {
  countersLeaseMs: {
    variable: 'COUNTERS_LEASE_MS',
    fallback: '15000',
    meaning: 'milliseconds after which the people of an instance count no more that says nothing',
    parse: integer(500, 20_000),
  },
};

export const countersFeature = {
  name: 'counters',
  settings,
  metrics: createCounterMetrics,
  open(process, metrics) {
    const { config, clock, channels, database, log } = process;
    return {
      api() {
        const people = createPeopleInRedis({ redis: channels, keyPrefix: config.redisKeyPrefix });
        const counters = createLiveCounters({
          people,
          readPeople: createReadPeople(database),
          leaseMs: config.countersLeaseMs,
          newInstanceId: randomUUID,
          monotonicMs: clock.monotonicMs,
          metrics,
          log,
        });
        const limit = createClientLimit(EVENTS_PER_SECOND, clock.monotonicMs);
        return {
          followers: [
            (sockets) => {
              counters.attach(sockets);
              return followPages({ pages: counters, limit, metrics });
            },
          ],
          jobs: [() => startBeating(counters, { redisUrl: config.redisUrl, channel: people.channel, log })],
        };
      },
    };
  },
} satisfies Feature<ShopSettings<CountersConfig>, CounterMetrics>;

function startBeating(
  counters: LiveCounters,
  { redisUrl, channel, log }: { redisUrl: string; channel: string; log: Log },
): Running {
  const subscriber = createRedis({ url: redisUrl, keyPrefix: '', isForSubscriptions: true, log });
  subscriber.on('message', (_channel, message) => counters.hear(message));
  // Comes after each connect: what was published before it is lost.
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).then(counters.askAgain, (error) => {
      log.warn({ err: error }, 'changes of counters are not heard before Redis is connected again');
    });
  });
  const timer = setInterval(() => void counters.beat(), BEAT_MS);
  return {
    async close() {
      clearInterval(timer);
      await counters.end();
      subscriber.disconnect();
    },
  };
}
