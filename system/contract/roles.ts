// The roles of the shop beside its API, as a table: the features that have them, whoever plans the processes of a shop, and
// compose go by it. A new role is its entry here, what it does in its feature, and its service in docker-compose.yml.
import type { ShopEnvironment } from './processes.ts';

export type Role = {
  /** As SHOP_ROLES takes it. */
  name: string;
  /** Whether a shop that is told this has work for it; a variable that is left out has its default. */
  runsWhen(environment: Partial<ShopEnvironment>): boolean;
  /** How many processes a shop on one machine runs of it. */
  processCount: number;
  /** Share of all database connections of a shop that its processes get together; the API has what is left. */
  databaseRatio: number;
};

export const ROLES = {
  ordersConsumer: {
    name: 'orders-consumer',
    runsWhen: ({ ORDERS_TRANSPORT = 'kafka' }) => ORDERS_TRANSPORT === 'kafka',
    processCount: 1,
    databaseRatio: 0.25,
  },
  productsConsumer: {
    name: 'products-consumer',
    runsWhen: ({ INTAKE = 'topics' }) => INTAKE === 'topics',
    processCount: 1,
    databaseRatio: 0.06,
  },
  usersConsumer: {
    name: 'users-consumer',
    runsWhen: ({ INTAKE = 'topics' }) => INTAKE === 'topics',
    processCount: 1,
    databaseRatio: 0.06,
  },
  behaviourConsumer: {
    name: 'behaviour-consumer',
    // Only where it is asked for: where nobody tells what they do, there is nothing to consume.
    runsWhen: ({ BEHAVIOUR_TRANSPORT }) => BEHAVIOUR_TRANSPORT === 'kafka',
    processCount: 1,
    databaseRatio: 0.1,
  },
  recommender: {
    name: 'recommender',
    runsWhen: ({ RECOMMENDATIONS_ENGINE = 'none' }) => RECOMMENDATIONS_ENGINE !== 'none',
    // What everybody does bears on everybody's lists, so one process has to know of all of it.
    processCount: 1,
    databaseRatio: 0.1,
  },
  rulesEngine: {
    name: 'rules-engine',
    runsWhen: ({ SHOP_RULES = 'off' }) => SHOP_RULES === 'on',
    processCount: 1,
    databaseRatio: 0.08,
  },
  cacheWorker: {
    name: 'cache-worker',
    runsWhen: ({ CACHE_POLICY = 'none' }) => CACHE_POLICY === 'worker',
    processCount: 1,
    databaseRatio: 0.1,
  },
  gradeUpdater: {
    name: 'grade-updater',
    // Only where an interval is asked for: most runs are shorter than the usual one.
    runsWhen: ({ GRADES_INTERVAL_MS }) => GRADES_INTERVAL_MS !== undefined,
    processCount: 1,
    databaseRatio: 0.05,
  },
} as const satisfies Record<string, Role>;

/** Every role of the table. */
export const ALL_ROLES: readonly Role[] = Object.values(ROLES);

/** The role of a process that serves the routes and sockets of all features. Whatever a shop is told, it has one. */
export const API_ROLE = 'api';

export type ShopRole = typeof API_ROLE | (typeof ROLES)[keyof typeof ROLES]['name'];
