// Lists as they are read: the newest that is stored, page by page, and where there is none what is popular in the shop.

import type { ProductSummary } from '../contract/catalog.ts';
import {
  MAX_RECOMMENDED_PRODUCTS,
  RECOMMENDATION_PAGE_SIZE,
  type RecommendationKind,
  type RecommendationPage,
} from '../contract/recommendations.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import { EVERYBODY, type RecommendationStore } from './store.ts';

const SUMMARY = `
  id, category_id AS "categoryId", name, price_krw AS "priceKrw", list_price_krw AS "listPriceKrw",
  sold_out OR stock_count = 0 AS "soldOut", image`;

const THESE = `
  SELECT ${SUMMARY} FROM products JOIN unnest($1::integer[]) WITH ORDINALITY AS listed (product_id, place) ON id = product_id
   WHERE deleted_at IS NULL ORDER BY place`;

const POPULAR = `
  SELECT ${SUMMARY} FROM products WHERE deleted_at IS NULL
   ORDER BY popularity DESC, id DESC LIMIT ${MAX_RECOMMENDED_PRODUCTS}`;

export type ReadPage = (
  customerId: number,
  kind: RecommendationKind,
  page: number,
) => Promise<RecommendationPage>;

export function createReadPage(deps: {
  database: Queryable;
  store: Pick<RecommendationStore, 'newest'>;
}): ReadPage {
  const { database, store } = deps;
  return async (customerId, kind, page) => {
    const list = await store.newest(kind === 'trending' ? EVERYBODY : customerId, kind);
    const { rows } = await database.query<ProductSummary>(
      list === null
        ? { name: 'recommendations-popular', text: POPULAR }
        : { name: 'recommendations-these', text: THESE, values: [list.productIds] },
    );
    const pageCount = Math.ceil(rows.length / RECOMMENDATION_PAGE_SIZE);
    const start = pageCount === 0 ? 0 : (page % pageCount) * RECOMMENDATION_PAGE_SIZE;
    return {
      kind,
      items: rows.slice(start, start + RECOMMENDATION_PAGE_SIZE),
      page: pageCount === 0 ? 0 : page % pageCount,
      pageCount,
      reflectsActionId: list?.reflectsActionId ?? null,
      madeAt: list?.madeAt ?? null,
    };
  };
}
