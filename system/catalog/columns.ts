// What the catalogue reads of a product, in which orders it lists them, and which prices it leaves out.
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

/** Of products that can be ordered now; what SUMMARY_COLUMNS call sold out is left out. */
export const IN_STOCK_CONDITION = 'NOT sold_out AND stock_count > 0';

/** The condition on a product's price; adds its bounds to the statement's values. */
export function priceCondition(
  { minKrw, maxKrw }: { minKrw: number; maxKrw: number },
  values: (number | string)[],
): string {
  return `price_krw BETWEEN $${values.push(minKrw)} AND $${values.push(maxKrw)}`;
}
