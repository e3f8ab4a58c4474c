// Puts a serving process together from its roles and takes it apart again. Which process that is and when it ends is
// decided in main.ts.
import { buildApi } from './api.ts';
import { createAuthenticate } from './customers/authentication.ts';
import { createEndedSessions } from './customers/ended-sessions.ts';
import { refuseSeededAccounts } from './customers/seeded-accounts.ts';
import { createSessions } from './customers/sessions.ts';
import { startSessionSweep } from './customers/sweep-sessions.ts';
import { createCancelOrder } from './orders/cancel-order.ts';
import { registerOrderRoutes } from './orders/http/routes.ts';
import { createOrderMetrics } from './orders/metrics.ts';
import { createPlaceOrders, type PlacedOrder } from './orders/place-orders.ts';
import { createPushFailureReport, pushOutcomes, resumeOrders } from './orders/push.ts';
import { createOrderBodies } from './orders/transports/order-bodies.ts';
import { createOrdersConsumer } from './orders/transports/orders-consumer.ts';
import type { Transport } from './orders/transports/submit-order.ts';
import { createTransport } from './orders/transports/transports.ts';
import { createOrdersWaiting } from './orders/waiting.ts';
import { approveAfter, approveAtOnce } from './payments/authorise.ts';
import { createHealth } from './platform/diagnostics/health.ts';
import type { Log } from './platform/diagnostics/log.ts';
import { createMetrics } from './platform/diagnostics/metrics.ts';
import { buildHttp, type HttpApp } from './platform/http/http.ts';
import { createKafka } from './platform/kafka/kafka.ts';
import { addDatabaseCheck, createDatabase } from './platform/postgres/postgres.ts';
import { addRedisCheck, createRedis, type Redis } from './platform/redis/redis.ts';
import { createClock } from './platform/settings/clock.ts';
import type { Config } from './platform/settings/config.ts';
import { createPush, createSockets, createSocketsEnd } from './platform/sockets/sockets.ts';
import { registerStorefront } from './storefront/routes.ts';

const CLOSE_IDLE_EVERY_MS = 50;

export type ServingProcess = {
  /** Where it listens, e.g. http://127.0.0.1:3000. */
  url: string;
  /** Stops accepting, finishes what is under way and closes everything. */
  close(): Promise<void>;
};

/** Starts the roles of the configuration; resolves when the process answers HTTP. */
export async function serve(config: Config, log: Log): Promise<ServingProcess> {
  await using opened: Closings = new AsyncDisposableStack();
  const base = createBase(config, log, opened);
  // Without Redis nobody is signed in and nothing can be pushed: better not to start than to start half.
  await base.channels.ping();
  if (config.roles.includes('api')) await refuseSeededAccounts(config, base.database);
  const app = config.roles.includes('api') ? await startApi(base) : await startHttpAlone(base);
  if (config.roles.includes('orders-consumer')) startOrdersConsumer(base);
  const url = await app.listen({ host: config.host, port: config.port });
  log.info({ url, roles: config.roles, ordersTransport: config.ordersTransport }, 'the shop is open');
  const closings = opened.move();
  return { url, close: () => closings.disposeAsync() };
}

/** What was opened; closed in reverse order, and one that fails does not keep the others open. */
type Closings = AsyncDisposableStack;

type Base = ReturnType<typeof createBase>;

/** What every role shares. */
function createBase(config: Config, log: Log, closings: Closings) {
  const clock = createClock(config);
  const health = createHealth();
  const metrics = createMetrics();
  closings.defer(async () => metrics.close());
  const orderMetrics = createOrderMetrics(metrics.registry);
  const database = createDatabase({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    applicationName: `shop:${config.roles.join('+')}`,
    log,
  });
  closings.defer(() => database.end());
  addDatabaseCheck(health, database);
  // Channels carry their prefix in their names.
  const channels = createRedis({ url: config.redisUrl, keyPrefix: '', log });
  closings.defer(() => quit(channels));
  addRedisCheck(health, channels);
  const kafka = createKafka({ brokers: config.kafkaBrokers, clientId: 'shop', log });
  const { plantedOrderDelayMs, plantedPushLoss } = config;
  if (plantedOrderDelayMs > 0) log.warn({ plantedOrderDelayMs }, 'payments are slowed down on purpose');
  const authorisePayments = plantedOrderDelayMs > 0 ? approveAfter(plantedOrderDelayMs) : approveAtOnce;
  const placing = { database, clock, authorisePayments, metrics: orderMetrics };
  const waiting = createOrdersWaiting({ metrics: orderMetrics, clock, log });
  const push = createPush({
    redis: channels,
    keyPrefix: config.redisKeyPrefix,
    onFailure: createPushFailureReport({ metrics: orderMetrics, clock, log }),
  });
  if (plantedPushLoss) log.warn('outcomes are not pushed, on purpose');
  const announce = (placed: readonly PlacedOrder[]) => {
    if (!plantedPushLoss) pushOutcomes(push, placed);
  };
  const shared = {
    config,
    log,
    clock,
    health,
    metrics,
    orderMetrics,
    waiting,
    database,
    channels,
    kafka,
    closings,
  };
  return { ...shared, placeOrders: createPlaceOrders(placing), announce };
}

