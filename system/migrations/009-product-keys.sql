-- The names by which the owner of a catalogue tells its products apart (a SKU), for importing the same catalogue again. A table
-- of its own, because the shop's orders never read it and products is the hottest table there is.

CREATE TABLE product_keys (
  key text PRIMARY KEY,
  product_id integer NOT NULL UNIQUE REFERENCES products (id),
  -- Where the product last came from.
  file text NOT NULL,
  line integer NOT NULL
);
