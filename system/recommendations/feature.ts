// What recommendations add to the shop: the role that works lists out, the lists' routes, and the lists given again at a connection.
import { type BehaviourConfig, behaviourTransportOf } from '../behaviour/feature.ts';
import { createBehaviourStore } from '../behaviour/store/create-store.ts';
import {
  RECOMMENDATION_ENGINES,
  RECOMMENDATION_KINDS,
  type RecommendationEngineName,
} from '../contract/recommendations.ts';
import { ROLES } from '../contract/roles.ts';
import type { Feature, Running, ShopProcess } from '../platform/features/feature.ts';
import { startPeriodically } from '../platform/features/periodically.ts';
import { createWaiting } from '../platform/postgres/waiting.ts';
import { clockShiftMs } from '../platform/settings/clock.ts';
import {
  type Environment,
  integer,
  oneOf,
  type Parsed,
  type ShopSettings,
} from '../platform/settings/settings.ts';
import { createPush } from '../platform/sockets/push.ts';
import { readShelves, takeOffGone } from './catalogue-reading.ts';
import { createCouponsOfPeople, withCoupons } from './coupon-products.ts';
import { createDeliver } from './deliver.ts';
import { ACTIVE_MS, type StartEngine } from './engines/engine.ts';
import { startIncrementalEngine } from './engines/incremental.ts';
import { PERIOD_MS, periodicEngine } from './engines/periodic.ts';
import { createGreeting } from './greet.ts';
import { createReadPage } from './lists-reading.ts';
import { createRecommendationMetrics, type RecommendationMetrics } from './metrics.ts';
import { createModel } from './model.ts';
import { withRecall } from './recall.ts';
import { startRecommender } from './recommender.ts';
import { withRefits } from './refits.ts';
import { registerRecommendationRoutes } from './routes.ts';
import { createShopShelves } from './shop-shelves.ts';
import { createRecommendationStore, type RecommendationStore } from './store.ts';
import { warm } from './warm.ts';

const RECOMMENDER = ROLES.recommender.name;
const CATALOGUE_EVERY_MS = 30_000;
const UPKEEP_EVERY_MS = 10 * 60 * 1_000;

export type RecommendationsConfig = Readonly<{
  recommendationsEngine: RecommendationEngineName;
  recommendationsKeepHours: number;
}>;

/** Engines live on what the topic brings. */
function engineOf(text: string, environment: Environment): Parsed<RecommendationEngineName> {
  const parsed = oneOf(RECOMMENDATION_ENGINES)(text);
  if (!('value' in parsed) || parsed.value === 'none') return parsed;
  const transport = behaviourTransportOf(environment.BEHAVIOUR_TRANSPORT ?? '', environment);
  return 'value' in transport && transport.value !== 'kafka'
    ? { needed: 'none, or BEHAVIOUR_TRANSPORT=kafka beside it: an engine reads the actions from their topic' }
    : parsed;
}

const settings: ShopSettings<RecommendationsConfig> = {
  recommendationsEngine: {
    variable: 'RECOMMENDATIONS_ENGINE',
    fallback: 'none',
    meaning: `what works recommendations out: ${RECOMMENDATION_ENGINES.join(', ')}`,
    parse: engineOf,
  },
  recommendationsKeepHours: {
    variable: 'RECOMMENDATIONS_KEEP_HOURS',
    fallback: '24',
    meaning: 'hours that lists stay stored',
    parse: integer(1, 8_760),
  },
};

const ENGINES: Record<Exclude<RecommendationEngineName, 'none'>, StartEngine> = {
  periodic: periodicEngine(PERIOD_MS),
  incremental: startIncrementalEngine,
};

type RecommendationsProcess = ShopProcess<RecommendationsConfig & BehaviourConfig>;

