// The SQL of what customers see of their coupons: the list, and what a quote needs. Every statement is bound to their owner.
import type { Grade } from '../contract/common.ts';
import type { CouponSource, CouponState, CouponView } from '../contract/coupons.ts';
import type { OrderLine } from '../contract/orders.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import { type CouponLine, type CouponTerms, couponState } from './rules.ts';
import { TERM_COLUMNS, type TermColumns, termsOf } from './terms.ts';

type CouponRow = TermColumns & {
  id: string;
  definitionId: number;
  name: string;
  source: CouponSource;
  targetName: string | null;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  orderId: string | null;
};

const LIST = `
  SELECT c.id, c.definition_id AS "definitionId", d.name, d.source, ${TERM_COLUMNS},
         CASE d.scope WHEN 'category' THEN (SELECT name FROM categories WHERE id = d.target_id)
                      WHEN 'product' THEN (SELECT name FROM products WHERE id = d.target_id) END AS "targetName",
         c.created_at AS "createdAt", c.expires_at AS "expiresAt", c.used_at AS "usedAt", c.order_id AS "orderId"
    FROM coupons c JOIN coupon_definitions d ON d.id = c.definition_id
   WHERE c.customer_id = $1
     AND ($2::text IS NULL
          OR $2 = CASE WHEN c.order_id IS NOT NULL THEN 'used' WHEN c.expires_at <= $3 THEN 'expired' ELSE 'usable' END)
   ORDER BY c.created_at DESC, c.id DESC LIMIT $4 OFFSET $5`;

/** One page of a customer's coupons, newest first; `state` null: whatever they are at `at`. */
export async function listCoupons(
  connection: Queryable,
  customerId: number,
  { state, at, limit, offset }: { state: CouponState | null; at: Date; limit: number; offset: number },
): Promise<CouponView[]> {
  const { rows } = await connection.query<CouponRow>({
    name: 'coupons-list',
    text: LIST,
    values: [customerId, state, at, limit, offset],
  });
  return rows.map((row) => viewOf(row, at));
}

function viewOf(row: CouponRow, at: Date): CouponView {
  const { scope, targetId, tenThousandths, amountKrw, createdAt, expiresAt, usedAt, ...rest } = row;
  return {
    ...rest,
    ...termsOf({ scope, targetId, tenThousandths, amountKrw }),
    state: couponState(row, at),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  };
}

/** A usable coupon that covers one of the lines. */
export type Candidate = CouponTerms & { id: string; definitionId: number; name: string; expiresAt: Date };

export type QuoteFacts = {
  buyer: { grade: Grade; region: string };
  lines: CouponLine[];
  candidates: Candidate[];
};

type QuoteRow = {
  grade: Grade;
  region: string;
  products: { id: number; categoryId: number; priceKrw: number }[];
  coupons: (TermColumns & Omit<Candidate, 'scope' | 'benefit' | 'expiresAt'> & { expiresAt: string })[];
};

/** More usable coupons than this nobody is quoted; those that expire first are. */
const MAX_CANDIDATES = 500;

const QUOTE = `
  WITH ordered AS MATERIALIZED (
    SELECT id, category_id AS "categoryId", price_krw AS "priceKrw"
      FROM products WHERE id = ANY($2::int[]) AND deleted_at IS NULL
  ), held AS (
    SELECT c.id, c.definition_id AS "definitionId", d.name, c.expires_at AS "expiresAt", ${TERM_COLUMNS}
      FROM coupons c JOIN coupon_definitions d ON d.id = c.definition_id
     WHERE c.customer_id = $1 AND c.order_id IS NULL AND c.expires_at > $3
       AND CASE d.scope WHEN 'product' THEN d.target_id IN (SELECT id FROM ordered)
                        WHEN 'category' THEN d.target_id IN (SELECT "categoryId" FROM ordered)
                        ELSE true END
     ORDER BY c.expires_at, c.id LIMIT ${MAX_CANDIDATES}
  )
  SELECT grade, region, (SELECT coalesce(json_agg(p), '[]') FROM ordered p) AS products,
         (SELECT coalesce(json_agg(h), '[]') FROM held h) AS coupons
    FROM customers WHERE id = $1`;

/** Reads what a quote needs, in one round trip; undefined when there is no such customer. */
export async function readQuoteFacts(
  connection: Queryable,
  customerId: number,
  wanted: readonly OrderLine[],
  at: Date,
): Promise<QuoteFacts | undefined> {
  const { rows } = await connection.query<QuoteRow>({
    name: 'coupons-quote',
    text: QUOTE,
    values: [customerId, wanted.map(({ productId }) => productId), at],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  const products = new Map(row.products.map((product) => [product.id, product]));
  return {
    buyer: { grade: row.grade, region: row.region },
    lines: wanted.map(({ productId, quantity }) => {
      const product = products.get(productId);
      return {
        productId,
        quantity,
        categoryId: product?.categoryId ?? null,
        unitPriceKrw: product?.priceKrw ?? 0,
      };
    }),
    candidates: row.coupons.map(({ id, definitionId, name, expiresAt, ...terms }) => ({
      id,
      definitionId,
      name,
      expiresAt: new Date(expiresAt),
      ...termsOf(terms),
    })),
  };
}
