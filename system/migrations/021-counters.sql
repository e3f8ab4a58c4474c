-- Who bought a product and who has it in the cart is asked by product, for the live counters.
CREATE INDEX order_lines_product ON order_lines (product_id);
CREATE INDEX cart_lines_product ON cart_lines (product_id);
