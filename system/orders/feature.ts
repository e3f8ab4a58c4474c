// What orders add to the shop: their ways to the decision, the consumer's role, their topic, and what shoppers are told.
import { createProductsChanged } from '../cache/invalidation.ts';
import type { CacheConfig } from '../cache/settings.ts';
import { ORDER_TRANSPORTS, type OrderTransport } from '../contract/processes.ts';
import { ROLES } from '../contract/roles.ts';
import { TOPICS } from '../contract/topics.ts';
import { createCountCoupons } from '../counters/count-coupons.ts';
import { countPeopleOf } from '../counters/count-people.ts';
import { type PaymentsConfig, paymentsOf } from '../payments/feature.ts';
import type { Feature, ShopProcess } from '../platform/features/feature.ts';
import { createWaiting } from '../platform/postgres/waiting.ts';
import {
  type Environment,
  integer,
  oneOf,
  type Parsed,
  planted,
  type ShopSettings,
} from '../platform/settings/settings.ts';
import { createPush } from '../platform/sockets/push.ts';
import { createCancelOrder } from './cancel-order.ts';
import { registerOrderRoutes } from './http/routes.ts';
import { createOrderMetrics, type OrderMetrics } from './metrics.ts';
import { createPlaceOrders, type PlacedOrder } from './place-orders.ts';
import { createPushFailureReport, pushOutcomes, resumeOrders } from './push.ts';
import { createOrderBodies } from './transports/order-bodies.ts';
import { createOrdersConsumer } from './transports/orders-consumer.ts';
import { createTransport } from './transports/transports.ts';

const CONSUMER = ROLES.ordersConsumer.name;

export type OrdersConfig = Readonly<{
  ordersTransport: OrderTransport;
  ordersBatchMax: number;
  plantedPushLoss: boolean;
}>;

function plantedLoss(text: string, environment: Environment): Parsed<boolean> {
  const parsed = planted(text, environment, 1);
  return 'value' in parsed ? { value: parsed.value === 1 } : parsed;
}

const settings: ShopSettings<OrdersConfig> = {
  ordersTransport: {
    variable: 'ORDERS_TRANSPORT',
    fallback: 'kafka',
    meaning: `how orders reach the database: ${ORDER_TRANSPORTS.join(', ')}`,
    parse: oneOf(ORDER_TRANSPORTS),
  },
  ordersBatchMax: {
    variable: 'ORDERS_BATCH_MAX',
    fallback: '200',
    meaning: 'largest batch of orders in one transaction',
    parse: integer(1, 10_000),
  },
  plantedPushLoss: {
    variable: 'PLANTED_PUSH_LOSS',
    fallback: '0',
    meaning: 'tests only: 1 = no outcome is pushed to anybody; refused without SHOP_TESTING=1',
    parse: plantedLoss,
  },
};

type OrdersProcess = ShopProcess<OrdersConfig & PaymentsConfig & CacheConfig>;

/** What the API and the consumer share. */
function createParts(process: OrdersProcess, metrics: OrderMetrics) {
  const { config, log, clock, database, channels, kafka } = process;
  const push = createPush({
    redis: channels,
    keyPrefix: config.redisKeyPrefix,
    onFailure: createPushFailureReport({ metrics, clock, log }),
  });
  if (config.plantedPushLoss) log.warn('outcomes are not pushed, on purpose');
  const productsChanged = createProductsChanged({ redis: channels, config, log });
  const countPeople = countPeopleOf(process);
  const countCoupons = createCountCoupons({ database, countPeople, log });
  const announce = (placed: readonly PlacedOrder[]) => {
    const sold = soldOrders(placed);
    productsChanged(sold.flatMap(({ productIds }) => productIds));
    countPeople.bought(sold);
    countCoupons.used(sold.flatMap(({ coupons }) => coupons));
    if (!config.plantedPushLoss) pushOutcomes(push, placed);
  };
  const authorisePayments = paymentsOf(config, log);
  return {
    placeOrders: createPlaceOrders({ database, clock, authorisePayments, metrics }),
    announce,
    productsChanged,
    countPeople,
    countCoupons,
    async settled() {
      await countCoupons.settled();
      await countPeople.settled();
    },
    waiting: createWaiting({ what: 'orders', metrics, clock, log }),
    kafka,
    prefix: config.kafkaPrefix,
    batchMax: config.ordersBatchMax,
    clock,
    metrics,
    log,
  };
}

/** Whose products have less stock, more orders, and one more person who bought them, some with a coupon. */
function soldOrders(placed: readonly PlacedOrder[]) {
  return placed.flatMap((one) =>
    one.kind !== 'conflict' && one.order.state === 'confirmed'
      ? {
          customerId: one.customerId,
          productIds: one.order.lines.map(({ productId }) => productId),
          isNew: one.stages !== null,
          coupons:
            one.order.couponId === null ? [] : [{ customerId: one.customerId, couponId: one.order.couponId }],
        }
      : [],
  );
}

export const ordersFeature = {
  name: 'orders',
  settings,
  topics: [TOPICS.orders],
  roles: [ROLES.ordersConsumer],
  needsKafka: ({ ORDERS_TRANSPORT = '' }, roles) =>
    roles.includes(CONSUMER) ||
    (roles.includes('api') && !['direct', 'direct-batched'].includes(ORDERS_TRANSPORT)),
  metrics: createOrderMetrics,
  open(process, metrics) {
    const { config, log, clock, health, database } = process;
    const parts = createParts(process, metrics);
    return {
      api({ redis }) {
        const bodies = createOrderBodies({ redis, log });
        const transport = createTransport(config.ordersTransport, { ...parts, bodies });
        health.add('orders-publisher', transport.check);
        log.info({ ordersTransport: config.ordersTransport }, 'orders are taken in');
        const { submitOrder } = transport;
        const cancelOrder = createCancelOrder({
          database,
          clock,
          productsChanged(productIds) {
            parts.productsChanged(productIds);
            parts.countPeople.cancelled(productIds);
          },
          couponGivenBack(couponId) {
            metrics.coupon('given-back');
            parts.countCoupons.givenBack(couponId);
          },
        });
        return {
          routes: (app, authenticate) =>
            registerOrderRoutes(app, { database, clock, authenticate, submitOrder, cancelOrder }),
          answers: [
            { event: 'orders:resume', answer: (customer, ids) => resumeOrders(database, customer, ids) },
          ],
          async drain() {
            await transport.close();
            await parts.settled();
          },
        };
      },
      roles: {
        [CONSUMER]() {
          const consumer = createOrdersConsumer(parts);
          health.add(CONSUMER, async () => consumer.check());
          consumer.start();
          return {
            async close() {
              await consumer.close();
              await parts.settled();
            },
          };
        },
      },
    };
  },
} satisfies Feature<ShopSettings<OrdersConfig>, OrderMetrics, PaymentsConfig & CacheConfig>;
