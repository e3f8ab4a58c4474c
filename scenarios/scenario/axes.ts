// The axes of our shop: what of it a scenario may vary beside its size. Each has its setting, the value it usually has, the
// variable by which the shop is told, and its words. A new axis is its setting and its entry here.
import Type from 'typebox';
import type { Need } from '../../reports/metrics/metric.ts';
import { CACHE_POLICIES, type CachePolicy } from '../../system/contract/cache.ts';
import {
  BEHAVIOUR_STORES,
  INTAKES,
  ORDER_TRANSPORTS,
  SHOP_RULES,
  type ShopEnvironment,
  type ShopRules,
} from '../../system/contract/processes.ts';
import {
  RECOMMENDATION_ENGINES,
  type RecommendationEngineName,
} from '../../system/contract/recommendations.ts';
import { Amount, Count } from './fields.ts';

/** The groups that the axes have in a scenario, as its schema takes them. */
export const axisSettings = {
  cache: Type.Object(
    {
      policy: Type.Enum(CACHE_POLICIES, {
        description: `how product pages and lists are cached: ${CACHE_POLICIES.join(', ')}`,
      }),
      size: Count(
        1,
        1_000_000,
        'products in the hot set; entries of a kind under the policies that have a size',
      ),
      ttlMs: Count(1, 86_400_000, 'ms that an entry may be used under ttl and write-invalidate'),
      earlyRefreshBeta: Amount(0, 10, 'how eagerly such entries are renewed before their end; 0 never'),
      refreshMs: Count(100, 3_600_000, 'ms between two refreshes of the hot set'),
    },
    { additionalProperties: false },
  ),
  orders: Type.Object(
    {
      transport: Type.Enum(ORDER_TRANSPORTS, {
        description: `how orders reach placeOrders: ${ORDER_TRANSPORTS.join(', ')}`,
      }),
    },
    { additionalProperties: false },
  ),
  behaviour: Type.Object(
    {
      send: Type.Enum(['on', 'off'], {
        description: 'on: shoppers tell the shop what they do, for its behaviour log; off: they do not',
      }),
      store: Type.Enum(BEHAVIOUR_STORES, {
        description: `what keeps the behaviour log and answers the search for products: ${BEHAVIOUR_STORES.join(', ')}`,
      }),
    },
    { additionalProperties: false },
  ),
  counters: Type.Object(
    {
      watch: Type.Enum(['on', 'off'], {
        description:
          'on: the pages that shoppers open show live counters, which the shop keeps telling them; off: they do not',
      }),
    },
    { additionalProperties: false },
  ),
  intake: Type.Object(
    {
      through: Type.Enum(INTAKES, {
        description: `how products and people come into the shop from outside: ${INTAKES.join(', ')}`,
      }),
    },
    { additionalProperties: false },
  ),
  coupons: Type.Object(
    {
      holderRatio: Amount(
        0,
        1,
        'share of the people who hold a coupon of 10 % on everything when the run starts; buyers then look at what theirs take off',
      ),
    },
    { additionalProperties: false },
  ),
  rules: Type.Object(
    {
      active: Type.Enum(SHOP_RULES, {
        description:
          'on: the fifteen rules give coupons and alerts for what shoppers tell; off: they give nothing',
      }),
    },
    { additionalProperties: false },
  ),
  recommendations: Type.Object(
    {
      engine: Type.Enum(RECOMMENDATION_ENGINES, {
        description: `what works the six lists out: ${RECOMMENDATION_ENGINES.join(', ')}`,
      }),
    },
    { additionalProperties: false },
  ),
};

/** What they are where nobody says otherwise. */
export const usualAxes = {
  cache: { policy: 'none' as const, size: 1_000, ttlMs: 50_000, earlyRefreshBeta: 0, refreshMs: 50_000 },
  orders: { transport: 'kafka' as const },
  behaviour: { send: 'on' as const, store: 'postgres' as const },
  counters: { watch: 'off' as const },
  intake: { through: 'none' as const },
  coupons: { holderRatio: 0 },
  rules: { active: 'off' as const },
  recommendations: { engine: 'none' as const },
};

export type AxisValue = {
  /** How an answer names it, after what was measured: "through Kafka"; null where there is nothing to say. */
  words: string | null;
  /** What a reader must know of the figures of a run with it; null where there is nothing. */
  note: string | null;
  /** What a run with it has that metrics may need; left out: nothing. */
  gives?: readonly Need[];
};

export type Axis = {
  /** Where a scenario has it, as `--set` takes it. */
  path: string;
  variable: keyof ShopEnvironment;
  values: Readonly<Record<string, AxisValue>>;
  /** What the figures of a comparison along it, or of a search over it, rest on. */
  comparedOn: { comparison: string; search: string } | null;
};

const IN_THE_REQUEST: AxisValue = {
  words: 'without a broker',
  note: 'Without Kafka an order is placed in the request and confirmed when PostgreSQL has committed (fsync); the broker runs idle.',
};

