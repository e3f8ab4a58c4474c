// Reads what the monitor shows: the hot set and memory from Redis, reads and evictions from GET /metrics of the shop's
// processes. Whoever is away is said in words and asked again the next time.
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { withoutPassword } from '../../deploy/local/programs/without-password.ts';
import { HOT_SET_KEYS, type HotSetMeta } from '../../system/contract/cache.ts';
import { readCountsOf, redisFiguresOf, type Sample } from '../../system/contract/cache-figure-rules.ts';
import type { Look } from './monitor-line.ts';

const WAIT_MS = 900;
const RECONNECT_MS = 500;
/** A shop whose broker is away takes longer over its metrics than a look may take. */
const METRICS_WAIT_MS = 5_000;

export type Watched = { redisUrl: string; redisKeyPrefix: string; shopUrls: readonly string[] };

export type LookReader = {
  /** Never rejects. */
  look(): Promise<Look>;
  close(): void;
};

/** Connects at once and keeps reconnecting. */
export function createLookReader(watched: Watched, nowMs: () => number): LookReader {
  let outage: string | null = null;
  const redis = new Redis(watched.redisUrl, {
    keyPrefix: watched.redisKeyPrefix,
    connectTimeout: WAIT_MS,
    commandTimeout: WAIT_MS,
    retryStrategy: () => RECONNECT_MS,
  });
  redis.on('error', (error) => {
    outage = error.message || error.name;
  });
  redis.on('ready', () => {
    outage = null;
  });
  async function readRedis(): Promise<Look['redis']> {
    try {
      const answers = await redis.multi().hget(HOT_SET_KEYS.meta, 'set').info('memory').info('stats').exec();
      const [meta, ...info] = (answers ?? []).map(([error, value]) => {
        if (error) throw error;
        return value;
      });
      return {
        meta: typeof meta === 'string' ? (JSON.parse(meta) as HotSetMeta) : null,
        figures: redisFiguresOf(info.join('\n')),
      };
    } catch (error) {
      const reason = outage ?? (error instanceof Error ? error.message : String(error));
      return `${withoutPassword(watched.redisUrl)}: ${reason}`;
    }
  }
  const askShop = withoutWaiting<Answered>(() => readShop(watched.shopUrls), 'no answer yet');
  return {
    async look() {
      const [found, samples] = await Promise.all([readRedis(), askShop()]);
      const isKnown = samples !== null && typeof samples !== 'string';
      const shop = isKnown ? shopFiguresOf(samples) : samples;
      const meta = typeof found === 'string' ? null : found.meta;
      const shopNowMs = isKnown && meta !== null ? shopNowOf(samples, meta) : null;
      return { atMs: nowMs(), shopNowMs, redis: found, shop };
    },
    close: () => redis.disconnect(),
  };
}

/** Gives the newest answer within the time of a look; one that takes longer is for a later look. */
function withoutWaiting<T>(ask: () => Promise<T>, first: T): () => Promise<T> {
  let [newest, underWay] = [first, false];
  let asking: Promise<void> = Promise.resolve();
  return async () => {
    if (!underWay) {
      underWay = true;
      asking = ask().then((answer) => {
        newest = answer;
        underWay = false;
      });
    }
    const stop = new AbortController();
    const { signal } = stop;
    await Promise.race([asking, delay(WAIT_MS, undefined, { signal }).catch(() => undefined)]);
    stop.abort();
    return newest;
  };
}

type NamedSample = Sample & { name: string };
type Answered = NamedSample[] | string | null;

const named = (samples: readonly NamedSample[], wanted: string) =>
  samples.filter(({ name }) => name === wanted);

function shopFiguresOf(samples: readonly NamedSample[]) {
  return {
    reads: readCountsOf(named(samples, 'shop_cache_reads_total')),
    evictedCount: named(samples, 'shop_cache_evictions_total').reduce((sum, { value }) => sum + value, 0),
  };
}

/** The cache worker knows how old its set is by the shop's clock. */
function shopNowOf(samples: readonly NamedSample[], meta: HotSetMeta): number | null {
  const ages = named(samples, 'shop_hot_set_age_seconds').map(({ value }) => value);
  const age = ages.find(Number.isFinite);
  return age === undefined ? null : Date.parse(meta.refreshedAt) + age * 1_000;
}

/** What all processes together tell; null where there are none, a text where one does not answer. */
async function readShop(urls: readonly string[]): Promise<Answered> {
  if (urls.length === 0) return null;
  const answers = await Promise.all(urls.map(readProcess));
  const missing = answers.filter((answer) => typeof answer === 'string');
  if (missing.length > 0) return missing.join('; ');
  return answers.flatMap((answer) => (typeof answer === 'string' ? [] : answer));
}

async function readProcess(url: string): Promise<NamedSample[] | string> {
  try {
    const answer = await fetch(new URL('/metrics', url), { signal: AbortSignal.timeout(METRICS_WAIT_MS) });
    if (!answer.ok) return `${url} answers ${answer.status}`;
    return samplesOf(await answer.text());
  } catch (error) {
    const { message, cause } = error as Error;
    return `${url}: ${cause instanceof Error ? cause.message || message : message}`;
  }
}

/** The samples of Prometheus's text format, as prom-client writes it: no timestamps, label values without quotes in them. */
export function samplesOf(text: string): NamedSample[] {
  return [...text.matchAll(/^([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})? (\S+)$/gm)].map(
    ([, name = '', labels = '', value]) => ({
      name,
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', given = '']) => [key, given]),
      ),
      value: Number(value),
    }),
  );
}
