// Removes what a run left in Redis: the keys under its own prefix, nothing else.
import { Redis } from 'ioredis';

/** Deletes every key that starts with the prefix, which must end in `:` and hold more than that. */
export async function removeKeys(redisUrl: string, prefix: string): Promise<void> {
  if (!/^[\w-]+(:[\w-]+)*:$/.test(prefix)) {
    throw new Error(
      `Redis key prefix ${JSON.stringify(prefix)} is not one of a run; needed: words that end in ":".`,
    );
  }
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 2 });
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
      if (keys.length > 0) await redis.unlink(...(keys as string[]));
    }
  } finally {
    redis.disconnect();
  }
}
