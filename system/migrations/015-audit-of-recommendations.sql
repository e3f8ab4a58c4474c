-- The lists of customers for a rehearsal's audit; the one for everybody is left out.
CREATE VIEW audit.recommendations AS
  SELECT customer_id, kind, made_at, reflects_action_id, product_ids FROM recommendations WHERE customer_id <> 0;
