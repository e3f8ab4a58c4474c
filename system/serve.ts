// Puts a serving process together from its features and roles and takes it apart again. Which process that is and when it
// ends is decided in main.ts.
import { authenticationOf, buildApi } from './api.ts';
import type { Config } from './config.ts';
import { API_ROLE } from './contract/roles.ts';
import { FEATURES } from './features.ts';
import { createHealth } from './platform/diagnostics/health.ts';
import type { Log } from './platform/diagnostics/log.ts';
import { createMetrics } from './platform/diagnostics/metrics.ts';
import {
  type ApiShare,
  type ConfigOf,
  type Feature,
  type OpenedFeature,
  type ShopProcess,
  topicsOf,
} from './platform/features/feature.ts';
import { createAddressOf } from './platform/http/client-address.ts';
import { buildHttp, type HttpApp } from './platform/http/http.ts';
import { createKafka } from './platform/kafka/kafka.ts';
import { addTopicMetrics, createFailureReport } from './platform/kafka/topic-metrics.ts';
import { createTopicReading } from './platform/kafka/topic-reading.ts';
import { addPoolMetrics } from './platform/postgres/pool-metrics.ts';
import { addDatabaseCheck, createDatabase } from './platform/postgres/postgres.ts';
import { addRedisCheck, createRedis, type Redis } from './platform/redis/redis.ts';
import { createClock } from './platform/settings/clock.ts';
import type { PlatformConfig } from './platform/settings/config.ts';
import { createSocketsEnd } from './platform/sockets/push.ts';
import { createSockets, type Sockets } from './platform/sockets/sockets.ts';

const CLOSE_IDLE_EVERY_MS = 50;

export type ServingProcess = {
  /** Where it listens, e.g. http://127.0.0.1:3000. */
  url: string;
  /** Stops accepting, finishes what is under way and closes everything. */
  close(): Promise<void>;
};

/** Starts the roles of the configuration; resolves when the process answers HTTP. */
export function serve(config: Config, log: Log): Promise<ServingProcess> {
  return serveFeatures(config, log, FEATURES);
}

/** As `serve`, of a shop with these features. */
export async function serveFeatures<const Features extends readonly Feature[]>(
  settings: ConfigOf<Features>,
  log: Log,
  features: Features,
): Promise<ServingProcess> {
  const config: PlatformConfig = settings;
  await using opened: Closings = new AsyncDisposableStack();
  const base = createBase(config, log, opened);
  watchTopics(base, features, opened);
  const open = features.map((feature: Feature): OpenedFeature => {
    const instruments = feature.metrics?.(base.metrics.registry);
    return feature.open?.(base, instruments) ?? {};
  });
  // Without Redis nobody is signed in and nothing can be pushed: better not to start than to start half.
  await base.channels.ping();
  const app = config.roles.includes(API_ROLE)
    ? await startApi(base, open, opened)
    : await startHttpAlone(base, opened);
  for (const role of config.roles.filter((one) => one !== API_ROLE)) {
    const [start] = open.flatMap((feature) => feature.roles?.[role] ?? []);
    if (start === undefined)
      throw new Error(
        `Role ${role} is named by a feature that does not start it; needed in what its open gives.`,
      );
    const running = start();
    opened.defer(() => running.close());
  }
  const url = await app.listen({ host: config.host, port: config.port });
  log.info({ url, roles: config.roles }, 'the shop is open');
  const closings = opened.move();
  return { url, close: () => closings.disposeAsync() };
}

/** What was opened; closed in reverse order, and one that fails does not keep the others open. */
type Closings = AsyncDisposableStack;

