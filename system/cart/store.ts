// SQL of carts. Every statement is bound to the cart's owner.
import { type CartView, MAX_CART_LINES } from '../contract/cart.ts';
import type { OrderLine } from '../contract/orders.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';

export type SetLineOutcome = 'set' | 'unknown-product' | 'cart-full';

export type CartStore = {
  /** Lines in the order in which they were added; products deleted since are left out. */
  lines(customerId: number): Promise<CartView['lines']>;
  /** The lines of a cart that is nobody's, in their order; products that are not there are left out. */
  quote(lines: readonly OrderLine[]): Promise<CartView['lines']>;
  setLine(line: {
    customerId: number;
    productId: number;
    quantity: number;
    at: Date;
  }): Promise<SetLineOutcome>;
  removeLine(customerId: number, productId: number): Promise<void>;
  /** Gives the products that were in it. */
  clear(customerId: number): Promise<number[]>;
};

const LINES = `
  SELECT line.product_id AS "productId", product.name, line.quantity, product.price_krw AS "unitPriceKrw",
         product.sold_out OR product.stock_count = 0 AS "soldOut", product.image
    FROM cart_lines AS line
    JOIN products AS product ON product.id = line.product_id AND product.deleted_at IS NULL
   WHERE line.customer_id = $1
   ORDER BY line.added_at, line.product_id`;

const QUOTED = `
  SELECT line.product_id AS "productId", product.name, line.quantity, product.price_krw AS "unitPriceKrw",
         product.sold_out OR product.stock_count = 0 AS "soldOut", product.image
    FROM unnest($1::int[], $2::int[]) WITH ORDINALITY AS line (product_id, quantity, position)
    JOIN products AS product ON product.id = line.product_id AND product.deleted_at IS NULL
   ORDER BY line.position`;

const SET_LINE = `SELECT set_cart_line($1, $2, $3, $4, $5) AS outcome`;

const REMOVE_LINE = `DELETE FROM cart_lines WHERE customer_id = $1 AND product_id = $2`;

const CLEAR = `DELETE FROM cart_lines WHERE customer_id = $1 RETURNING product_id AS "productId"`;

export function createCartStore(database: Queryable): CartStore {
  return {
    async lines(customerId) {
      const { rows } = await database.query<CartView['lines'][number]>({
        name: 'cart-lines',
        text: LINES,
        values: [customerId],
      });
      return rows;
    },
    async quote(lines) {
      const { rows } = await database.query<CartView['lines'][number]>({
        name: 'cart-quote',
        text: QUOTED,
        values: [lines.map(({ productId }) => productId), lines.map(({ quantity }) => quantity)],
      });
      return rows;
    },
    async setLine({ customerId, productId, quantity, at }) {
      const { rows } = await database.query<{ outcome: SetLineOutcome }>({
        name: 'cart-set-line',
        text: SET_LINE,
        values: [customerId, productId, quantity, at, MAX_CART_LINES],
      });
      const outcome = rows[0]?.outcome;
      if (outcome === undefined) throw new Error('set_cart_line gave no row, needed one with its outcome');
      return outcome;
    },
    async removeLine(customerId, productId) {
      await database.query({ name: 'cart-remove-line', text: REMOVE_LINE, values: [customerId, productId] });
    },
    async clear(customerId) {
      const { rows } = await database.query<{ productId: number }>({
        name: 'cart-clear',
        text: CLEAR,
        values: [customerId],
      });
      return rows.map(({ productId }) => productId);
    },
  };
}