async function startHttpAlone(base: Base): Promise<HttpApp> {
  const app = await buildHttp(base);
  base.closings.defer(() => closeHttp(app));
  return app;
}

async function startApi(base: Base): Promise<HttpApp> {
  const { config, log, closings, channels, database, clock } = base;
  const redis = createRedis({ url: config.redisUrl, keyPrefix: config.redisKeyPrefix, log });
  const subscriber = createRedis({ url: config.redisUrl, keyPrefix: '', log });
  closings.defer(() => quit(redis));
  closings.defer(() => quit(subscriber));
  // A subscription that meets a connection still being set up is lost.
  await subscriber.ping();
  const closeSockets = createSocketsEnd({
    redis: channels,
    keyPrefix: config.redisKeyPrefix,
    onFailure: (error) =>
      log.warn({ err: error }, 'the sockets of an ended session close at their next check'),
  });
  const onEnd = createEndedSessions({ registry: base.metrics.registry, closeSockets, log });
  const sessions = createSessions({ redis, database, clock, onEnd });
  closings.defer(startSessionSweep({ database, clock, log }).close);
  const transport = startTransport(base, redis);
  const cancelOrder = createCancelOrder({ database, clock });
  const authenticate = createAuthenticate(sessions);
  const app = await buildApi({
    ...base,
    redis,
    sessions,
    async extend(server) {
      registerOrderRoutes(server, {
        database,
        clock,
        authenticate,
        submitOrder: transport.submitOrder,
        cancelOrder,
      });
      await registerStorefront(server);
    },
  });
  const sockets = createSockets({
    server: app.server,
    publisher: channels,
    subscriber,
    keyPrefix: config.redisKeyPrefix,
    readSession: sessions.read,
    log,
  });
  sockets.answer('orders:resume', (customerId, orderIds) => resumeOrders(database, customerId, orderIds));
  closings.defer(async () => {
    // The server waits for its sockets, and these for the requests under way that push to them.
    const closed = closeHttp(app);
    // Told below, also when the transport fails first.
    closed.catch(() => undefined);
    try {
      await transport.close();
    } finally {
      sockets.close();
      await closed;
    }
  });
  return app;
}

function startTransport(base: Base, redis: Redis): Transport {
  const { config, health, log, orderMetrics: metrics } = base;
  const transport = createTransport(config.ordersTransport, {
    ...base,
    metrics,
    bodies: createOrderBodies({ redis, log }),
    prefix: config.kafkaPrefix,
    batchMax: config.ordersBatchMax,
  });
  health.add('orders-publisher', transport.check);
  return transport;
}

function startOrdersConsumer(base: Base): void {
  const { config, health, closings, orderMetrics: metrics } = base;
  const consumer = createOrdersConsumer({
    ...base,
    metrics,
    prefix: config.kafkaPrefix,
    batchMax: config.ordersBatchMax,
  });
  health.add('orders-consumer', async () => consumer.check());
  consumer.start();
  closings.defer(consumer.close);
}

/** Stops listening and waits for the requests under way; their connections close as soon as they are idle. */
async function closeHttp(app: HttpApp): Promise<void> {
  const closeIdle = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
  await app.close().finally(() => clearInterval(closeIdle));
}

/** Lets the commands under way finish; a Redis that is away is simply left. */
async function quit(redis: Redis): Promise<void> {
  await redis.quit().catch(() => redis.disconnect());
}
