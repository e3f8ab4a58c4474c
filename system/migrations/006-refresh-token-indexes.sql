-- For the sweep of expired refresh tokens, and for finding those of one customer (also when a customer's row is deleted).

CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);
CREATE INDEX refresh_tokens_customer ON refresh_tokens (customer_id);
