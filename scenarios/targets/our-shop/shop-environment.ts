// What the processes of a cell's shop are told by their environment.
import type { ShopEnvironment } from '../../../system/contract/processes.ts';
import { axisEnvironment } from '../../scenario/axis-values.ts';
import { behaviourEnvironment } from '../../scenario/behaviour.ts';
import type { Scenario } from '../../scenario/scenario.ts';

export type ShopSurroundings = {
  databaseUrl: string;
  redisUrl: string;
  kafkaBrokers: readonly string[];
  /** Prefix of this run's Redis keys, ending in `:`, and of its topics and groups. */
  redisKeyPrefix: string;
  kafkaPrefix: string;
  /** Where there is one; its indexes begin with the prefix. */
  opensearch: { url: string; prefix: string } | null;
  logFolder: string;
  /** True when the generator runs at a priority above normal already. */
  generatorHasPriority: boolean;
  /** The address of this machine under which others reach the API; null, or left out, where only this machine does. */
  reachableAt?: string | null;
};

/** What the scenario says of how the shop works, in the shop's own variables. */
export const toldOf = (scenario: Scenario): Partial<ShopEnvironment> => ({
  ...axisEnvironment(scenario),
  ...behaviourEnvironment(scenario),
});

/** The same for all processes of the shop. */
export function sharedEnvironment(
  scenario: Scenario,
  around: ShopSurroundings,
  startedAt: Date,
): Partial<ShopEnvironment> {
  return {
    DATABASE_URL: around.databaseUrl,
    REDIS_URL: around.redisUrl,
    KAFKA_BROKERS: around.kafkaBrokers.join(','),
    ...toldOf(scenario),
    REDIS_KEY_PREFIX: around.redisKeyPrefix,
    KAFKA_PREFIX: around.kafkaPrefix,
    // Said even when there is none: the variables of the caller's shell are not the cell's.
    OPENSEARCH_URL: around.opensearch?.url ?? '',
    OPENSEARCH_PREFIX: around.opensearch?.prefix ?? '',
    SEARCH_STORE: '',
    ORDERS_BATCH_MAX: String(scenario.shop.ordersBatchMax),
    SHOP_CLOCK_START: startedAt.toISOString(),
    SHOP_CLOCK_STARTED_AT_MS: String(Date.now()),
    LOG_LEVEL: 'warn',
    RATE_LIMIT_PER_SECOND: '0',
    TRUSTED_PROXIES: scenario.shop.balancer === 'nginx' ? '127.0.0.1' : '',
    // Said even when there is none: a variable of the caller's shell must not slow a rehearsal down unseen.
    PLANTED_ORDER_DELAY_MS: String(scenario.shop.plantedOrderDelayMs),
    PLANTED_PUSH_LOSS: '0',
    SHOP_TESTING: scenario.shop.plantedOrderDelayMs > 0 ? '1' : '',
  };
}

/** What the scenario plants in a process that comes back after a kill. */
export function plantedAfterKill({ shop }: Scenario): Partial<ShopEnvironment> {
  return shop.plantedPushLoss === 0 ? {} : { PLANTED_PUSH_LOSS: '1', SHOP_TESTING: '1' };
}
