// Slows down the guessing of passwords: ten wrong ones for one account within 15 minutes of the shop's clock, then none
// is looked at until the oldest is 15 minutes old. Kept in Redis, so that all processes count together.
import { hash, randomUUID } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import { ProblemError } from '../platform/problems.ts';
import type { Redis } from '../platform/redis.ts';

export const WRONG_PASSWORDS_MAX = 10;
const WINDOW_MS = 15 * 60 * 1_000;

export type PasswordAttempt = {
  /** The password was right: the account's wrong ones are forgotten. */
  succeed(): Promise<void>;
  /** The password was never looked at: the attempt does not count. */
  takeBack(): Promise<void>;
};

export type PasswordAttempts = {
  /**
   * Counts an attempt before its password is looked at, so that many at the same moment are no way round the limit.
   * Whatever is neither a success nor taken back stays counted as wrong. Throws 429 beyond the limit, for accounts that
   * do not exist as well.
   */
  begin(account: string): Promise<PasswordAttempt>;
};

/** @param deps.redis stays the caller's. */
export function createPasswordAttempts({ redis, clock }: { redis: Redis; clock: Clock }): PasswordAttempts {
  return {
    async begin(account) {
      const key = `wrong-passwords:${hash('sha256', account, 'base64url')}`;
      const attempt = randomUUID();
      const nowMs = clock.now().getTime();
      const results = await redis
        .multi()
        .zremrangebyscore(key, '-inf', nowMs - WINDOW_MS)
        .zadd(key, nowMs, attempt)
        .zcard(key)
        .zrange(key, 0, 0, 'WITHSCORES')
        .pexpire(key, WINDOW_MS)
        .exec();
      const [, , count, oldest] = replies(results);
      if (Number(count) > WRONG_PASSWORDS_MAX) {
        await redis.zrem(key, attempt);
        const [, oldestMs] = oldest as [string, string];
        throw tooManyAttempts(Number(oldestMs) + WINDOW_MS - nowMs);
      }
      return {
        async succeed() {
          await redis.del(key);
        },
        async takeBack() {
          await redis.zrem(key, attempt);
        },
      };
    },
  };
}

/** The replies of a transaction; throws the first error among them. */
function replies(results: [error: Error | null, reply: unknown][] | null): unknown[] {
  if (results === null) throw new Error('Redis gave up a transaction that watches no key');
  return results.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}

function tooManyAttempts(waitMs: number): ProblemError {
  return new ProblemError({
    status: 429,
    code: 'too-many-attempts',
    detail: 'Too many wrong passwords for this e-mail. Try again later.',
    headers: { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))) },
  });
}
