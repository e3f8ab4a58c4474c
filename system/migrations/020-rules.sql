-- What the shop's rules have given whom, and from when on they may give the same again. Written in the transaction that issues the
-- coupon and stores the notification, so that whatever comes twice, and whoever does it at the same time, gives once.
CREATE TABLE rule_firings (
  customer_id integer NOT NULL,
  rule smallint NOT NULL CHECK (rule BETWEEN 1 AND 15),
  -- What counts as the same: a target, an order, or anything.
  key text NOT NULL,
  fired_at timestamptz NOT NULL,
  -- `infinity`: never again.
  free_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, rule, key)
) WITH (fillfactor = 90);
CREATE INDEX rule_firings_free ON rule_firings (free_at) WHERE free_at <> 'infinity';

-- Coupons that rules gave, for a rehearsal's audit.
CREATE VIEW audit.rule_coupons AS
  SELECT c.id AS coupon_id, c.customer_id, d.rule, c.created_at
    FROM coupons c JOIN coupon_definitions d ON d.id = c.definition_id
   WHERE d.rule IS NOT NULL;
