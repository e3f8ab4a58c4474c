-- Wish lists: products that somebody means to come back to.
CREATE TABLE wishes (
  customer_id integer NOT NULL REFERENCES customers (id),
  product_id integer NOT NULL REFERENCES products (id),
  wished_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, product_id)
);
-- Who is to hear of a product.
CREATE INDEX wishes_product ON wishes (product_id, customer_id);

-- Adds one wish in one round trip. The lock is as that of set_cart_line: no number of simultaneous requests gets past the limit.
CREATE FUNCTION add_wish(the_customer_id integer, the_product_id integer, the_time timestamptz, max_wishes integer)
  RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM products WHERE id = the_product_id AND deleted_at IS NULL) THEN
    RETURN 'unknown-product';
  END IF;
  PERFORM pg_advisory_xact_lock('wishes'::regclass::oid::integer, the_customer_id);
  IF EXISTS (SELECT FROM wishes WHERE customer_id = the_customer_id AND product_id = the_product_id) THEN
    RETURN 'added';
  END IF;
  -- Those that are not shown any more do not count.
  IF (SELECT count(*) FROM wishes w JOIN products p ON p.id = w.product_id AND p.deleted_at IS NULL
       WHERE w.customer_id = the_customer_id) >= max_wishes THEN
    RETURN 'wishes-full';
  END IF;
  INSERT INTO wishes (customer_id, product_id, wished_at) VALUES (the_customer_id, the_product_id, the_time);
  RETURN 'added';
END $$;
