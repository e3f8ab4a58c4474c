-- The behaviour log for a rehearsal's audit: `target` is the id of the thing, or the text that was searched for.
CREATE VIEW audit.actions AS
  SELECT id, customer_id, action, target_type, coalesce(target_text, target_id::text) AS target, acted_at
    FROM behaviour_actions;
