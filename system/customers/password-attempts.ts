// Slows down the guessing of passwords, kept in Redis so that all processes count together. What is slowed is the pair of
// an account and a client, and a client that is wrong on many accounts; never an account as such, or any stranger could
// keep its owner out. Times are the shop's clock's.
import { hash } from 'node:crypto';
import { ProblemError } from '../platform/http/problems.ts';
import type { Redis } from '../platform/redis/redis.ts';
import type { Clock } from '../platform/settings/clock.ts';

/** Wrong passwords of one client for one account that cost no wait; from then on the wait doubles from 1 s. */
export const FREE_FOR_A_PAIR = 10;
/** The same for all accounts together. A client that has signed in to an account before is spared this for that account. */
export const FREE_FOR_A_CLIENT = 30;
/** So many wrong ones for an account from anywhere within 15 minutes: clients unknown to it have one free attempt each. */
export const ATTACKED_FROM = 50;

const PAIR_MAX_WAIT_MS = 15 * 60 * 1_000;
const CLIENT_MAX_WAIT_MS = 60 * 1_000;
const PAIR_REMEMBERED_MS = 60 * 60 * 1_000;
const WINDOW_MS = 15 * 60 * 1_000;
const KNOWN_MS = 30 * 24 * 60 * 60 * 1_000;

export type PasswordAttempt = {
  /** The password was right: the pair's wrong ones are forgotten, and the client is known to the account. */
  succeed(): Promise<void>;
  /** The password was wrong. */
  fail(): Promise<void>;
  /** The password was never looked at: the attempt does not count. */
  takeBack(): Promise<void>;
};

export type PasswordAttempts = {
  /**
   * Counts an attempt before its password is looked at, so that many at the same moment are no way round the limit.
   * Throws 429 with the time to wait, for accounts that do not exist as well; a refused attempt does not count.
   */
  begin(account: string, client: string): Promise<PasswordAttempt>;
};

// A missing field is false in Lua. Counting and waiting are one step, or two attempts could pass each other.
const COUNT = `
  local function count(key, nowMs, free, maxWaitMs, rememberedMs)
    local count = redis.call('HINCRBY', key, 'count', 1)
    local wait = count < free and 0 or math.min(maxWaitMs, 1000 * 2 ^ math.min(count - free, 30))
    redis.call('HSET', key, 'until', string.format('%.0f', nowMs + wait))
    redis.call('PEXPIRE', key, rememberedMs)
  end
  local nowMs = tonumber(ARGV[1])`;

const BEGIN = `${COUNT}
  local pair, client, known, account = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
  local wait = (tonumber(redis.call('HGET', pair, 'until') or 0)) - nowMs
  local isKnown = redis.call('EXISTS', known) == 1
  if not isKnown then
    wait = math.max(wait, (tonumber(redis.call('HGET', client, 'until') or 0)) - nowMs)
  end
  if wait > 0 then return wait end
  local isAttacked = tonumber(redis.call('GET', account) or 0) >= ${ATTACKED_FROM}
  local free = (isAttacked and not isKnown) and 1 or ${FREE_FOR_A_PAIR}
  count(pair, nowMs, free, ${PAIR_MAX_WAIT_MS}, ${PAIR_REMEMBERED_MS})
  return 0`;

const FAIL = `${COUNT}
  count(KEYS[1], nowMs, ${FREE_FOR_A_CLIENT}, ${CLIENT_MAX_WAIT_MS}, ${WINDOW_MS})
  if redis.call('INCR', KEYS[2]) == 1 then redis.call('PEXPIRE', KEYS[2], ${WINDOW_MS}) end`;

const TAKE_BACK = `
  if redis.call('HINCRBY', KEYS[1], 'count', -1) <= 0 then redis.call('DEL', KEYS[1])
  else redis.call('HSET', KEYS[1], 'until', 0) end`;

/** @param deps.redis stays the caller's. */
export function createPasswordAttempts({ redis, clock }: { redis: Redis; clock: Clock }): PasswordAttempts {
  return {
    async begin(account, client) {
      const keys = keysOf(account, client);
      const nowMs = clock.now().getTime();
      const waitMs = Number(
        await redis.eval(BEGIN, 4, keys.pair, keys.client, keys.known, keys.account, nowMs),
      );
      if (waitMs > 0) throw tooManyAttempts(waitMs);
      return {
        async succeed() {
          await Promise.all([redis.del(keys.pair), redis.set(keys.known, '1', 'PX', KNOWN_MS)]);
        },
        async fail() {
          await redis.eval(FAIL, 2, keys.client, keys.account, nowMs);
        },
        async takeBack() {
          await redis.eval(TAKE_BACK, 1, keys.pair);
        },
      };
    },
  };
}

/** Hashed: neither e-mails nor addresses stand in Redis. */
function keysOf(account: string, client: string) {
  const digest = (...parts: string[]) => hash('sha256', parts.join('\n'), 'base64url');
  return {
    pair: `sign-in:pair:${digest(account, client)}`,
    client: `sign-in:client:${digest(client)}`,
    known: `sign-in:known:${digest(account, client)}`,
    account: `sign-in:account:${digest(account)}`,
  };
}

function tooManyAttempts(waitMs: number): ProblemError {
  return new ProblemError({
    status: 429,
    code: 'too-many-attempts',
    detail: 'Too many wrong passwords from this address. Try again later.',
    headers: { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))) },
  });
}
