-- Products and people that come through the topics `products` and `users`, by the ids that their senders gave them: what comes
-- twice finds itself here. Tables of their own, because the shop's own statements never ask where something came from.

CREATE TABLE product_arrivals (
  id uuid PRIMARY KEY,
  product_id integer NOT NULL UNIQUE REFERENCES products (id)
);

CREATE TABLE user_arrivals (
  id uuid PRIMARY KEY,
  customer_id integer NOT NULL UNIQUE REFERENCES customers (id)
);

-- The catalogue with the arrival of each product that has one, for a rehearsal's audit.
CREATE VIEW audit.products AS
  SELECT p.id AS product_id, a.id AS arrival_id, p.category_id, p.name, p.description, p.tags, p.price_krw, p.list_price_krw,
         p.stocked_count, p.image, p.registered_at
    FROM products p
    LEFT JOIN product_arrivals a ON a.product_id = p.id;

CREATE OR REPLACE VIEW audit.customers AS
  SELECT c.id AS customer_id, c.email, c.name, c.nickname, c.gender, c.birth_year, c.region, c.marketing_consent,
         c.created_at,
         ARRAY(SELECT i.provider || ':' || i.subject
                 FROM sign_in_identities i
                WHERE i.customer_id = c.id AND i.secret_hash IS NOT NULL
                ORDER BY 1) AS sign_ins,
         c.status, a.id AS arrival_id
    FROM customers c
    LEFT JOIN user_arrivals a ON a.customer_id = c.id;
