// The platform's settings: where the services are, what the process does and what every process needs. What a feature can be
// set to stands with the feature; system/config.ts reads them all. What each variable means to outsiders is in
// contract/processes.ts.
import { isIP } from 'node:net';
import { KAFKA_ACCESS_VARIABLES, type KafkaBrokers, readKafkaAccess } from './kafka-brokers.ts';
import {
  anyText,
  type Environment,
  integer,
  oneOf,
  type Parsed,
  pattern,
  type ShopSettings,
  splitList,
  url,
} from './settings.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type PlatformConfig = Readonly<{
  databaseUrl: string;
  databasePoolSize: number;
  redisUrl: string;
  redisKeyPrefix: string;
  kafkaBrokers: KafkaBrokers;
  kafkaPrefix: string;
  roles: string[];
  host: string;
  port: number;
  shopClockStart: Date | null;
  shopClockStartedAtMs: number | null;
  logLevel: LogLevel;
  rateLimitPerSecond: number;
  trustedProxies: string[];
}>;

const rolesOf =
  (all: readonly string[]) =>
  (text: string): Parsed<string[]> => {
    const named = splitList(text);
    const known = all.filter((role) => named.includes(role));
    return named.length > 0 && new Set(named).size === known.length
      ? { value: known }
      : { needed: `a comma-separated list of ${all.join(', ')}` };
  };

const brokers =
  (needsKafka: (environment: Environment) => boolean) =>
  (text: string, environment: Environment): Parsed<KafkaBrokers> => {
    const addresses = splitList(text);
    const areUsable = addresses.every((broker) => /^[^\s:]+:\d{1,5}$/.test(broker));
    if (!areUsable || (addresses.length === 0 && needsKafka(environment)))
      return { needed: 'a comma-separated list of host:port' };
    const access = readKafkaAccess(environment);
    return 'value' in access ? { value: { addresses, ...access.value } } : access;
  };

/** A network of everybody would let everybody say who they are. */
function proxies(text: string): Parsed<string[]> {
  const named = splitList(text);
  const areUsable = named.every((one) => {
    const [address = '', prefix, ...rest] = one.split('/');
    const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : 0;
    const isPrefix = prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits);
    return bits > 0 && isPrefix && rest.length === 0;
  });
  return areUsable
    ? { value: named }
    : { needed: 'a comma-separated list of addresses or networks (10.0.0.5,10.1.0.0/16), none of them /0' };
}

function clockStart(text: string, environment: Environment): Parsed<Date | null> {
  if (text === '') {
    return environment.SHOP_CLOCK_STARTED_AT_MS
      ? { needed: 'an instant, because SHOP_CLOCK_STARTED_AT_MS is set' }
      : { value: null };
  }
  const instant = new Date(text);
  const isInstant = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(instant.getTime());
  return isInstant ? { value: instant } : { needed: 'an RFC 3339 instant such as 2026-03-02T20:00:00+09:00' };
}

function clockStartedAt(text: string, environment: Environment): Parsed<number | null> {
  if (text === '') {
    return environment.SHOP_CLOCK_START
      ? { needed: 'a Unix time in milliseconds, because SHOP_CLOCK_START is set' }
      : { value: null };
  }
  const value = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? { value }
    : { needed: 'a Unix time in milliseconds' };
}

/** @param needsKafka whether anything that the environment asks for speaks to Kafka. */
export function platformSettings({
  roles,
  needsKafka,
}: {
  roles: readonly string[];
  needsKafka: (environment: Environment) => boolean;
}): ShopSettings<PlatformConfig> {
  return {
    databaseUrl: {
      variable: 'DATABASE_URL',
      meaning: 'PostgreSQL database',
      parse: url('postgres:', 'postgresql:'),
    },
    databasePoolSize: {
      variable: 'DATABASE_POOL_SIZE',
      fallback: '10',
      meaning: 'connections to PostgreSQL',
      parse: integer(1, 200),
    },
    redisUrl: { variable: 'REDIS_URL', meaning: 'Redis', parse: url('redis:', 'rediss:') },
    redisKeyPrefix: {
      variable: 'REDIS_KEY_PREFIX',
      fallback: 'shop:',
      meaning: 'prefix of every Redis key and channel',
      parse: pattern(/^[\w.:-]{1,79}:$/, 'up to 80 letters, digits, _ . : - that end in a colon'),
    },
    kafkaBrokers: {
      variable: 'KAFKA_BROKERS',
      // An empty list passes only where nothing speaks to Kafka; `needsKafka` decides that.
      fallback: '',
      meaning: 'Kafka brokers, host:port,…',
      with: KAFKA_ACCESS_VARIABLES,
      parse: brokers(needsKafka),
    },
    kafkaPrefix: {
      variable: 'KAFKA_PREFIX',
      fallback: '',
      meaning: 'prefix of every topic and consumer group',
      parse: pattern(/^[\w.-]{0,80}$/, 'up to 80 letters, digits, _ . -'),
    },
    roles: {
      variable: 'SHOP_ROLES',
      fallback: roles.join(','),
      meaning: `what this process does: ${roles.join(', ')}`,
      parse: rolesOf(roles),
    },
    host: { variable: 'HOST', fallback: '127.0.0.1', meaning: 'address to listen on', parse: anyText },
    port: {
      variable: 'PORT',
      fallback: '3000',
      meaning: 'port to listen on, 0 for any',
      parse: integer(0, 65_535),
    },
    shopClockStart: {
      variable: 'SHOP_CLOCK_START',
      fallback: '',
      meaning: "what the shop's clock showed at SHOP_CLOCK_STARTED_AT_MS; empty: the wall clock",
      parse: clockStart,
    },
    shopClockStartedAtMs: {
      variable: 'SHOP_CLOCK_STARTED_AT_MS',
      fallback: '',
      meaning: 'Unix ms at which the shop’s clock showed SHOP_CLOCK_START',
      parse: clockStartedAt,
    },
    logLevel: {
      variable: 'LOG_LEVEL',
      fallback: 'info',
      meaning: LOG_LEVELS.join(', '),
      parse: oneOf(LOG_LEVELS),
    },
    rateLimitPerSecond: {
      variable: 'RATE_LIMIT_PER_SECOND',
      fallback: '0',
      meaning: 'requests a second for one client address, 0 for no limit',
      parse: integer(0, 1_000_000),
    },
    trustedProxies: {
      variable: 'TRUSTED_PROXIES',
      fallback: '',
      meaning: 'balancers whose X-Forwarded-For is believed, addresses or networks: 10.0.0.5,10.1.0.0/16',
      parse: proxies,
    },
  };
}
