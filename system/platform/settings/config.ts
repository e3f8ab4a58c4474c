// The shop's settings: read once from the environment, validated whole and frozen. Everything else gets them handed
// down; nothing else reads the environment. What each variable means to outsiders is in contract/processes.ts.
import { isIP } from 'node:net';
import {
  ORDER_TRANSPORTS,
  type OrderTransport,
  SHOP_ROLES,
  type ShopEnvironment,
  type ShopRole,
} from '../../contract/processes.ts';
import { KAFKA_ACCESS_VARIABLES, type KafkaBrokers, readKafkaAccess } from './kafka-brokers.ts';
import { isWholeUrl, withoutPassword } from './url-text.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Config = Readonly<{
  databaseUrl: string;
  databasePoolSize: number;
  redisUrl: string;
  redisKeyPrefix: string;
  kafkaBrokers: KafkaBrokers;
  kafkaPrefix: string;
  roles: ShopRole[];
  host: string;
  port: number;
  ordersTransport: OrderTransport;
  ordersBatchMax: number;
  shopClockStart: Date | null;
  shopClockStartedAtMs: number | null;
  logLevel: LogLevel;
  rateLimitPerSecond: number;
  trustedProxies: string[];
  plantedOrderDelayMs: number;
  plantedPushLoss: boolean;
  allowSeededAccounts: boolean;
}>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value, or in words what would have been one; `problems` are whole lines about other variables read with it. */
type Parsed<T> = { value: T } | { needed: string } | { problems: string[] };

type Setting<T> = {
  variable: keyof ShopEnvironment;
  /** Text that stands in for a missing or empty variable; without it the variable is required. */
  fallback?: string;
  meaning: string;
  /** Further variables that `parse` reads, each with its meaning. */
  with?: Readonly<Record<string, string>>;
  parse: (text: string, environment: Environment) => Parsed<T>;
};

const anyText = (text: string): Parsed<string> => ({ value: text });

const pattern =
  (shape: RegExp, needed: string) =>
  (text: string): Parsed<string> =>
    shape.test(text) ? { value: text } : { needed };

const url =
  (...protocols: string[]) =>
  (text: string): Parsed<string> =>
    protocols.some((protocol) => text.startsWith(`${protocol}//`)) && isWholeUrl(text)
      ? { value: text }
      : {
          needed: `a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}, its password percent-encoded`,
        };

const integer =
  (least: number, most: number) =>
  (text: string): Parsed<number> => {
    const value = Number(text);
    return /^\d+$/.test(text) && value >= least && value <= most
      ? { value }
      : { needed: `a whole number from ${least} to ${most}` };
  };

const oneOf =
  <T extends string>(allowed: readonly T[]) =>
  (text: string): Parsed<T> => {
    const value = allowed.find((candidate) => candidate === text);
    return value === undefined ? { needed: `one of ${allowed.join(', ')}` } : { value };
  };

const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function roles(text: string): Parsed<ShopRole[]> {
  const named = splitList(text);
  const known = SHOP_ROLES.filter((role) => named.includes(role));
  return named.length > 0 && new Set(named).size === known.length
    ? { value: known }
    : { needed: `a comma-separated list of ${SHOP_ROLES.join(', ')}` };
}

function brokers(text: string, environment: Environment): Parsed<KafkaBrokers> {
  const addresses = splitList(text);
  const named = splitList(environment.SHOP_ROLES || SHOP_ROLES.join(','));
  const isDirect = ['direct', 'direct-batched'].includes(environment.ORDERS_TRANSPORT ?? '');
  const unused = isDirect && !named.includes('orders-consumer');
  const areUsable = addresses.every((broker) => /^[^\s:]+:\d{1,5}$/.test(broker));
  if (!areUsable || (addresses.length === 0 && !unused))
    return { needed: 'a comma-separated list of host:port' };
  const access = readKafkaAccess(environment);
  return 'value' in access ? { value: { addresses, ...access.value } } : access;
}

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

/** On by `1`, off when left out; a word like "yes" is no answer to a question of safety. */
const flag = (text: string): Parsed<boolean> =>
  text === '' || text === '1' ? { value: text === '1' } : { needed: '1 or nothing' };

/** A fault that somebody left behind must not harm a real shop, so it takes a second variable and no production. */
function planted(text: string, environment: Environment, most: number): Parsed<number> {
  const parsed = integer(0, most)(text);
  if (!('value' in parsed) || parsed.value === 0) return parsed;
  if (environment.NODE_ENV === 'production') return { needed: '0, because NODE_ENV is production' };
  return environment.SHOP_TESTING === '1'
    ? parsed
    : { needed: '0, or SHOP_TESTING=1 beside it: a fault is planted only to test a measurement' };
}

