// What a refresh of the hot set costs: 1,000 customers and 1,000 products of the database DATABASE_URL into Redis. Serves jobs over
// IPC, each a number of refreshes; the answer is how long each took and how much the last one held.
import { readSettings } from '../config.ts';
import { createHotSetRedis } from '../hot-set/hot-set-redis.ts';
import { refreshHotSet } from '../hot-set/refresh.ts';
import { createLog } from '../platform/diagnostics/log.ts';
import { createDatabase } from '../platform/postgres/postgres.ts';
import { createRedis } from '../platform/redis/redis.ts';
import { createClock } from '../platform/settings/clock.ts';

type Job = { refreshCount: number };
type Refreshed = { durationsMs: number[]; customerCount: number; productCount: number };

const LEASE_MS = 60_000;
const settings = readSettings(process.env, ['databaseUrl', 'redisUrl', 'redisKeyPrefix', 'logLevel']);

async function run({ refreshCount }: Job): Promise<Refreshed> {
  const log = createLog({ level: settings.logLevel, name: 'bench' });
  const database = createDatabase({
    url: settings.databaseUrl,
    poolSize: 2,
    applicationName: 'bench',
    log,
  });
  const redis = createRedis({ url: settings.redisUrl, keyPrefix: settings.redisKeyPrefix, log });
  const clock = createClock({ shopClockStart: null, shopClockStartedAtMs: null });
  const owner = `bench-${process.pid}`;
  const done: Refreshed = { durationsMs: [], customerCount: 0, productCount: 0 };
  try {
    const hotSet = createHotSetRedis(redis);
    for (let index = 0; index < refreshCount; index += 1) {
      await hotSet.lead(owner, LEASE_MS);
      const { outcome, meta, durationMs } = await refreshHotSet({
        database,
        redis: hotSet,
        clock,
        owner,
        customerCount: 1_000,
        productCount: 1_000,
        everyMs: 50_000,
      });
      if (outcome !== 'swapped')
        throw new Error(`refresh ${index + 1} of ${refreshCount} ended as ${outcome}`);
      done.durationsMs.push(durationMs);
      done.customerCount = meta.customerCount;
      done.productCount = meta.productCount;
    }
    await hotSet.release(owner);
    return done;
  } finally {
    await redis.quit();
    await database.end();
  }
}

process.on('disconnect', () => process.exit(0));
process.on('message', async ({ id, job }: { id: number; job: Job }) => {
  try {
    process.send?.({ id, result: await run(job) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
