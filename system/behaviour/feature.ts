// What the behaviour log adds to the shop: the intake of actions, the consumer's role, the topic, and the operator's look-up.
import {
  BEHAVIOUR_STORES,
  BEHAVIOUR_TRANSPORTS,
  type BehaviourStoreName,
  type BehaviourTransport,
} from '../contract/processes.ts';
import { ROLES } from '../contract/roles.ts';
import { TOPICS } from '../contract/topics.ts';
import type { Feature, ShopProcess } from '../platform/features/feature.ts';
import { type OpenSearchConfig, openSearchSettings } from '../platform/opensearch/settings.ts';
import { createWaiting } from '../platform/postgres/waiting.ts';
import { clockShiftMs } from '../platform/settings/clock.ts';
import {
  type Environment,
  integer,
  oneOf,
  type Parsed,
  type ShopSettings,
} from '../platform/settings/settings.ts';
import { createAddActions } from './add-actions.ts';
import { createClientLimit } from './client-limit.ts';
import { createIntake } from './intake.ts';
import { type BehaviourMetrics, createBehaviourMetrics } from './metrics.ts';
import { createLookUp } from './operator/look-up.ts';
import { registerLookUpRoutes } from './operator/routes.ts';
import { registerBehaviourPage } from './page/routes.ts';
import { registerBehaviourRoutes } from './routes.ts';
import { createBehaviourStore } from './store/create-store.ts';
import { createBehaviourConsumer } from './transports/behaviour-consumer.ts';
import { createDirectBehaviourTransport } from './transports/direct.ts';
import { createKafkaBehaviourTransport } from './transports/kafka.ts';
import { startUpkeep } from './upkeep.ts';

const CONSUMER = ROLES.behaviourConsumer.name;

export type BehaviourConfig = OpenSearchConfig &
  Readonly<{
    behaviourStore: BehaviourStoreName;
    behaviourTransport: BehaviourTransport;
    behaviourBatchMax: number;
    behaviourGatherMs: number;
    behaviourActionsPerSecond: number;
    behaviourRetentionDays: number;
  }>;

/** A shop without a broker for its orders has none for this either. */
export function behaviourTransportOf(
  text: string,
  { ORDERS_TRANSPORT = '' }: Environment,
): Parsed<BehaviourTransport> {
  if (text !== '') return oneOf(BEHAVIOUR_TRANSPORTS)(text);
  return { value: ORDERS_TRANSPORT === '' || ORDERS_TRANSPORT === 'kafka' ? 'kafka' : 'direct' };
}

/** OpenSearch takes many at once better than a few often. */
function batchMaxOf(text: string, { BEHAVIOUR_STORE = '' }: Environment): Parsed<number> {
  if (text !== '') return integer(1, 10_000)(text);
  return { value: BEHAVIOUR_STORE === 'opensearch' ? 5_000 : 1_000 };
}

/**
 * Where lists wait for an action it goes on at once. A log alone can wait, and so can the rules, whose coupons have three seconds: two
 * hundred messages a second to the broker and back cost a machine of two cores a quarter of a core.
 */
function gatherMsOf(text: string, { RECOMMENDATIONS_ENGINE = '' }: Environment): Parsed<number> {
  if (text !== '') return integer(0, 1_000)(text);
  return { value: ['', 'none'].includes(RECOMMENDATIONS_ENGINE) ? 200 : 5 };
}