function plantedLoss(text: string, environment: Environment): Parsed<boolean> {
  const parsed = planted(text, environment, 1);
  return 'value' in parsed ? { value: parsed.value === 1 } : parsed;
}

const SETTINGS: { [Key in keyof Config]: Setting<Config[Key]> } = {
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
    // An empty list passes only where nothing speaks to Kafka; `brokers` decides that.
    fallback: '',
    meaning: 'Kafka brokers, host:port,…',
    with: KAFKA_ACCESS_VARIABLES,
    parse: brokers,
  },
  kafkaPrefix: {
    variable: 'KAFKA_PREFIX',
    fallback: '',
    meaning: 'prefix of every topic and consumer group',
    parse: pattern(/^[\w.-]{0,80}$/, 'up to 80 letters, digits, _ . -'),
  },
  roles: {
    variable: 'SHOP_ROLES',
    fallback: SHOP_ROLES.join(','),
    meaning: `what this process does: ${SHOP_ROLES.join(', ')}`,
    parse: roles,
  },
  host: { variable: 'HOST', fallback: '127.0.0.1', meaning: 'address to listen on', parse: anyText },
  port: {
    variable: 'PORT',
    fallback: '3000',
    meaning: 'port to listen on, 0 for any',
    parse: integer(0, 65_535),
  },
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
  plantedOrderDelayMs: {
    variable: 'PLANTED_ORDER_DELAY_MS',
    fallback: '0',
    meaning: 'tests only: ms that every payment takes longer; refused without SHOP_TESTING=1',
    with: { SHOP_TESTING: '1 where faults may be planted on purpose; never in production' },
    parse: (text, environment) => planted(text, environment, 10_000),
  },
  plantedPushLoss: {
    variable: 'PLANTED_PUSH_LOSS',
    fallback: '0',
    meaning: 'tests only: 1 = no outcome is pushed to anybody; refused without SHOP_TESTING=1',
    parse: plantedLoss,
  },
  allowSeededAccounts: {
    variable: 'SHOP_ALLOW_SEEDED_ACCOUNTS',
    fallback: '',
    meaning: "1: serve a data set's accounts, which anybody can use, on an address that is not loopback",
    parse: flag,
  },
};

function readSetting<T>(setting: Setting<T>, environment: Environment): { value: T } | { needed: string } {
  const found = environment[setting.variable];
  const text = found === undefined || found === '' ? setting.fallback : found;
  const parsed =
    text === undefined ? setting.parse('', environment) : setting.parse(text.trim(), environment);
  if ('value' in parsed) return parsed;
  if ('problems' in parsed) return { needed: parsed.problems.join('\n') };
  const shown = found === undefined ? 'nothing' : `"${withoutPassword(found)}"`;
  return { needed: `${setting.variable}: found ${shown}, needed ${parsed.needed}` };
}

/**
 * The named settings alone, for commands that need only some (`migrate` needs no broker).
 * @throws Error with one line for each variable that is missing or wrong.
 */
export function readSettings<Key extends keyof Config>(
  environment: Environment,
  keys: readonly Key[],
): Pick<Config, Key> {
  const settings: Partial<Pick<Config, Key>> = {};
  const problems: string[] = [];
  for (const key of keys) {
    const parsed = readSetting<Config[Key]>(SETTINGS[key], environment);
    if ('value' in parsed) settings[key] = parsed.value;
    else problems.push(parsed.needed);
  }
  if (problems.length > 0) throw new Error(`The shop's settings are not usable:\n${problems.join('\n')}`);
  return Object.freeze(settings as Pick<Config, Key>);
}

/** Every setting of a serving process; errors as in `readSettings`. */
export function readConfig(environment: Environment): Config {
  return readSettings(environment, Object.keys(SETTINGS) as (keyof Config)[]);
}

/** One line for each variable, for `--help`. */
export function describeSettings(): string {
  return Object.values(SETTINGS)
    .flatMap(({ variable, fallback, meaning, with: others = {} }: Setting<unknown>) => {
      const standard =
        fallback === undefined ? ' (required)' : fallback === '' ? '' : ` (default ${fallback})`;
      return [[variable, `${meaning}${standard}`] as const, ...Object.entries(others)];
    })
    .map(([variable, meaning]) => `  ${variable.padEnd(28)}${meaning}`)
    .join('\n');
}
