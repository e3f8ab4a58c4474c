// What a refresh of the hot set costs: 1,000 customers and 1,000 products of the database DATABASE_URL into Redis, once a line.
// node system/bench/refresh-hot-set.ts [times]
import { readSettings } from '../config.ts';
import { createHotSetRedis } from '../hot-set/hot-set-redis.ts';
import { refreshHotSet } from '../hot-set/refresh.ts';
import { createLog } from '../platform/diagnostics/log.ts';
import { createDatabase } from '../platform/postgres/postgres.ts';
import { createRedis } from '../platform/redis/redis.ts';
import { createClock } from '../platform/settings/clock.ts';

const settings = readSettings(process.env, ['databaseUrl', 'redisUrl', 'redisKeyPrefix', 'logLevel']);
const log = createLog({ level: settings.logLevel, name: 'bench' });
const database = createDatabase({
  url: settings.databaseUrl,
  poolSize: 2,
  applicationName: 'bench',
  log,
});
const redis = createRedis({ url: settings.redisUrl, keyPrefix: settings.redisKeyPrefix, log });
try {
  const hotSet = createHotSetRedis(redis);
  const owner = `bench-${process.pid}`;
  for (let left = Number(process.argv[2] ?? 20); left > 0; left--) {
    await hotSet.lead(owner, 60_000);
    const { outcome, meta, durationMs } = await refreshHotSet({
      database,
      redis: hotSet,
      clock: createClock({ shopClockStart: null, shopClockStartedAtMs: null }),
      owner,
      customerCount: 1_000,
      productCount: 1_000,
      everyMs: 50_000,
    });
    const { customerCount, productCount } = meta;
    process.stdout.write(`${JSON.stringify({ outcome, durationMs, customerCount, productCount })}\n`);
  }
  await hotSet.release(owner);
} finally {
  await redis.quit();
  await database.end();
}
