// What a policy is: how an entry is found in Redis and how a loaded one is kept there. When an entry may still be used, who loads
// it and how long Redis is waited for is the same for all and stands in cache.ts.
import type { CacheEntry, CacheKind } from '../contract/cache.ts';
import type { Redis } from '../platform/redis/redis.ts';
import type { CacheConfig } from './settings.ts';

export type Found<Value> = {
  entry: CacheEntry<Value> | null;
  /** To be shown when the entry is kept, where the policy wants it: whoever wrote meanwhile has taken it away. */
  lease: string | null;
};

export type Policy<Key, Value> = {
  find(key: Key): Promise<Found<Value>>;
  /** Returns how many entries went for it. */
  keep(key: Key, entry: CacheEntry<Value>, lease: string | null): Promise<{ evictedCount: number }>;
};

export type PolicyDeps<Key, Value> = {
  /** With the shop's key prefix. */
  redis: Redis;
  kind: CacheKind;
  config: CacheConfig;
  /** A short text that tells keys apart. */
  nameOf(key: Key): string;
  /** What the hot set has of a key; null: nothing, or not all of it. */
  findInHotSet(redis: Redis, key: Key): Promise<CacheEntry<Value> | null>;
};

/** Null: nothing is looked up, and everything is loaded. */
export type CreatePolicy = <Key, Value>(deps: PolicyDeps<Key, Value>) => Policy<Key, Value> | null;

/** Entries are written by this shop alone, so their text is believed. */
export function parseEntry<Value>(text: string | null): CacheEntry<Value> | null {
  return text === null ? null : (JSON.parse(text) as CacheEntry<Value>);
}
