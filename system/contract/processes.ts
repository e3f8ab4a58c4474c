// How the shop's programs are started and what they answer to their operator. All settings are environment variables;
// `node system/main.ts --help` lists them.
//
//   node system/main.ts migrate            bring the database DATABASE_URL to the newest schema
//   node system/main.ts topics             create the topics (and their dead-letter topics) that do not exist yet
//   node system/main.ts dead-letters …     list, retry or drop the messages that could not be handled; see its --help
//   node system/main.ts serve              run the roles named in SHOP_ROLES until SIGTERM
//
// Every serving process answers on HOST:PORT: GET /health/live (200 while it runs), GET /health/ready (200 when all of
// its roles can work: connections open, consumers hold their partitions; else 503 with the reasons) and GET /metrics
// (Prometheus text). These three are for this machine and private networks; whoever comes from elsewhere or through a
// balancer (X-Forwarded-For) gets a 404. The `api` role adds the shop's routes and sockets on the same port, OpenAPI at /docs.

/**
 * How an order reaches its decision: in its request (`direct`), in batches gathered in the process (`direct-batched`) or
 * through the broker (`kafka`). The first two answer 201 with the decided order, the last 202.
 */
export const ORDER_TRANSPORTS = ['direct', 'direct-batched', 'kafka'] as const;
export type OrderTransport = (typeof ORDER_TRANSPORTS)[number];

/** Whether products and people come into the shop from outside: through their topics, or not at all. */
export const INTAKES = ['topics', 'none'] as const;
export type Intake = (typeof INTAKES)[number];

/**
 * How actions of the behaviour log reach its store: gathered in the process that took them in (`direct`) or through the broker
 * (`kafka`), where they are safe before they are answered.
 */
export const BEHAVIOUR_TRANSPORTS = ['direct', 'kafka'] as const;
export type BehaviourTransport = (typeof BEHAVIOUR_TRANSPORTS)[number];

/** What keeps the behaviour log. */
export const BEHAVIOUR_STORES = ['postgres', 'opensearch'] as const;
export type BehaviourStoreName = (typeof BEHAVIOUR_STORES)[number];

/** What answers a search for products. */
export const SEARCH_STORES = ['postgres', 'opensearch'] as const;
export type SearchStore = (typeof SEARCH_STORES)[number];

/** How a client signs in at Kafka. */
export const KAFKA_SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type KafkaSaslMechanism = (typeof KAFKA_SASL_MECHANISMS)[number];

