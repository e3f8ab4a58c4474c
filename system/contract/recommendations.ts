// Recommendations as outsiders see them: six lists, each stored with its time, pushed when it is fresh and read in pages of 4.
import Type, { type Static } from 'typebox';
import { ActionId } from './behaviour.ts';
import { ProductSummary } from './catalog.ts';
import { Id, Instant } from './common.ts';

/** The lists of a customer; `trending` is the same for everybody. */
export const RECOMMENDATION_KINDS = [
  'category',
  'discounts',
  'viewed',
  'for-you',
  'trending',
  'bought-together',
] as const;
export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number];

export const RECOMMENDATION_PAGE_SIZE = 4;
/** The most products of a list, which are five pages. */
export const MAX_RECOMMENDED_PRODUCTS = 20;
/** The most actions that one push answers; of more, the newest. */
export const MAX_ANSWERED_ACTIONS = 60;

/**
 * What works the lists out: nothing at all; everybody's every 4 s (`periodic`); those of whoever acted, by each action
 * (`incremental`).
 */
export const RECOMMENDATION_ENGINES = ['none', 'periodic', 'incremental'] as const;
export type RecommendationEngineName = (typeof RECOMMENDATION_ENGINES)[number];

/** From one analysis of the periodic engine to the next. */
export const PERIODIC_EVERY_MS = 4_000;

/** A list as it is stored and pushed. */
export const RecommendationList = Type.Object({
  kind: Type.Enum([...RECOMMENDATION_KINDS]),
  /** Best first, without repetition, none of them deleted when it was made. */
  productIds: Type.Array(Id, { maxItems: MAX_RECOMMENDED_PRODUCTS }),
  /** The newest action of the customer that it takes into account; null where there was none, and in `trending`. */
  reflectsActionId: Type.Union([ActionId, Type.Null()]),
  /** When it was worked out, on the shop's clock. */
  madeAt: Instant,
});
export type RecommendationList = Static<typeof RecommendationList>;

/**
 * When an action passed each stage on its way into the lists, in milliseconds of the machine's monotonic clock (as those of
 * OrderStages): taken in by the API, in the hands of the engine, when the engine began to work out lists that reflect it, and
 * when those were stored.
 */
export type RecommendationStages = {
  receivedMs: number;
  consumedMs: number;
  startedMs: number;
  storedMs: number;
};

/**
 * Socket event `recommendations:fresh`: lists that changed or were worked out anew because of actions. `answersActionIds` are
 * the customer's actions since the last push, oldest first: each of them is in these lists. `stages` has one entry for each
 * of them, in their order; it is left out where that is not known, as of lists that are given again.
 */
export type FreshRecommendations = {
  lists: RecommendationList[];
  answersActionIds: string[];
  stages?: RecommendationStages[];
};

/** GET /recommendations/:kind of the signed-in customer; `page` counts from 0 and begins again after the last one. */
export const RecommendationQuery = Type.Object(
  { page: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })) },
  { additionalProperties: false },
);

/**
 * Its answer; `trending` needs no session. `items` has none that was deleted since. Of whom no list is stored gets what is popular
 * in the shop, with `madeAt` null.
 */
export const RecommendationPage = Type.Object({
  kind: Type.Enum([...RECOMMENDATION_KINDS]),
  items: Type.Array(ProductSummary, { maxItems: RECOMMENDATION_PAGE_SIZE }),
  page: Type.Integer(),
  pageCount: Type.Integer(),
  reflectsActionId: Type.Union([ActionId, Type.Null()]),
  madeAt: Type.Union([Instant, Type.Null()]),
});
export type RecommendationPage = Static<typeof RecommendationPage>;
