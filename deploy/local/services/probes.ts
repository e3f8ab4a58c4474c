// Asks running services a real question: who are you, and how are you set? The answers go into the run's manifest.
import { Redis } from 'ioredis';
import kafkajs, { type Admin } from 'kafkajs';
import pg from 'pg';
import { unreachable } from './judging/judge-kafka.ts';
import type { KafkaAccess } from './judging/kafka-access.ts';
import { ServiceProblem } from './judging/service-problem.ts';
import type { ServiceFacts } from './stack-service.ts';

// A CommonJS package: Node finds only some of its names by itself.
const { ConfigResourceTypes, Kafka, logLevel } = kafkajs;

const CONNECT_MS = 2_000;

const POSTGRES_SETTINGS = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'max_connections',
  'max_wal_size',
  'checkpoint_timeout',
  'wal_level',
  'jit',
  'random_page_cost',
  'shared_preload_libraries',
];
const REDIS_SETTINGS = ['maxmemory', 'maxmemory-policy', 'appendonly', 'save', 'io-threads'];
const KAFKA_SETTINGS = [
  'num.partitions',
  'default.replication.factor',
  'min.insync.replicas',
  'offsets.topic.replication.factor',
  'auto.create.topics.enable',
  'group.initial.rebalance.delay.ms',
  'group.coordinator.append.linger.ms',
  'log.retention.hours',
  'log.flush.interval.messages',
];

/** Version and settings of the PostgreSQL at a URL. Throws when it does not answer. */
export async function probePostgres(url: string): Promise<ServiceFacts> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  // A connection cut while idle is told by the query that follows; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string; value: string }>(
      'SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY($1)',
      [['server_version', ...POSTGRES_SETTINGS]],
    );
    const all = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
    const { server_version: version = 'unknown', ...settings } = all;
    return { version: version.split(' ')[0] ?? version, settings };
  } finally {
    await client.end();
  }
}

/**
 * Version and settings of the Redis at a URL; what its user may not ask is left out (settings need CONFIG, an unknown version
 * neither HELLO nor INFO). Throws when silent.
 */
export async function probeRedis(url: string): Promise<ServiceFacts> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    // It asks INFO, which its user may not be allowed to.
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    // Any answer shows that it is there, also that the command is not allowed. What is not signed in is refused here.
    await redis.ping().catch((error: Error) => {
      if (!error.message.startsWith('NOPERM')) throw error;
    });
    const version = await redisVersion(redis);
    const flat = ((await redis.config('GET', ...REDIS_SETTINGS).catch(() => [])) as string[]).flat();
    const settings: Record<string, string> = {};
    for (let index = 0; index + 1 < flat.length; index += 2)
      settings[flat[index] ?? ''] = flat[index + 1] ?? '';
    return { version, settings };
  } finally {
    redis.disconnect();
  }
}

/** HELLO tells the version to everybody who has signed in. */
async function redisVersion(redis: Redis): Promise<string> {
  const hello = await redis.call('HELLO').catch(() => []);
  if (Array.isArray(hello)) {
    const version: unknown = hello[hello.indexOf('version') + 1];
    if (hello.includes('version') && typeof version === 'string') return version;
  }
  const info = await redis.info('server').catch(() => '');
  return /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown';
}

/** Broker count and settings of the Kafka cluster at these brokers; it does not tell its version. Throws when silent. */
export async function probeKafka(
  brokers: readonly string[],
  access: KafkaAccess = {},
): Promise<ServiceFacts> {
  const kafka = new Kafka({
    ...access,
    brokers: [...brokers],
    clientId: 'stampede-probe',
    logLevel: logLevel.NOTHING,
    connectionTimeout: CONNECT_MS,
    requestTimeout: 5_000,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const cluster = await admin.describeCluster().catch((error: unknown) => explain(error, brokers));
    const [broker] = cluster.brokers;
    if (broker === undefined) throw new Error('The cluster names no broker yet.');
    const settings = await kafkaSettings(admin, broker.nodeId);
    return { version: 'unknown', settings: { brokers: String(cluster.brokers.length), ...settings } };
  } finally {
    await admin.disconnect();
  }
}

/** Empty where they may not be asked for. */
async function kafkaSettings(admin: Admin, brokerId: number): Promise<Record<string, string>> {
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.BROKER, name: String(brokerId), configNames: KAFKA_SETTINGS }],
    });
    const entries = resources.flatMap(({ configEntries }) => configEntries);
    return Object.fromEntries(entries.map((entry) => [entry.configName, entry.configValue ?? '']));
  } catch (error) {
    if (error instanceof Error && 'type' in error && error.type === 'CLUSTER_AUTHORIZATION_FAILED') return {};
    throw error;
  }
}

/** An address that was not asked for, and fails, is one that a broker gave of itself. */
async function explain(error: unknown, asked: readonly string[]): Promise<never> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!('broker' in cause) || typeof cause.broker !== 'string' || asked.includes(cause.broker)) continue;
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(cause.broker) ?? [];
    const problem = await unreachable({ host, port: Number(port) });
    if (problem !== null) throw new ServiceProblem(problem, { cause: error });
  }
  throw error;
}
