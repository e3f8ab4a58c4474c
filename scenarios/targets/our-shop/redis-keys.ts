// A run's keys in Redis: where they begin, the list of the runs that may have some, and their removal.
import { Redis } from 'ioredis';

/** A set of the marks of all runs that have not taken their keys away yet: nobody has to search a whole Redis for them. */
const RUNS_KEY = 'stampede:runs';

/** What the keys of the run with this mark begin with. */
export function keyPrefixOf(mark: string): string {
  return `stampede:${mark}:`;
}

/** Notes down that there will be keys of this run; before the first one. */
export async function noteMark(redisUrl: string, mark: string): Promise<void> {
  await withRedis(redisUrl, (redis) => redis.sadd(RUNS_KEY, mark));
}

/** The runs that are noted down. */
export function notedMarks(redisUrl: string): Promise<string[]> {
  return withRedis(redisUrl, (redis) => redis.smembers(RUNS_KEY));
}

/** Strikes a run off; after its last key. */
export async function forgetMark(redisUrl: string, mark: string): Promise<void> {
  await withRedis(redisUrl, (redis) => redis.srem(RUNS_KEY, mark));
}

/** Deletes every key that starts with the prefix, which must end in `:` and hold more than that. Gives their number. */
export async function removeKeys(redisUrl: string, prefix: string): Promise<number> {
  if (!/^[\w-]+(:[\w-]+)*:$/.test(prefix)) {
    throw new Error(
      `Redis key prefix ${JSON.stringify(prefix)} is not one of a run; needed: words that end in ":".`,
    );
  }
  return withRedis(redisUrl, async (redis) => {
    let count = 0;
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
      if (keys.length > 0) count += await redis.unlink(...(keys as string[]));
    }
    return count;
  });
}

async function withRedis<T>(redisUrl: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 2 });
  // The command under way tells of a lost connection.
  redis.on('error', () => undefined);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
