// What the catalogue reads of a product, and in which orders it lists them.
import type { ProductSort } from '../contract/catalog.ts';

export const SUMMARY_COLUMNS = `
  id, category_id AS "categoryId", name, price_krw AS "priceKrw", list_price_krw AS "listPriceKrw",
  sold_out OR stock_count = 0 AS "soldOut", image`;

/** Each is the order of an index, read in one direction. */
export const ORDER_BY: Record<ProductSort, string> = {
  popular: 'popularity DESC, id DESC',
  newest: 'registered_at DESC, id DESC',
  'price-ascending': 'price_krw, id',
  'price-descending': 'price_krw DESC, id DESC',
};
