// A Redis of a test's own, whose memory may be filled and whose process may be frozen.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startRedis } from '../services/redis.ts';

export type OwnRedis = {
  url: string;
  pid: number;
  redis: Redis;
  /** A number of its INFO, such as `used_memory` or `evicted_keys`. */
  info(field: string): Promise<number>;
  close(): Promise<void>;
};

/** Starts one as `npm run stack` does. */
export async function startOwnRedis(): Promise<OwnRedis> {
  await using opened = new AsyncDisposableStack();
  const home = mkdtempSync(join(tmpdir(), 'stampede-own-redis-'));
  chmodSync(home, 0o755);
  opened.defer(() => rmSync(home, { recursive: true, force: true }));
  const { signal } = new AbortController();
  const report = () => undefined;
  const { url, programs } = await startRedis({ home, dataDirectory: home, signal, report });
  const [program] = programs;
  if (program === undefined) throw new Error('Redis was started without a program of its own');
  opened.defer(async () => void (await program.stop()));
  const redis = new Redis(url);
  opened.defer(() => redis.disconnect());
  const closings = opened.move();
  return {
    url,
    pid: program.pid,
    redis,
    async info(field) {
      const found = new RegExp(`^${field}:(\\d+)`, 'm').exec(await redis.info())?.[1];
      if (found === undefined) throw new Error(`INFO of Redis has no ${field}`);
      return Number(found);
    },
    close: () => closings.disposeAsync(),
  };
}
