// The connection to Redis. During an outage commands fail within about two seconds, so that requests can be answered.
import { Redis, ReplyError } from 'ioredis';
import type { Health } from '../diagnostics/health.ts';
import type { Log } from '../diagnostics/log.ts';

export type { Redis };

const COMMAND_TIMEOUT_MS = 2_000;
const SOCKET_TIMEOUT_MS = 5_000;
const RECONNECT_MAX_MS = 1_000;

/**
 * Connects at once and keeps reconnecting. Close it with `quit()`, or `disconnect()` when Redis is gone. Commands of one for
 * subscriptions wait for their answer however long it takes: nobody takes back a subscription that came too late.
 */
export function createRedis(options: {
  url: string;
  keyPrefix: string;
  isForSubscriptions?: boolean;
  log: Log;
}): Redis {
  const redis = new Redis(options.url, {
    keyPrefix: options.keyPrefix,
    enableAutoPipelining: true,
    connectTimeout: COMMAND_TIMEOUT_MS,
    ...(options.isForSubscriptions ? {} : { commandTimeout: COMMAND_TIMEOUT_MS }),
    // A peer that vanished without a word: give the connection up instead of timing out on it for ever.
    socketTimeout: SOCKET_TIMEOUT_MS,
    maxRetriesPerRequest: options.isForSubscriptions ? null : 1,
    noDelay: true,
    retryStrategy: (attempt) => Math.min(attempt * 100, RECONNECT_MAX_MS),
  });
  redis.on('error', (error) => options.log.warn({ err: error }, 'Redis does not answer'));
  return redis;
}

const OUTAGE_MESSAGE =
  /Command timed out|Connection is closed|max retries per request|Stream isn't writeable|ECONNREFUSED|ECONNRESET/;
const OUTAGE_REPLY =
  /^(LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|READONLY|BUSY|OOM|MISCONF|NOREPLICAS|NOAUTH|WRONGPASS|NOPERM)\b/;

/** Whether `error` says that Redis is away or refuses its service rather than that the command was wrong. */
export function isRedisOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof ReplyError) return OUTAGE_REPLY.test(error.message);
  return error.name === 'MaxRetriesPerRequestError' || OUTAGE_MESSAGE.test(error.message);
}

/** Adds the check `redis`: a PING gets its answer. */
export function addRedisCheck(health: Health, redis: Redis): void {
  health.add('redis', async () => {
    await redis.ping();
    return null;
  });
}
