-- Where a customer's orders go: one address for each, read when they check out. A table of its own, because orders read customers
-- with every batch and never this.
CREATE TABLE customer_addresses (
  customer_id integer PRIMARY KEY REFERENCES customers (id),
  recipient text NOT NULL,
  phone text NOT NULL,
  postcode text NOT NULL,
  street text NOT NULL,
  detail text NOT NULL,
  changed_at timestamptz NOT NULL
);
