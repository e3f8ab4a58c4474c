-- Of those who wished for a product, the ones who did so last are told first.
DROP INDEX wishes_product;
CREATE INDEX wishes_product ON wishes (product_id, wished_at DESC);
