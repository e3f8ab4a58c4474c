// SQL of what arrives. One statement stores a batch, so it is stored whole or not at all; what came before is left as it is.
import { emailSubject } from '../customers/rules.ts';
import { PASSWORD_PROVIDER } from '../customers/store.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import type { ProductArrival, UserArrival } from './messages.ts';

/**
 * Stores arrivals in their order and tells how many of them were new. Of two with one id the first is stored, whether they
 * come in one batch or in two, at once or by two consumers.
 */
export type StoreArrivals<Arrival> = (arrivals: readonly Arrival[]) => Promise<number>;

// The shop's number is taken in the order of the messages, so that what came later is newer in every list.
const STORE_PRODUCTS = `
  WITH given AS (
    SELECT DISTINCT ON (id) *
      FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
             id uuid, "categoryId" integer, name text, description text, tags text[], "priceKrw" integer,
             "listPriceKrw" integer, "stockCount" integer, image text, "registeredAt" timestamptz
           )) WITH ORDINALITY AS message (
             id, category_id, name, description, tags, price_krw, list_price_krw, stock_count, image, registered_at, place)
     ORDER BY id, place
  ), arrived AS (
    INSERT INTO product_arrivals (id, product_id)
    SELECT id, nextval(pg_get_serial_sequence('products', 'id')) FROM (SELECT id FROM given ORDER BY place) AS in_order
        ON CONFLICT (id) DO NOTHING
    RETURNING id, product_id
  )
  INSERT INTO products (id, category_id, name, description, tags, price_krw, list_price_krw, stock_count, stocked_count,
                        image, registered_at)
  SELECT product_id, category_id, name, description, tags, price_krw, list_price_krw, stock_count, stock_count,
         image, registered_at
    FROM arrived JOIN given USING (id)`;

const STORE_USERS = `
  WITH given AS (
    SELECT DISTINCT ON (id) *
      FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
             id uuid, email text, subject text, "passwordHash" text, name text, nickname text, gender text,
             "birthYear" integer, region text, status text, "marketingConsent" boolean, "registeredAt" timestamptz
           )) WITH ORDINALITY AS message (
             id, email, subject, secret_hash, name, nickname, gender, birth_year, region, status, marketing_consent,
             created_at, place)
     ORDER BY id, place
  ), arrived AS (
    INSERT INTO user_arrivals (id, customer_id)
    SELECT id, nextval(pg_get_serial_sequence('customers', 'id')) FROM (SELECT id FROM given ORDER BY place) AS in_order
        ON CONFLICT (id) DO NOTHING
    RETURNING id, customer_id
  ), person AS (
    INSERT INTO customers (id, name, nickname, gender, birth_year, region, email, status, marketing_consent, created_at)
    SELECT customer_id, name, nickname, gender, birth_year, region, email, status, marketing_consent, created_at
      FROM arrived JOIN given USING (id)
  )
  INSERT INTO sign_in_identities (customer_id, provider, subject, secret_hash)
  SELECT customer_id, $2, subject, secret_hash FROM arrived JOIN given USING (id)`;

/** Stores products; their categories must exist. */
export function createStoreProducts(database: Queryable): StoreArrivals<ProductArrival> {
  return async (arrivals) => {
    const values = [JSON.stringify(arrivals)];
    const { rowCount } = await database.query({ name: 'intake-products', text: STORE_PRODUCTS, values });
    return rowCount ?? 0;
  };
}

/** Stores people, each with the identity that their e-mail signs in; it must be nobody's. */
export function createStoreUsers(database: Queryable): StoreArrivals<UserArrival> {
  return async (arrivals) => {
    const people = arrivals.map((arrival) => ({ ...arrival, subject: emailSubject(arrival.email) }));
    const values = [JSON.stringify(people), PASSWORD_PROVIDER];
    const { rowCount } = await database.query({ name: 'intake-users', text: STORE_USERS, values });
    return rowCount ?? 0;
  };
}
