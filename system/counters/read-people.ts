// Reads from the database who belongs to a counter, where Redis does not hold it: many counters of one kind in one statement.
import type { Queryable } from '../platform/postgres/postgres.ts';
import { partsOf } from './keys.ts';

/** The people of each of these counters; one is left out when there is nothing that it could count, as of an unknown product or coupon. */
export type ReadPeople = (keys: readonly string[]) => Promise<Map<string, readonly number[]>>;

/** Orders that stand: whose buyer has the product, or will. */
const BOUGHT = `
  SELECT product.id, array_agg(DISTINCT orders.customer_id) FILTER (WHERE orders.id IS NOT NULL) AS people
    FROM products AS product
    LEFT JOIN order_lines AS line ON line.product_id = product.id
    LEFT JOIN orders ON orders.id = line.order_id AND orders.state IN ('confirmed', 'shipped', 'delivered')
   WHERE product.id = ANY($1::int[])
   GROUP BY product.id`;

const IN_CART = `
  SELECT product.id, array_agg(line.customer_id) FILTER (WHERE line.customer_id IS NOT NULL) AS people
    FROM products AS product
    LEFT JOIN cart_lines AS line ON line.product_id = product.id
   WHERE product.id = ANY($1::int[])
   GROUP BY product.id`;

const COUPON = `
  SELECT definition.id, array_agg(DISTINCT coupon.customer_id) FILTER (WHERE coupon.id IS NOT NULL) AS people
    FROM coupon_definitions AS definition
    LEFT JOIN coupons AS coupon ON coupon.definition_id = definition.id AND coupon.order_id IS NOT NULL
   WHERE definition.id = ANY($1::int[])
   GROUP BY definition.id`;

const STATEMENTS: Readonly<Record<string, { name: string; text: string }>> = {
  bought: { name: 'counters-bought', text: BOUGHT },
  inCart: { name: 'counters-in-cart', text: IN_CART },
  coupon: { name: 'counters-coupon', text: COUPON },
};

export function createReadPeople(database: Queryable): ReadPeople {
  return async (keys) => {
    const people = new Map<string, readonly number[]>();
    for (const [kind, some] of Map.groupBy(keys, (key) => partsOf(key).kind)) {
      const statement = STATEMENTS[kind];
      if (statement === undefined) continue;
      const { rows } = await database.query<{ id: number; people: number[] | null }>({
        ...statement,
        values: [some.map((key) => partsOf(key).id)],
      });
      for (const row of rows) people.set(`${kind}:${row.id}`, row.people ?? []);
    }
    return people;
  };
}
