// What the rules must know of the shop beyond what people tell: carts, purchases, stock and names come from the shop's own tables,
// because a coupon is not given for what somebody merely says. Each question is one statement for all who are asked about.
import { createLRU } from 'lru.min';
import { listRequest } from '../catalog/rules.ts';
import { wordsQuery } from '../catalog/search/words-query.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import type { CartLine, Purchase } from './rule.ts';

const PURCHASES_READ = 5;
/** Of what a text finds so many say what it is about. */
const FOUND_LOOKED_AT = 50;
const TEXTS_REMEMBERED = 10_000;
/** Of a product that thousands wish for. */
const WISHERS_MOST = 500;

/** What is left of a product. */
export type StockFact = { productId: number; stockCount: number };
export type ProductFact = StockFact & { name: string };

export type Facts = {
  /** Everybody's cart that is not empty. */
  carts(customerIds: readonly number[]): Promise<Map<number, CartLine[]>>;
  /** The newest purchases of each who has any, newest first. */
  purchases(customerIds: readonly number[]): Promise<Map<number, Purchase[]>>;
  /** Products that can be had or could until they were sold out. */
  products(productIds: readonly number[]): Promise<ProductFact[]>;
  /** People who wish for each of the products; of many, those who did last. */
  wishersOf(productIds: readonly number[]): Promise<Map<number, number[]>>;
  categories(): Promise<Map<number, string>>;
  /** The category that most of what a text finds is in; texts that find nothing are left out. */
  categoriesOfTexts(texts: readonly string[]): Promise<ReadonlyMap<string, number>>;
};

const CARTS = `
  SELECT line.customer_id AS "customerId", line.product_id AS "productId", product.category_id AS "categoryId",
         line.quantity, product.price_krw AS "unitPriceKrw"
    FROM cart_lines AS line
    JOIN products AS product ON product.id = line.product_id AND product.deleted_at IS NULL
   WHERE line.customer_id = ANY($1::integer[])
   ORDER BY line.customer_id, line.added_at, line.product_id`;

const PURCHASES = `
  SELECT asked.customer_id AS "customerId", o.id AS "orderId", o.total_krw AS "totalKrw", o.placed_at AS "placedAt",
         lines.*
    FROM unnest($1::integer[]) AS asked (customer_id),
         LATERAL (SELECT id, total_krw, placed_at FROM orders
                   WHERE customer_id = asked.customer_id AND state IN ('confirmed', 'shipped', 'delivered')
                   ORDER BY placed_at DESC LIMIT ${PURCHASES_READ}) AS o,
         LATERAL (SELECT array_agg(line.product_id) AS "productIds",
                         array_agg(DISTINCT product.category_id::integer) AS "categoryIds"
                    FROM order_lines AS line JOIN products AS product ON product.id = line.product_id
                   WHERE line.order_id = o.id) AS lines
   WHERE lines."productIds" IS NOT NULL
   ORDER BY o.placed_at DESC`;

const PRODUCTS = `
  SELECT id AS "productId", name, CASE WHEN sold_out THEN 0 ELSE stock_count END AS "stockCount"
    FROM products WHERE id = ANY($1::integer[]) AND deleted_at IS NULL`;

const WISHERS = `
  SELECT asked.product_id AS "productId",
         ARRAY(SELECT customer_id FROM wishes WHERE product_id = asked.product_id
                ORDER BY wished_at DESC LIMIT ${WISHERS_MOST}) AS "customerIds"
    FROM unnest($1::integer[]) AS asked (product_id)`;

const CATEGORIES_OF_TEXTS = `
  SELECT asked.text, found.category_id AS "categoryId"
    FROM unnest($1::text[], $2::text[]) AS asked (text, query),
         LATERAL (SELECT category_id
                    FROM (SELECT category_id FROM products
                           WHERE deleted_at IS NULL AND words @@ lower(asked.query)::tsquery LIMIT ${FOUND_LOOKED_AT}) AS looked_at
                   GROUP BY category_id ORDER BY count(*) DESC, category_id LIMIT 1) AS found`;

export function createFacts(database: Queryable): Facts {
  const categoryOfText = createLRU<string, number | null>({ max: TEXTS_REMEMBERED });

  async function lookUp(texts: readonly string[]): Promise<void> {
    const queries = texts.flatMap((text) => {
      const request = listRequest({ search: text });
      const words = request === 'nothing' ? null : request.words;
      return words === null ? [] : [{ text, query: wordsQuery(words, new Map()) }];
    });
    if (queries.length > 0) {
      const { rows } = await database.query<{ text: string; categoryId: number }>({
        name: 'rules-categories-of-texts',
        text: CATEGORIES_OF_TEXTS,
        values: [queries.map(({ text }) => text), queries.map(({ query }) => query)],
      });
      for (const { text, categoryId } of rows) categoryOfText.set(text, categoryId);
    }
    for (const text of texts) if (!categoryOfText.has(text)) categoryOfText.set(text, null);
  }
  return {
    async carts(customerIds) {
      if (customerIds.length === 0) return new Map();
      const { rows } = await database.query<CartLine & { customerId: number }>({
        name: 'rules-carts',
        text: CARTS,
        values: [[...customerIds]],
      });
      return Map.groupBy(rows, ({ customerId }) => customerId);
    },
    async purchases(customerIds) {
      if (customerIds.length === 0) return new Map();
      const { rows } = await database.query<
        Omit<Purchase, 'placedMs'> & { customerId: number; placedAt: Date }
      >({ name: 'rules-purchases', text: PURCHASES, values: [[...customerIds]] });
      const purchases = rows.map(({ placedAt, ...row }) => ({ ...row, placedMs: placedAt.getTime() }));
      return Map.groupBy(purchases, ({ customerId }) => customerId);
    },
    async products(productIds) {
      if (productIds.length === 0) return [];
      const { rows } = await database.query<ProductFact>({
        name: 'rules-products',
        text: PRODUCTS,
        values: [[...productIds]],
      });
      return rows;
    },
    async wishersOf(productIds) {
      if (productIds.length === 0) return new Map();
      const { rows } = await database.query<{ productId: number; customerIds: number[] }>({
        name: 'rules-wishers',
        text: WISHERS,
        values: [[...productIds]],
      });
      return new Map(rows.map(({ productId, customerIds }) => [productId, customerIds]));
    },
    async categories() {
      const { rows } = await database.query<{ id: number; name: string }>({
        name: 'rules-categories',
        text: 'SELECT id, name FROM categories ORDER BY id',
      });
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async categoriesOfTexts(texts) {
      const unknown = [...new Set(texts)].filter((text) => !categoryOfText.has(text));
      if (unknown.length > 0) await lookUp(unknown);
      return new Map(
        texts.flatMap((text) => {
          const categoryId = categoryOfText.get(text);
          return categoryId == null ? [] : [[text, categoryId]];
        }),
      );
    },
  };
}
