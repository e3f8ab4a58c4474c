// What Redis shows of a run each second: by how much its memory has grown, and the refreshes of the hot set.
import { Redis } from 'ioredis';
import type { GaugeName } from '../../../reports/metrics/gauges.ts';
import { HOT_SET_KEYS, type HotSetMeta } from '../../../system/contract/cache.ts';

export type RedisGauges = Record<
  Extract<GaugeName, 'redisGrowthMb' | 'hotSetRefreshMs' | 'hotSetRefreshRows'>,
  number | null
>;

export type RedisWatch = {
  /** Nulls where Redis does not answer at once, as under a fault. A refresh is told once, in the second that first sees it. */
  gauges(): Promise<RedisGauges>;
  close(): void;
};

const NOTHING: RedisGauges = { redisGrowthMb: null, hotSetRefreshMs: null, hotSetRefreshRows: null };
const BYTES_PER_MB = 1_000_000;
const ANSWERS_WITHIN_MS = 500;

/** Opens a connection of its own; the memory that Redis uses at that moment is what growth counts from. */
export async function watchRedis(redisUrl: string, keyPrefix: string): Promise<RedisWatch> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1, commandTimeout: ANSWERS_WITHIN_MS });
  // The command under way tells of a lost connection.
  redis.on('error', () => undefined);
  let lastSet = '';
  const beforeBytes = usedBytes(await redis.info('memory').catch(() => ''));

  async function look(): Promise<RedisGauges> {
    const [info, set] = await Promise.all([
      redis.info('memory'),
      redis.hget(`${keyPrefix}${HOT_SET_KEYS.meta}`, 'set'),
    ]);
    const nowBytes = usedBytes(info);
    const redisGrowthMb =
      beforeBytes === null || nowBytes === null ? null : (nowBytes - beforeBytes) / BYTES_PER_MB;
    if (set === null || set === lastSet) return { ...NOTHING, redisGrowthMb };
    lastSet = set;
    // Written by the shop's cache worker.
    const { durationMs, customerCount, productCount } = JSON.parse(set) as HotSetMeta;
    return { redisGrowthMb, hotSetRefreshMs: durationMs, hotSetRefreshRows: customerCount + productCount };
  }

  return { gauges: () => look().catch(() => NOTHING), close: () => redis.disconnect() };
}

/** `used_memory:1234` of INFO; null where it does not say. */
function usedBytes(info: string): number | null {
  const text = /^used_memory:(\d+)/m.exec(info)?.[1];
  return text === undefined ? null : Number(text);
}
