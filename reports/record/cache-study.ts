// What models of every cache policy made of the same reads, beside what theory expects, and how the live caches of the run
// compare with either.
import Type, { type Static } from 'typebox';

const NumberOrNull = Type.Union([Type.Number(), Type.Null()]);

/** One policy at one size under one law of popularity. */
/** How product pages went in some seconds of a run. */
const Pages = Type.Object({
  seconds: Type.Integer({ description: 'seconds taken together' }),
  hitRatio: NumberOrNull,
  databaseReadsPerSecond: Type.Number({ description: 'product pages and lists that the database answered' }),
  p50Ms: NumberOrNull,
  p95Ms: NumberOrNull,
});
export type Pages = Static<typeof Pages>;

/** What a refresh of the hot set cost, over the measured spans of a variant. */
const Refreshes = Type.Object({
  count: Type.Integer(),
  meanMs: Type.Number(),
  longestMs: Type.Number(),
  rows: Type.Number({ description: 'customers and products of one, as a mean' }),
  workerCpuMs: Type.Union([Type.Number(), Type.Null()], {
    description:
      'CPU of the cache worker in the seconds around a refresh, more than in others; null where it was not seen',
  }),
});
export type Refreshes = Static<typeof Refreshes>;

const Expiry = Type.Object({
  what: Type.String({ description: 'what happens in those seconds' }),
  within: Pages,
  otherwise: Pages,
});
export type Expiry = Static<typeof Expiry>;

const Flush = Type.Object({
  variant: Type.String(),
  policy: Type.String(),
  second: Type.Number({ description: 'of the measured span, at which Redis lost the keys of the run' }),
  before: Pages,
  after: Pages,
  backAfterSeconds: Type.Union([Type.Number(), Type.Null()], {
    description:
      'until product pages hit as before in three seconds taken together, within a twentieth; null: not within the span',
  }),
});
export type Flush = Static<typeof Flush>;

export const CacheStudyRow = Type.Object({
  law: Type.String({
    description:
      'catalogue: the law of the shop; zipf-1: weights 1/rank; recorded: what shoppers of the run read',
  }),
  size: Type.Integer({ description: 'entries' }),
  policy: Type.String(),
  hitRatio: Type.Number(),
  expectedHitRatio: Type.Union([Type.Number(), Type.Null()], {
    description:
      'Che’s approximation, the formula of lifetimes or the shares of a chosen set; null: no formula',
  }),
  readCount: Type.Integer(),
  hitCount: Type.Integer(),
  loadCount: Type.Integer({ description: 'reads of the database: misses and early refreshes' }),
  staleCount: Type.Integer({ description: 'hits that did not show the last write' }),
  stalestMs: Type.Number(),
});
export type CacheStudyRow = Static<typeof CacheStudyRow>;

export const CacheStudy = Type.Object({
  productCount: Type.Integer(),
  writesPerRead: Type.Number(),
  limitRatio: Type.Number({ description: 'how far a replay may lie from theory' }),
  largestResidualRatio: Type.Number(),
  rows: Type.Array(CacheStudyRow),
  live: Type.Array(
    Type.Object({
      variant: Type.String(),
      policy: Type.String(),
      size: Type.Integer(),
      hitRatio: NumberOrNull,
      expectedHitRatio: Type.Union([Type.Number(), Type.Null()], {
        description: 'in theory, from the popularity of what was read in this variant’s own single runs',
      }),
      replayedHitRatio: Type.Optional(
        Type.Union([Type.Number(), Type.Null()], {
          description: 'the reads of these single runs through the model of the policy',
        }),
      ),
      redisMb: Type.Optional(NumberOrNull),
      refreshes: Type.Optional(Type.Union([Refreshes, Type.Null()])),
      expiry: Type.Optional(Type.Union([Expiry, Type.Null()])),
      staleness: Type.String({ description: 'how long an answer may lag behind, as the policy declares it' }),
    }),
    { description: 'product pages of the run’s own variants' },
  ),
  liveLimitRatio: Type.Optional(
    Type.Number({ description: 'how far the live hit ratio of read-through may lie from theory' }),
  ),
  record: Type.Optional(
    Type.Object(
      {
        variant: Type.String(),
        cells: Type.Integer(),
        readCount: Type.Integer({ description: 'product pages of the measured spans' }),
        productCount: Type.Integer({ description: 'different products among them' }),
      },
      { description: 'what the rows of law `recorded` were replayed with' },
    ),
  ),
  /** Of the single run in which Redis lost its keys. */
  flush: Type.Optional(Flush),
});
export type CacheStudy = Static<typeof CacheStudy>;