export const orderTransports = {
  path: 'orders.transport',
  variable: 'ORDERS_TRANSPORT',
  values: {
    kafka: {
      gives: ['broker'],
      words: 'through Kafka',
      note: 'Behind Kafka an order is accepted when the one broker has it (acks=all, which on one broker means its page cache) and confirmed when PostgreSQL has committed (fsync).',
    },
    direct: IN_THE_REQUEST,
    'direct-batched': IN_THE_REQUEST,
  } satisfies Record<(typeof ORDER_TRANSPORTS)[number], AxisValue>,
  comparedOn: {
    comparison:
      'Confirmed means committed to PostgreSQL with fsync on every side; Kafka’s 202 rests on one broker’s page cache.',
    search:
      'Confirmed means committed to PostgreSQL with fsync, whatever the transport; Kafka’s 202 rests on one broker’s page cache.',
  },
} satisfies Axis;

const intakes = {
  path: 'intake.through',
  variable: 'INTAKE',
  values: {
    topics: { words: null, note: null },
    none: { words: null, note: null },
  } satisfies Record<(typeof INTAKES)[number], AxisValue>,
  comparedOn: null,
} satisfies Axis;

const behaviourStores = {
  path: 'behaviour.store',
  variable: 'BEHAVIOUR_STORE',
  values: {
    postgres: { words: null, note: null },
    opensearch: {
      words: 'with the behaviour log and the search in OpenSearch',
      note: 'OpenSearch keeps the behaviour log and finds what is searched for, on this machine beside everything else. Either store has an action on disk (fsync) before it counts as stored.',
    },
  } satisfies Record<(typeof BEHAVIOUR_STORES)[number], AxisValue>,
  comparedOn: {
    comparison: 'Either store has an action on disk (fsync) before it counts as stored.',
    search: 'Either store has an action on disk (fsync) before it counts as stored.',
  },
} satisfies Axis;

const fromCache = (words: string, note: string | null = null): AxisValue => ({
  words,
  note,
  gives: ['cache'],
});

export const cachePolicies = {
  path: 'cache.policy',
  variable: 'CACHE_POLICY',
  values: {
    none: { words: null, note: null },
    worker: fromCache(
      'from the hot set',
      'The hot set is what the cache worker lays down beforehand; a read that it does not hold goes to the database and is not kept.',
    ),
    'read-through': fromCache('from a cache of what was read last'),
    'redis-lru': fromCache(
      'from a cache that Redis keeps within its memory',
      'Under redis-lru what is kept is bounded by Redis’s own maxmemory, not by cache.size.',
    ),
    ttl: fromCache('from a cache whose entries have an end'),
    'write-invalidate': fromCache('from a cache that writes keep true'),
  } satisfies Record<CachePolicy, AxisValue>,
  comparedOn: {
    comparison: 'A read counts as answered by the database unless the shop says that its cache answered it.',
    search: 'A read counts as answered by the database unless the shop says that its cache answered it.',
  },
} satisfies Axis;

export const recommendationEngines = {
  path: 'recommendations.engine',
  variable: 'RECOMMENDATIONS_ENGINE',
  values: {
    none: { words: null, note: null },
    periodic: {
      gives: ['recommendations'],
      words: 'with everybody’s lists worked out every 4 s',
      note: 'With the periodic engine an act waits for the next analysis, up to 4 s, then for the lists of all active people.',
    },
    incremental: {
      gives: ['recommendations'],
      words: 'with lists worked out by each act',
      note: 'With the incremental engine an act sets off the lists that it changes.',
    },
  } satisfies Record<RecommendationEngineName, AxisValue>,
  comparedOn: {
    comparison:
      'An act counts as shown with the first message on its person’s socket whose lists reflect it; both engines store the same six lists with the same statements.',
    search: 'An act counts as shown with the first message on its person’s socket whose lists reflect it.',
  },
} satisfies Axis;

const shopRules = {
  path: 'rules.active',
  variable: 'SHOP_RULES',
  values: {
    off: { words: null, note: null },
    on: {
      gives: ['rules'],
      words: 'with the fifteen rules at work',
      note: 'With the rules at work what people do brings them coupons and alerts, which are stored and pushed while others order.',
    },
  } satisfies Record<ShopRules, AxisValue>,
  comparedOn: null,
} satisfies Axis;

/** Numbers that go with a policy: nothing is said of their values. */
const number = (path: string, variable: keyof ShopEnvironment): Axis => ({
  path,
  variable,
  values: {},
  comparedOn: null,
});

export const axes: readonly Axis[] = [
  orderTransports,
  behaviourStores,
  intakes,
  cachePolicies,
  shopRules,
  recommendationEngines,
  number('cache.size', 'CACHE_SIZE'),
  number('cache.ttlMs', 'CACHE_TTL_MS'),
  number('cache.earlyRefreshBeta', 'CACHE_EARLY_REFRESH_BETA'),
  number('cache.refreshMs', 'CACHE_REFRESH_MS'),
];
