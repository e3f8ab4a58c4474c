// The tables that a data set is loaded into, column by column, in the order COPY takes them. What is not listed has a
// default. Identity columns accept given values; after a load, call `SELECT shop_reset_sequences()`. behaviour_actions has a
// partition for each day in UTC: before a load, call `SELECT behaviour_create_days(first, last)`. Coupons on everything are given by
// `SELECT coupons_give(name, ten-thousandths of the price, valid for ms, now, customer ids)`.
export const LOADED_TABLES = {
  categories: ['id', 'name'],
  products: [
    'id',
    'category_id',
    'name',
    'description',
    'tags',
    'price_krw',
    'list_price_krw',
    'stock_count',
    'stocked_count',
    'order_count',
    'sold_out',
    'image',
    'registered_at',
  ],
  customers: [
    'id',
    'name',
    'nickname',
    'gender',
    'birth_year',
    'region',
    'email',
    'status',
    'marketing_consent',
    'grade',
    'roles',
    'points',
    'created_at',
    'last_ordered_at',
  ],
  sign_in_identities: ['customer_id', 'provider', 'subject', 'secret_hash'],
  // token_hash is the SHA-256 of the token's text, never the token itself.
  refresh_tokens: ['token_hash', 'customer_id', 'expires_at'],
  orders: [
    'id',
    'customer_id',
    'state',
    'payment_method',
    'total_krw',
    'placed_at',
    'resolved_at',
    'cancelled_at',
  ],
  order_lines: ['order_id', 'product_id', 'quantity', 'unit_price_krw'],
  order_adjustments: ['order_id', 'type', 'amount_krw'],
  order_tenders: ['order_id', 'method', 'amount_krw', 'state'],
  grade_changes: ['customer_id', 'changed_at', 'from_grade', 'to_grade'],
  behaviour_actions: ['id', 'customer_id', 'action', 'target_type', 'target_id', 'target_text', 'acted_at'],
} as const satisfies Record<string, readonly string[]>;

export type LoadedTable = keyof typeof LOADED_TABLES;

/** The actions of the behaviour log (docs/shop-rules.md "Behaviour log"), as they stand in `behaviour_actions.action`. */
export const BEHAVIOUR_ACTIONS = [
  'click',
  'hover',
  'cart-create',
  'cart-cancel',
  'cart-modify-plus',
  'cart-modify-minus',
  'order-create',
  'order-cancel',
  'coupon-create',
  'coupon-use',
  'search',
] as const;

export type BehaviourAction = (typeof BEHAVIOUR_ACTIONS)[number];

/**
 * Domain of the e-mails of every account that a data set brings; nobody can own it (RFC 2606). Their password and refresh
 * tokens are public, so the shop serves a database that holds one on loopback only: SHOP_ALLOW_SEEDED_ACCOUNTS.
 */
export const SEEDED_ACCOUNTS_DOMAIN = 'stampede.example';

/** `memory` in KiB, `passes` over it, `parallelism` in lanes, as node:crypto's argon2 has them. */
export type PasswordHashCost = Readonly<{ memory: number; passes: number; parallelism: number }>;

/** Of a new password's argon2id hash; seeded hashes should have the same. OWASP's least: 19 MiB, two passes, one lane. */
export const PASSWORD_HASH_COST: PasswordHashCost = { memory: 19_456, passes: 2, parallelism: 1 };

export const PASSWORD_HASH_BYTES = 32;

/** What stands before salt and hash where both were made at the shop's own cost. */
export const PASSWORD_HASH_PREFIX = `$argon2id$v=19$m=${PASSWORD_HASH_COST.memory},t=${PASSWORD_HASH_COST.passes},p=${PASSWORD_HASH_COST.parallelism}$`;

/** The PHC string in which a password of that cost is stored: salt and hash (PASSWORD_HASH_BYTES) in base64 without padding. */
export function passwordHashText(salt: Buffer, hash: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `${PASSWORD_HASH_PREFIX}${text(salt)}$${text(hash)}`;
}

/*
 * Views of schema `audit`, read by a rehearsal's audit after a run:
 * - `audit.orders(id uuid, customer_id, state, rejection_reason, total_krw, placed_at, resolved_at, coupon_id uuid)`; coupon_id is the
 *   coupon that it was asked for with, whatever became of it
 * - `audit.order_sums(order_id, total_krw, lines_krw, adjustments_krw, tenders_krw, line_count)`; computed from the rows.
 *   tenders_krw = Σ approved tenders: the money the shop holds, 0 for rejected orders and refunded payments
 * - `audit.order_lines(order_id, product_id, quantity, unit_price_krw)`
 * - `audit.stock(product_id, stocked_count, stock_count, held_count, order_count)`; held_count = Σ quantity of lines
 *   of orders that hold stock (not rejected, cancelled or refunded)
 * - `audit.customer_orders(customer_id, last_ordered_at, last_confirmed_placed_at)`; from the customer row, and from
 *   their orders that were ever confirmed
 * - `audit.customers(customer_id, email, name, nickname, gender, birth_year, region, marketing_consent, created_at,
 *   sign_ins)`; sign_ins lists the identities that have a secret as `PROVIDER:SUBJECT`
 * - `audit.actions(id, customer_id, action, target_type, target, acted_at)`; target is an id or the searched text, as text
 * - `audit.coupons(coupon_id, customer_id, definition_id, scope, target_id, rate_ten_thousandths, amount_krw, created_at,
 *   expires_at, used_at, order_id)`; order_id is the order that has it. scope is `all`, `category` or `product`
 * - `audit.order_coupons(order_id, coupon_id, discount_krw, grade_discount_krw, lines_krw, covered_krw)`; orders that were asked
 *   for with a coupon or hold an adjustment of one. discount_krw: what was taken off for it, null for nothing; covered_krw: its lines
 * - `audit.recommendations(customer_id, kind, made_at, reflects_action_id, product_ids)`; all that were stored, but those for everybody
 * - `audit.notifications(id, customer_id, kind, coupon_id, created_at, read_at, channel, delivery_state)`; a row for each channel
 * - `audit.rule_coupons(coupon_id, customer_id, rule, created_at)`; those that the shop's rules gave
 */

/*
 * Views of schema `analysis`, for analysts and dashboards; days are Seoul's:
 * - `analysis.orders_per_day(day, order_count, revenue_krw, buyer_count, cancelled_count)`
 * - `analysis.orders_per_hour(hour, order_count)`
 * - `analysis.cohort_retention(cohort_month, months_after, customer_count, cohort_size, retention_ratio)`
 * - `analysis.grade_moves(week, from_grade, to_grade, customer_count)`
 * - `analysis.sales_by_category(month, category, order_count, quantity, revenue_krw)`
 * - `analysis.sales_by_region(month, region, order_count, buyer_count, revenue_krw)`
 * - `analysis.sign_ups_per_day(day, customer_count)`
 */