/** What every role shares. */
function createBase(config: PlatformConfig, log: Log, closings: Closings): ShopProcess {
  const clock = createClock(config);
  const health = createHealth();
  const metrics = createMetrics();
  closings.defer(async () => metrics.close());
  const database = createDatabase({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    applicationName: `shop:${config.roles.join('+')}`,
    log,
  });
  closings.defer(() => database.end());
  addDatabaseCheck(health, database);
  addPoolMetrics(metrics.registry, database);
  const channels = createRedis({ url: config.redisUrl, keyPrefix: '', log });
  closings.defer(() => quit(channels));
  addRedisCheck(health, channels);
  const kafka = createKafka({ brokers: config.kafkaBrokers, clientId: 'shop', log });
  return { config, log, clock, health, metrics, database, channels, kafka };
}

/** The operator sees the topics in every process that may speak to Kafka. */
function watchTopics(base: ShopProcess, features: readonly Feature[], closings: Closings): void {
  const { config, log, clock, metrics, kafka } = base;
  const onFailure = createFailureReport(log, clock.monotonicMs);
  if (config.kafkaBrokers.addresses.length === 0) {
    addTopicMetrics(metrics.registry, null, onFailure);
    return;
  }
  const topics = createTopicReading({ kafka, topics: topicsOf(features), prefix: config.kafkaPrefix });
  closings.defer(() => topics.close());
  addTopicMetrics(metrics.registry, topics.read, onFailure);
}

async function startHttpAlone(base: ShopProcess, closings: Closings): Promise<HttpApp> {
  const app = await buildHttp(base);
  closings.defer(() => closeHttp(app));
  return app;
}

async function startApi(
  base: ShopProcess,
  features: readonly OpenedFeature[],
  closings: Closings,
): Promise<HttpApp> {
  const { config, log, channels } = base;
  for (const feature of features) await feature.beforeApi?.();
  const redis = createRedis({ url: config.redisUrl, keyPrefix: config.redisKeyPrefix, log });
  const subscriber = createRedis({ url: config.redisUrl, keyPrefix: '', isForSubscriptions: true, log });
  closings.defer(() => quit(redis));
  // Its commands wait without end, QUIT among them.
  closings.defer(async () => subscriber.disconnect());
  // A subscription that meets a connection still being set up is lost.
  await subscriber.ping();
  const closeSockets = createSocketsEnd({
    redis: channels,
    keyPrefix: config.redisKeyPrefix,
    onFailure: (error) =>
      log.warn({ err: error }, 'the sockets of an ended session close at their next check'),
  });
  const shares = features.flatMap((feature) => feature.api?.({ redis, closeSockets }) ?? []);
  for (const start of shares.flatMap((share) => share.jobs ?? [])) {
    const running = start();
    closings.defer(() => running.close());
  }
  const app = await buildApi({ ...base, redis }, shares);
  const sockets = createSockets({
    server: app.server,
    publisher: channels,
    subscriber,
    keyPrefix: config.redisKeyPrefix,
    readSession: authenticationOf(shares).readSession,
    readVisitor: visitorsOf(shares),
    addressOf: createAddressOf(config.trustedProxies),
    log,
  });
  for (const { event, answer } of shares.flatMap((share) => share.answers ?? []))
    sockets.answer(event, answer);
  for (const greeting of shares.flatMap((share) => share.greetings ?? [])) sockets.greet(greeting);
  for (const follower of shares.flatMap((share) => share.followers ?? [])) sockets.follow(follower);
  closings.defer(() => closeApi(app, sockets, shares));
  return app;
}

/** Who guests are; where no feature can tell, they get no sockets. */
function visitorsOf(shares: readonly ApiShare[]): NonNullable<ApiShare['readVisitor']> {
  const [readVisitor] = shares.flatMap((share) => share.readVisitor ?? []);
  return readVisitor ?? (async () => null);
}

/** The server waits for its sockets, and these for the requests under way that push to them. */
async function closeApi(app: HttpApp, sockets: Sockets, shares: readonly ApiShare[]): Promise<void> {
  const closed = closeHttp(app);
  // Told below, also when a feature fails first.
  closed.catch(() => undefined);
  try {
    await using draining = new AsyncDisposableStack();
    for (const { drain } of shares) if (drain) draining.defer(drain);
  } finally {
    sockets.close();
    await closed;
  }
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
