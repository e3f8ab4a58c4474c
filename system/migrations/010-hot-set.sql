-- The newest customers, for the hot set. There is no index on last_ordered_at on purpose: with one, every order would touch
-- every index of customers instead of updating the row in place (HOT), only to spare the cache worker a scan every 50 s. Nor
-- is there one on order_count: popularity, which is indexed, never puts a product behind one with fewer orders.
CREATE INDEX customers_created ON customers (created_at, id);
