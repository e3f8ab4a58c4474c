// What an operator watches of the cache: the figures of the hot set, of Redis and of the reads, for a page of the shop and for
// whoever reads them from Redis and GET /metrics themselves.
import Type, { type Static } from 'typebox';
import { HotSetMeta } from './cache.ts';
import { Instant } from './common.ts';

/** Where the page for operators lies; like /metrics it is for this machine and private networks only. */
export const HOT_SET_PAGE = '/operator/hot-set';
/** Answers CacheFigures. */
export const HOT_SET_FIGURES = '/operator/hot-set/figures';

/** Reads of one kind since the process started, by their outcome. */
const ReadCounts = Type.Object({ hit: Type.Integer(), miss: Type.Integer(), bypass: Type.Integer() });
export type ReadCounts = Static<typeof ReadCounts>;

export const RedisFigures = Type.Object({
  usedMemoryBytes: Type.Integer(),
  /** 0: as much as there is. */
  maxMemoryBytes: Type.Integer(),
  /** Entries that Redis evicted for want of memory since it started. */
  evictedCount: Type.Integer(),
});
export type RedisFigures = Static<typeof RedisFigures>;

export const CacheFigures = Type.Object({
  /** By the shop's clock, as the instants of `meta` are. */
  at: Instant,
  cachePolicy: Type.String(),
  /** Null where Redis has no hot set, or does not answer. */
  meta: Type.Union([HotSetMeta, Type.Null()]),
  /** Null while Redis does not answer. */
  redis: Type.Union([RedisFigures, Type.Null()]),
  /** Of the process that answers. */
  reads: Type.Object({ product: ReadCounts, list: ReadCounts, customer: ReadCounts }),
  /** Entries that the policy let go for others; those that Redis chose are `redis.evictedCount`. */
  evictedCount: Type.Integer(),
});
export type CacheFigures = Static<typeof CacheFigures>;
