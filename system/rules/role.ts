// The rules' process put together: what is remembered, what is asked of the shop, and what is given.
import type { BehaviourConfig } from '../behaviour/feature.ts';
import { createBehaviourStore } from '../behaviour/store/create-store.ts';
import { ROLES } from '../contract/roles.ts';
import { issueCoupons } from '../coupons/issue.ts';
import { createNotificationStore } from '../notifications/store.ts';
import type { Running, ShopProcess } from '../platform/features/feature.ts';
import { startPeriodically } from '../platform/features/periodically.ts';
import { removeInRounds } from '../platform/features/remove-in-rounds.ts';
import { createWaiting } from '../platform/postgres/waiting.ts';
import { createRedis } from '../platform/redis/redis.ts';
import { clockShiftMs } from '../platform/settings/clock.ts';
import { createPush } from '../platform/sockets/push.ts';
import { createAlarms } from './alarms.ts';
import { createRulesEngine, type RulesEngine } from './engine.ts';
import { createFacts, type StockFact } from './facts.ts';
import { createFirings } from './firings.ts';
import { createGive } from './give.ts';
import { createRecall, learnLately } from './lately.ts';
import type { RulesMetrics } from './metrics.ts';
import { createMoments } from './moments.ts';
import { createPeople } from './people.ts';
import { createRemember } from './remember.ts';
import { startRulesConsumer } from './rules-consumer.ts';
import { startStockNews } from './stock-news.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const SWEEP_EVERY_MS = 10 * 60 * 1_000;

type RulesProcess = ShopProcess<BehaviourConfig>;

/** @param options.cartReminderMs how long a cart stays untouched before its owner is reminded. */
export function startRulesRole(
  process: RulesProcess,
  metrics: RulesMetrics,
  options: { cartReminderMs: number },
): Running {
  const { config, database, clock, health, kafka, log } = process;
  const memory = createMemory(process, metrics, options);
  const firings = createFirings(database);
  const news = startNews(process, (stock) => engine.stockFell(stock));
  const engine = createEngine(process, metrics, { ...memory, firings, tellOthers: news.tell });
  const consumer = startRulesConsumer({
    kafka,
    prefix: config.kafkaPrefix,
    engine,
    async learnAnew(isOwn) {
      memory.people.clear();
      memory.alarms.clear();
      const actionCount = await learnLately(memory, clock.now().getTime(), isOwn);
      log.info({ actionCount }, 'the rules know what people did of late');
    },
    metrics,
    waiting: createWaiting({ what: 'actions wanting rules', metrics, clock, log }),
    monotonicMs: clock.monotonicMs,
    wallMs: () => clock.now().getTime() - clockShiftMs(config),
    log,
  });
  health.add(ROLES.rulesEngine.name, async () => consumer.check());
  function sweep(): Promise<number> {
    const before = new Date(clock.now().getTime() - DAY_MS);
    return removeInRounds((count) => firings.removeFree(before, count));
  }
  const sweeping = startPeriodically('what the rules have given', SWEEP_EVERY_MS, sweep, log);
  return {
    async close() {
      await sweeping.close();
      await consumer.close();
      news.close();
    },
  };
}

/** Whom the rules know, by what they did. */
function createMemory(
  { config, database }: RulesProcess,
  metrics: RulesMetrics,
  { cartReminderMs }: { cartReminderMs: number },
) {
  const alarms = createAlarms();
  const people = createPeople((customerId) => {
    for (const kind of ['page', 'cart', 'purchase'] as const) alarms.cancel(customerId, kind);
  });
  metrics.watch({ people: people.count, alarms: alarms.count });
  const remember = createRemember({ people, alarms, cartReminderMs });
  return {
    alarms,
    people,
    remember,
    facts: createFacts(database),
    log: createBehaviourStore(config, database),
  };
}

function createEngine(
  { config, database, channels, clock, log }: RulesProcess,
  metrics: RulesMetrics,
  parts: ReturnType<typeof createMemory> & {
    firings: ReturnType<typeof createFirings>;
    tellOthers: (stock: StockFact) => void;
  },
): RulesEngine {
  const { facts } = parts;
  const push = createPush({
    redis: channels,
    keyPrefix: config.redisKeyPrefix,
    onFailure(error) {
      metrics.pushFailed();
      log.debug({ err: error }, 'a notification was not pushed; it is given at the next connection');
    },
  });
  return createRulesEngine({
    ...parts,
    recall: createRecall({
      ...parts,
      monotonicMs: clock.monotonicMs,
      onFailure: (error) =>
        log.warn({ err: error }, 'what people did before was not read; it is at their next action'),
    }),
    moments: createMoments(parts),
    give: createGive({
      database,
      firings: parts.firings,
      issueCoupons,
      notifications: createNotificationStore(database),
      facts,
      push,
      clock,
      metrics,
    }),
    clock,
  });
}

function startNews({ config, channels, log }: RulesProcess, onNews: (stock: StockFact) => Promise<void>) {
  return startStockNews({
    publisher: channels,
    subscriber: createRedis({ url: config.redisUrl, keyPrefix: '', isForSubscriptions: true, log }),
    keyPrefix: config.redisKeyPrefix,
    onNews: (stock) => {
      onNews(stock).catch((error) => log.warn({ err: error }, 'viewers of a product were not alerted'));
    },
    onFailure: (error) => log.debug({ err: error }, 'the other processes were not told of a stock'),
  });
}
