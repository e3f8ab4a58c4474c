// The tables that a data set is loaded into, column by column, in the order COPY takes them. What is not listed has a
// default. Identity columns accept given values; after a load, call `SELECT shop_reset_sequences()`.
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
  refresh_tokens: ['token_hash', 'customer_id', 'expires_at'],
} as const satisfies Record<string, readonly string[]>;

export type LoadedTable = keyof typeof LOADED_TABLES;

/** Refresh tokens are stored as the SHA-256 of their text, never as themselves. */
export const REFRESH_TOKEN_HASH = 'sha256';

/**
 * Passwords are stored as `scrypt$N$r$p$SALT$HASH` with SALT and HASH in base64url (32-byte hash), made by Node's
 * crypto.scrypt.
 */
export const PASSWORD_HASH_FORMAT = 'scrypt';

/** Cost of a password hash (OWASP's smallest equivalent in memory); seeded hashes should have the same. */
export const PASSWORD_HASH_COST = { N: 16_384, r: 8, p: 5 } as const;

/**
 * Views of schema `audit`, read by a rehearsal's audit after a run:
 * - `audit.orders(id uuid, customer_id, state, rejection_reason, total_krw, placed_at, resolved_at)`
 * - `audit.order_sums(order_id, total_krw, lines_krw, adjustments_krw, tenders_krw, line_count)`; computed from the rows.
 *   tenders_krw = Σ approved tenders: the money the shop holds, 0 for rejected orders and refunded payments
 * - `audit.order_lines(order_id, product_id, quantity, unit_price_krw)`
 * - `audit.stock(product_id, stocked_count, stock_count, held_count, order_count)`; held_count = Σ quantity of lines
 *   of orders that hold stock (not rejected, cancelled or refunded)
 * - `audit.customer_orders(customer_id, last_ordered_at, last_confirmed_placed_at)`; from the customer row, and from
 *   their orders that were ever confirmed
 */
export const AUDIT_SCHEMA = 'audit';
