// The list of features against what the contract publishes of the shop.
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { describeSettings, rolesOf } from './config.ts';
import { ALL_ROLES } from './contract/roles.ts';
import { ALL_TOPICS, groupsOf } from './contract/topics.ts';
import { FEATURES } from './features.ts';
import { type Feature, topicsOf } from './platform/features/feature.ts';

const features: readonly Feature[] = FEATURES;

test('every role of the table belongs to one feature', () => {
  const roles = features.flatMap((feature) => feature.roles ?? []);
  expect(roles).toHaveLength(ALL_ROLES.length);
  expect(new Set(roles)).toEqual(new Set(ALL_ROLES));
  expect(rolesOf(FEATURES)).toEqual(['api', ...roles.map(({ name }) => name)]);
});

test('every topic of the table belongs to one feature, which has the role that consumes it', () => {
  expect(topicsOf(FEATURES)).toEqual(ALL_TOPICS);
  for (const { roles = [], topics = [] } of features)
    for (const { consumedBy } of topics) expect(roles.map(({ name }) => name)).toContain(consumedBy);
  const roles = ALL_ROLES.map(({ name }) => name);
  for (const { consumedBy } of ALL_TOPICS.flatMap(groupsOf)) expect(roles).toContain(consumedBy);
});

test('names of features are not given twice, nor those of their metrics', () => {
  const names = features.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  // A registry refuses the second metric of a name.
  const registry = new Registry();
  for (const feature of features) feature.metrics?.(registry);
  expect(registry.getMetricsAsArray().map(({ name }) => name)).toEqual([
    'shop_cache_reads_total',
    'shop_cache_loads_total',
    'shop_cache_evictions_total',
    'shop_cache_early_refreshes_total',
    'shop_cache_failures_total',
    'shop_cache_read_seconds',
    'shop_cache_load_seconds',
    'shop_searches_total',
    'shop_search_seconds',
    'shop_orders_accepted_total',
    'shop_orders_resolved_total',
    'shop_orders_coupons_total',
    'shop_orders_conflicts_total',
    'shop_orders_dead_letters_total',
    'shop_orders_push_failures_total',
    'shop_orders_waits_total',
    'shop_orders_waiting',
    'shop_orders_batch_size',
    'shop_orders_transaction_seconds',
    'shop_coupons_quotes_total',
    'shop_coupons_issued_total',
    'shop_intake_stored_total',
    'shop_intake_repeated_total',
    'shop_intake_dead_letters_total',
    'shop_intake_waits_total',
    'shop_intake_waiting',
    'shop_intake_batch_size',
    'shop_intake_transaction_seconds',
    'shop_behaviour_accepted_total',
    'shop_behaviour_refused_total',
    'shop_behaviour_stored_total',
    'shop_behaviour_dead_letters_total',
    'shop_behaviour_waits_total',
    'shop_behaviour_waiting',
    'shop_behaviour_store_seconds',
    'shop_recommendations_actions_total',
    'shop_recommendations_lists_total',
    'shop_recommendations_pushes_total',
    'shop_recommendations_push_failures_total',
    'shop_recommendations_unreadable_total',
    'shop_recommendations_waits_total',
    'shop_recommendations_waiting',
    'shop_recommendations_make_seconds',
    'shop_recommendations_lag_seconds',
    'shop_recommendations_active_users',
    'shop_counters_messages_total',
    'shop_counters_reads_total',
    'shop_counters_swept_total',
    'shop_counters_refused_total',
    'shop_counters_failures_total',
    'shop_counters_watching_sockets',
    'shop_counters_lag_seconds',
    'shop_hot_set_refreshes_total',
    'shop_hot_set_refresh_seconds',
    'shop_hot_set_entries',
    'shop_hot_set_leader',
    'shop_hot_set_age_seconds',
    'shop_hot_set_next_refresh_seconds',
    'shop_grades_updates_total',
    'shop_grades_changes_total',
    'shop_grades_update_seconds',
  ]);
});

test('the help names the settings of the platform and of every feature', () => {
  const variables = describeSettings()
    .split('\n')
    .map((line) => line.trim().split(' ')[0]);
  expect(variables).toEqual([
    'DATABASE_URL',
    'DATABASE_POOL_SIZE',
    'REDIS_URL',
    'REDIS_KEY_PREFIX',
    'KAFKA_BROKERS',
    'KAFKA_SASL_MECHANISM',
    'KAFKA_SASL_USERNAME',
    'KAFKA_SASL_PASSWORD',
    'KAFKA_TLS',
    'KAFKA_TLS_CA_FILE',
    'KAFKA_PREFIX',
    'SHOP_ROLES',
    'HOST',
    'PORT',
    'SHOP_CLOCK_START',
    'SHOP_CLOCK_STARTED_AT_MS',
    'LOG_LEVEL',
    'RATE_LIMIT_PER_SECOND',
    'TRUSTED_PROXIES',
    'CACHE_POLICY',
    'CACHE_SIZE',
    'CACHE_TTL_MS',
    'CACHE_EARLY_REFRESH_BETA',
    'CACHE_WAIT_MS',
    'CACHE_REFRESH_MS',
    'HOT_SET_CUSTOMERS',
    'SEARCH_STORE',
    'SHOP_ALLOW_SEEDED_ACCOUNTS',
    'ORDERS_TRANSPORT',
    'ORDERS_BATCH_MAX',
    'PLANTED_PUSH_LOSS',
    'INTAKE',
    'INTAKE_BATCH_MAX',
    'PLANTED_ORDER_DELAY_MS',
    'SHOP_TESTING',
    'BEHAVIOUR_STORE',
    'OPENSEARCH_URL',
    'OPENSEARCH_PREFIX',
    'BEHAVIOUR_TRANSPORT',
    'BEHAVIOUR_BATCH_MAX',
    'BEHAVIOUR_GATHER_MS',
    'BEHAVIOUR_RATE_PER_SECOND',
    'BEHAVIOUR_RETENTION_DAYS',
    'RECOMMENDATIONS_ENGINE',
    'RECOMMENDATIONS_KEEP_HOURS',
    'COUNTERS_LEASE_MS',
    'GRADES_INTERVAL_MS',
  ]);
});
