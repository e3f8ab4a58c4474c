// What models of every cache policy made of the same reads, beside what theory expects, and how the live caches of the run
// compare with either.
import Type, { type Static } from 'typebox';

const NumberOrNull = Type.Union([Type.Number(), Type.Null()]);

/** One policy at one size under one law of popularity. */
export const CacheStudyRow = Type.Object({
  law: Type.String({ description: 'catalogue: the law of the shop; zipf-1: weights 1/rank' }),
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
      expectedHitRatio: NumberOrNull,
      staleness: Type.String({ description: 'how long an answer may lag behind, as the policy declares it' }),
    }),
    { description: 'product pages of the run’s own variants' },
  ),
});
export type CacheStudy = Static<typeof CacheStudy>;
