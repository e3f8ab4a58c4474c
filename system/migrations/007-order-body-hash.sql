-- What an order was asked for with, so that its id cannot be used for another one. Null where nobody asked by HTTP (a loaded
-- history) and for orders from before; those are compared by their lines and way of payment.
ALTER TABLE orders ADD COLUMN body_hash bytea;
