// Asks running services a real question: who are you, and how are you set? The answers go into the run's manifest.
import { Redis } from 'ioredis';
import kafkajs from 'kafkajs';
import pg from 'pg';
import type { KafkaAccess } from './kafka-access.ts';
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

/** Version and settings of the Redis at a URL (settings empty where CONFIG is not allowed). Throws when silent. */
export async function probeRedis(url: string): Promise<ServiceFacts> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: CONNECT_MS, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    const info = await redis.info('server');
    const flat = ((await redis.config('GET', ...REDIS_SETTINGS).catch(() => [])) as string[]).flat();
    const settings: Record<string, string> = {};
    for (let index = 0; index + 1 < flat.length; index += 2)
      settings[flat[index] ?? ''] = flat[index + 1] ?? '';
    return { version: /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown', settings };
  } finally {
    redis.disconnect();
  }
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
    const cluster = await admin.describeCluster();
    const [broker] = cluster.brokers;
    if (broker === undefined) throw new Error('The cluster names no broker yet.');
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [
        { type: ConfigResourceTypes.BROKER, name: String(broker.nodeId), configNames: KAFKA_SETTINGS },
      ],
    });
    const entries = resources.flatMap(({ configEntries }) => configEntries);
    const settings = Object.fromEntries(entries.map((entry) => [entry.configName, entry.configValue ?? '']));
    return { version: 'unknown', settings: { brokers: String(cluster.brokers.length), ...settings } };
  } finally {
    await admin.disconnect();
  }
}
