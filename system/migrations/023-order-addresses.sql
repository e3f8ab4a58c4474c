-- Where an order goes: its customer's address as it was when the order was decided, whatever becomes of that address. Null where the
-- customer had given none, for rejected orders, which go nowhere, and for orders from before.
ALTER TABLE orders ADD COLUMN delivery_address jsonb;