function startRole(
  process: RecommendationsProcess,
  metrics: RecommendationMetrics,
  deps: { store: RecommendationStore; startEngine: StartEngine },
): Running {
  const { config, database, clock, channels, kafka, log, health } = process;
  const { store } = deps;
  const shelves = createShopShelves();
  const coupons = createCouponsOfPeople(database, shelves, clock);
  const model = createModel(shelves, coupons.productsOf);
  metrics.watchActive(() => model.activeSince(clock.monotonicMs() - ACTIVE_MS).length);
  const push = createPush({
    redis: channels,
    keyPrefix: config.redisKeyPrefix,
    onFailure(error) {
      metrics.pushFailed();
      log.debug({ err: error }, 'lists were not pushed; they stay readable');
    },
  });
  const goneProducts = (productIds: number[]) => takeOffGone(database, shelves, productIds);
  const deliver = createDeliver({ store, goneProducts, push, clock, metrics });
  async function begin() {
    const startedMs = clock.monotonicMs();
    await store.upkeep(clock.now());
    await readShelves(database, shelves);
    const behaviourLog = createBehaviourStore(config, database);
    const { unanswered, ...counts } = await warm({ database, model, log: behaviourLog, store, clock });
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    const known = { ...counts, productCount: shelves.productCount(), unansweredCount: unanswered.length };
    log.info({ ...known, durationMs }, 'the recommender is warm');
    const engine = deps.startEngine({ model, deliver, clock, metrics, log }, unanswered);
    const withOffers = withCoupons(withRefits(engine, model.refit), coupons, (error) =>
      log.warn({ err: error }, 'people’s coupons were not read; their lists go by what is known'),
    );
    return withRecall(withOffers, {
      model,
      log: behaviourLog,
      monotonicMs: clock.monotonicMs,
      onFailure: (error) =>
        log.warn({ err: error }, 'what people did before was not read; it is at their next action'),
    });
  }
  const recommender = startRecommender({
    kafka,
    prefix: config.kafkaPrefix,
    begin,
    metrics,
    waiting: createWaiting({ what: 'actions wanting lists', metrics, clock, log }),
    monotonicMs: clock.monotonicMs,
    wallMs: () => clock.now().getTime() - clockShiftMs(config),
    log,
  });
  health.add(RECOMMENDER, async () => recommender.check());
  const jobs = [
    startPeriodically('the products', CATALOGUE_EVERY_MS, () => readShelves(database, shelves), log),
    startPeriodically('the hours of lists', UPKEEP_EVERY_MS, () => store.upkeep(clock.now()), log),
  ];
  return {
    async close() {
      for (const job of jobs) await job.close();
      await recommender.close();
    },
  };
}

export const recommendationsFeature = {
  name: 'recommendations',
  settings,
  roles: [ROLES.recommender],
  needsKafka: ({ RECOMMENDATIONS_ENGINE = '' }, roles) =>
    roles.includes(RECOMMENDER) && !['', 'none'].includes(RECOMMENDATIONS_ENGINE),
  metrics: createRecommendationMetrics,
  open(process, metrics) {
    const { config, database, log } = process;
    const { recommendationsEngine, recommendationsKeepHours: keepHours } = config;
    const store = createRecommendationStore({ database, kinds: RECOMMENDATION_KINDS, keepHours });
    return {
      api() {
        // Where nothing works them out those of an earlier time are none any more.
        const newest = recommendationsEngine === 'none' ? async () => null : store.newest;
        const readPage = createReadPage({ database, store: { newest } });
        const greeting = createGreeting(store);
        return {
          routes: (app, authenticate) => registerRecommendationRoutes(app, { readPage, authenticate }),
          ...(recommendationsEngine !== 'none' && { greetings: [greeting.greet] }),
          drain: greeting.close,
        };
      },
      roles: {
        [RECOMMENDER]() {
          if (recommendationsEngine !== 'none')
            return startRole(process, metrics, { store, startEngine: ENGINES[recommendationsEngine] });
          log.info('no recommendations are worked out: RECOMMENDATIONS_ENGINE is none');
          return { close: async () => undefined };
        },
      },
    };
  },
} satisfies Feature<ShopSettings<RecommendationsConfig>, RecommendationMetrics, BehaviourConfig>;