/** Environment of a serving process. */
export type ShopEnvironment = {
  /** `postgres://…`; `?sslmode=verify-full` (with `&sslrootcert=FILE`) for TLS, as libpq writes it. */
  DATABASE_URL: string;
  /** `redis://…`, or `rediss://…` for TLS. A private authority is made known to Node by NODE_EXTRA_CA_CERTS. */
  REDIS_URL: string;
  /** Comma-separated host:port list. */
  KAFKA_BROKERS: string;
  /** One of KAFKA_SASL_MECHANISMS; default empty: nobody signs in. The other two belong to it. */
  KAFKA_SASL_MECHANISM: string;
  KAFKA_SASL_USERNAME: string;
  KAFKA_SASL_PASSWORD: string;
  /** `true` or `false`; default false. */
  KAFKA_TLS: string;
  /** PEM file of the authority that signed the brokers' certificates; default empty: those that Node knows. */
  KAFKA_TLS_CA_FILE: string;
  /** Comma-separated, of the table in roles.ts; default all. */
  SHOP_ROLES: string;
  HOST: string;
  PORT: string;
  /** One of ORDER_TRANSPORTS; default kafka. */
  ORDERS_TRANSPORT: string;
  /** One of CACHE_POLICIES (contract/cache.ts); default none. */
  CACHE_POLICY: string;
  /** Products in the hot set; entries of each kind under read-through and write-invalidate. Default 1000. */
  CACHE_SIZE: string;
  /** Milliseconds that an entry may be used under ttl and write-invalidate. Default 50000. */
  CACHE_TTL_MS: string;
  /** β of the early refresh (XFetch) under ttl and write-invalidate, 0–10; default 0: none. */
  CACHE_EARLY_REFRESH_BETA: string;
  /** Milliseconds that a look-up waits for Redis before the database is asked. Default 50. */
  CACHE_WAIT_MS: string;
  /** Milliseconds between two refreshes of the hot set by role cache-worker. Default 50000. */
  CACHE_REFRESH_MS: string;
  /** Customers in the hot set. Default 1000. */
  HOT_SET_CUSTOMERS: string;
  /** Milliseconds between two updates of all grades by role grade-updater. Default 600000. */
  GRADES_INTERVAL_MS: string;
  /** Prefix of every Redis key and channel; ends in `:`. Default `shop:`. */
  REDIS_KEY_PREFIX: string;
  /** Prefix of every topic and consumer group. Default empty. */
  KAFKA_PREFIX: string;
  /** Connections each process may open to PostgreSQL. Default 10. */
  DATABASE_POOL_SIZE: string;
  /** Largest batch given to one `placeOrders`. Default 200. */
  ORDERS_BATCH_MAX: string;
  /** One of INTAKES; default topics. */
  INTAKE: string;
  /** Most products, and most people, of their topics stored in one transaction. Default 200. */
  INTAKE_BATCH_MAX: string;
  /** One of BEHAVIOUR_STORES; default postgres. */
  BEHAVIOUR_STORE: string;
  /** One of SEARCH_STORES; default empty: as BEHAVIOUR_STORE. */
  SEARCH_STORE: string;
  /** `http://…` or `https://…`, with name and password where it wants them; needed where BEHAVIOUR_STORE or SEARCH_STORE is opensearch. */
  OPENSEARCH_URL: string;
  /** Prefix of every index; small letters. Default empty. */
  OPENSEARCH_PREFIX: string;
  /** One of BEHAVIOUR_TRANSPORTS; default empty: kafka where orders go by kafka, else direct. */
  BEHAVIOUR_TRANSPORT: string;
  /** Largest number of actions in one statement. Default 1000, of OpenSearch 5000. */
  BEHAVIOUR_BATCH_MAX: string;
  /** Milliseconds that actions gather before they go on together, 0–1000; default empty: 5 with a recommendations engine, else 200. */
  BEHAVIOUR_GATHER_MS: string;
  /** Actions a second that one customer may send to one process, 0 = unlimited; four seconds' worth at once. Default 50. */
  BEHAVIOUR_RATE_PER_SECOND: string;
  /** Days after which actions leave the log. Default 400. */
  BEHAVIOUR_RETENTION_DAYS: string;
  /** One of RECOMMENDATION_ENGINES (contract/recommendations.ts); default none. Another needs BEHAVIOUR_TRANSPORT kafka. */
  RECOMMENDATIONS_ENGINE: string;
  /** Hours that lists stay stored which newer ones have replaced, and those of whoever does nothing. Default 24. */
  RECOMMENDATIONS_KEEP_HOURS: string;
  /** Milliseconds after which the people count no more of an instance of the API that says nothing. Default 15000. */
  COUNTERS_LEASE_MS: string;
  /** RFC 3339 instant that the shop's clock shows when SHOP_CLOCK_STARTED_AT_MS was; empty: the wall clock. */
  SHOP_CLOCK_START: string;
  /** Wall time (Unix ms) at which the shop's clock showed SHOP_CLOCK_START, so that all processes agree. */
  SHOP_CLOCK_STARTED_AT_MS: string;
  /**
   * `1`: serve the accounts of a data set, whose password and tokens are public, on an address that is not loopback. Without
   * it such a shop does not start there.
   */
  SHOP_ALLOW_SEEDED_ACCOUNTS: string;
  /** pino level; default info. Logs are JSON lines on standard output. */
  LOG_LEVEL: string;
  /** Requests a second that one client may make of all instances together, 0 = unlimited. Default 0. */
  RATE_LIMIT_PER_SECOND: string;
  /**
   * Balancers in front of the shop, comma-separated addresses or networks; default none. Where a connection comes from one of
   * them, X-Forwarded-For says who the client is; it must be set by the balancer, not passed on. Everybody else's is ignored.
   */
  TRUSTED_PROXIES: string;
  /**
   * Milliseconds that every batch of orders waits for its payments, to test whether a measurement notices. Default 0; any
   * other value is refused unless SHOP_TESTING is `1`, and always where NODE_ENV is `production`.
   */
  PLANTED_ORDER_DELAY_MS: string;
  /** `1`: no outcome is pushed to anybody; refused like PLANTED_ORDER_DELAY_MS. Default `0`. */
  PLANTED_PUSH_LOSS: string;
  /** `1` where something may be planted in the shop on purpose. */
  SHOP_TESTING: string;
};