const settings: ShopSettings<BehaviourConfig> = {
  behaviourStore: {
    variable: 'BEHAVIOUR_STORE',
    fallback: 'postgres',
    meaning: `what keeps the behaviour log: ${BEHAVIOUR_STORES.join(', ')}`,
    parse: oneOf(BEHAVIOUR_STORES),
  },
  ...openSearchSettings,
  behaviourTransport: {
    variable: 'BEHAVIOUR_TRANSPORT',
    fallback: '',
    meaning: `how actions reach the behaviour log: ${BEHAVIOUR_TRANSPORTS.join(', ')}; empty: kafka where orders go by kafka`,
    parse: behaviourTransportOf,
  },
  behaviourBatchMax: {
    variable: 'BEHAVIOUR_BATCH_MAX',
    fallback: '',
    meaning:
      'most actions in one statement; empty: 1000 where PostgreSQL stores them, 5000 where OpenSearch does',
    parse: batchMaxOf,
  },
  behaviourGatherMs: {
    variable: 'BEHAVIOUR_GATHER_MS',
    fallback: '',
    meaning:
      'milliseconds that actions gather before they go on together; empty: 5 where lists are worked out from them, else 200',
    parse: gatherMsOf,
  },
  behaviourActionsPerSecond: {
    variable: 'BEHAVIOUR_RATE_PER_SECOND',
    fallback: '50',
    meaning: 'actions a second of one customer at one process, 0 for no limit',
    parse: integer(0, 1_000_000),
  },
  behaviourRetentionDays: {
    variable: 'BEHAVIOUR_RETENTION_DAYS',
    fallback: '400',
    meaning: 'days after which actions leave the log',
    parse: integer(1, 36_500),
  },
};

function createParts(process: ShopProcess<BehaviourConfig>, metrics: BehaviourMetrics) {
  const { config, database, clock } = process;
  const store = createBehaviourStore(config, database);
  const addActions = createAddActions({
    store,
    batchMax: config.behaviourBatchMax,
    metrics,
    monotonicMs: clock.monotonicMs,
  });
  return { store, addActions };
}

export const behaviourFeature = {
  name: 'behaviour',
  settings,
  topics: [TOPICS.behaviour],
  roles: [ROLES.behaviourConsumer],
  needsKafka(environment, roles) {
    const transport = behaviourTransportOf(environment.BEHAVIOUR_TRANSPORT ?? '', environment);
    const isDirect = 'value' in transport && transport.value === 'direct';
    return roles.includes(CONSUMER) || (roles.includes('api') && !isDirect);
  },
  metrics: createBehaviourMetrics,
  open(process, metrics) {
    const { config, clock, health, kafka, log } = process;
    const { store, addActions } = createParts(process, metrics);
    const keepDays = () => startUpkeep({ store, clock, log });
    return {
      api() {
        const gatherMs = config.behaviourGatherMs;
        const transport =
          config.behaviourTransport === 'kafka'
            ? createKafkaBehaviourTransport({ kafka, prefix: config.kafkaPrefix, gatherMs, log })
            : createDirectBehaviourTransport(addActions, { batchMax: config.behaviourBatchMax, gatherMs });
        health.add('behaviour-publisher', transport.check);
        const intake = createIntake({
          transport,
          limit: createClientLimit(config.behaviourActionsPerSecond, clock.monotonicMs),
          clock,
          shiftMs: clockShiftMs(config),
          metrics,
        });
        const lookUp = createLookUp(store);
        return {
          async routes(app, authenticate) {
            registerBehaviourRoutes(app, { intake, authenticate });
            registerLookUpRoutes(app, { lookUp, clock, authenticate });
            await registerBehaviourPage(app);
          },
          answers: [{ event: 'behaviour:actions', answer: intake.takeUnchecked }],
          // Where a broker stands between, its consumer keeps the days.
          jobs: config.behaviourTransport === 'direct' ? [keepDays] : [],
          drain: transport.close,
        };
      },
      roles: {
        [CONSUMER]() {
          const waiting = createWaiting({ what: 'actions', metrics, clock, log });
          const consumer = createBehaviourConsumer({
            kafka,
            prefix: config.kafkaPrefix,
            addActions,
            isActionFault: store.isActionFault,
            metrics,
            waiting,
            monotonicMs: clock.monotonicMs,
            log,
          });
          health.add(CONSUMER, async () => consumer.check());
          const upkeep = keepDays();
          consumer.start();
          return {
            async close() {
              await consumer.close();
              await upkeep.close();
            },
          };
        },
      },
    };
  },
} satisfies Feature<ShopSettings<BehaviourConfig>, BehaviourMetrics>;
