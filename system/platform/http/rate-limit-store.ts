// Counts requests for the rate limit in Redis, so that all instances of the shop count together. While Redis is away each
// instance counts alone: a client then gets as many times its share as there are instances, and nobody is shut out.
import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { Redis } from '../redis/redis.ts';

/** Clients that are counted alone at a time; a rush of more begins anew. */
const LOCAL_MAX = 10_000;

type Counted = { current: number; ttl: number };
export type RequestCounter = (key: string, windowMs: number) => Promise<Counted>;

/** Gives how many requests of a client there were in its window and how long that goes on, in ms. */
export function createRequestCounter(redis: Redis | undefined, monotonicMs: () => number): RequestCounter {
  const countAlone = createLocalCounter(monotonicMs);
  return async (key, windowMs) => {
    if (redis?.status !== 'ready') return countAlone(key, windowMs);
    try {
      const replies = await redis.multi().incr(key).pexpire(key, windowMs, 'NX').pttl(key).exec();
      const [current, , ttl] = replies ?? [];
      if (!current || !ttl || current[0] || ttl[0]) throw current?.[0] ?? ttl?.[0] ?? new Error('no reply');
      return { current: Number(current[1]), ttl: Math.max(0, Number(ttl[1])) };
    } catch {
      return countAlone(key, windowMs);
    }
  };
}

function createLocalCounter(monotonicMs: () => number) {
  const windows = new Map<string, { count: number; endsMs: number }>();
  return (key: string, windowMs: number): Counted => {
    const nowMs = monotonicMs();
    let window = windows.get(key);
    if (window === undefined || window.endsMs <= nowMs) {
      if (windows.size >= LOCAL_MAX) windows.clear();
      window = { count: 0, endsMs: nowMs + windowMs };
      windows.set(key, window);
    }
    window.count += 1;
    return { current: window.count, ttl: window.endsMs - nowMs };
  };
}

/** The counter as @fastify/rate-limit wants its store: a class. */
export function rateLimitStore(count: RequestCounter): FastifyRateLimitStoreCtor {
  return class Store implements FastifyRateLimitStore {
    incr(key: string, done: (error: Error | null, counted?: Counted) => void, windowMs: number): void {
      count(`requests:${key}`, windowMs).then((counted) => done(null, counted), done);
    }
    child(): FastifyRateLimitStore {
      return this;
    }
  };
}
