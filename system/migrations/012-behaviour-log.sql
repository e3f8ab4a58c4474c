-- The behaviour log, a partition for each day in UTC, so that old days leave by dropping a table and looking up what is new
-- reads new days only. Ids are unique by themselves: an action's time follows from its id.

ALTER TABLE behaviour_actions RENAME TO behaviour_actions_before;
ALTER INDEX behaviour_actions_pkey RENAME TO behaviour_actions_before_pkey;
ALTER INDEX behaviour_actions_customer RENAME TO behaviour_actions_before_customer;

-- Append-only. The target is a product, category or coupon by its id, or a text that was searched for.
CREATE TABLE behaviour_actions (
  id uuid NOT NULL,
  customer_id integer NOT NULL,
  action text NOT NULL CHECK (action IN
    ('click', 'hover', 'cart-create', 'cart-cancel', 'cart-modify-plus', 'cart-modify-minus', 'order-create',
     'order-cancel', 'coupon-create', 'coupon-use', 'search')),
  target_type text NOT NULL CHECK (target_type IN ('product', 'category', 'coupon', 'text')),
  target_id integer,
  target_text text,
  acted_at timestamptz NOT NULL,
  CHECK ((target_type = 'text') = (target_text IS NOT NULL)),
  CHECK ((target_type = 'text') = (target_id IS NULL)),
  -- A partitioned table's key must hold the time.
  PRIMARY KEY (id, acted_at)
) PARTITION BY RANGE (acted_at);

-- Newest first by each thing that an operator asks for; a text is found by its words, cut as the catalogue's.
CREATE INDEX behaviour_actions_time ON behaviour_actions (acted_at DESC, id DESC);
CREATE INDEX behaviour_actions_customer ON behaviour_actions (customer_id, acted_at DESC, id DESC);
CREATE INDEX behaviour_actions_action ON behaviour_actions (action, acted_at DESC, id DESC);
CREATE INDEX behaviour_actions_target ON behaviour_actions (target_type, target_id, acted_at DESC, id DESC)
  WHERE target_id IS NOT NULL;
CREATE INDEX behaviour_actions_words ON behaviour_actions USING gin (product_words(target_text, '{}'))
  WHERE target_text IS NOT NULL;

-- Makes the partitions of these days, both inclusive, that are missing. Attached, not created in place, so that nobody who
-- writes or reads waits; whoever makes the same at the same time waits for the first.
CREATE FUNCTION behaviour_create_days(first date, last date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  day date;
  partition text;
  made integer := 0;
BEGIN
  FOR day IN SELECT generate_series(first, last, '1 day')::date LOOP
    partition := 'behaviour_actions_' || to_char(day, 'YYYYMMDD');
    -- From the table, not by to_regclass, which goes on believing that there is none after the wait.
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE relname = partition AND relnamespace = current_schema()::regnamespace);
    PERFORM pg_advisory_xact_lock(hashtext('behaviour_days'));
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE relname = partition AND relnamespace = current_schema()::regnamespace);
    EXECUTE format('CREATE TABLE %I (LIKE behaviour_actions INCLUDING CONSTRAINTS)', partition);
    EXECUTE format('ALTER TABLE behaviour_actions ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition,
                   to_char(day, 'YYYY-MM-DD') || 'T00:00:00Z', to_char(day + 1, 'YYYY-MM-DD') || 'T00:00:00Z');
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;

-- The days before this one leave the log. Takes the whole table for a moment: whoever calls it bounds its waiting.
CREATE FUNCTION behaviour_drop_days_before(first_kept date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  old record;
  dropped integer := 0;
BEGIN
  FOR old IN
    SELECT inhrelid::regclass AS partition
      FROM pg_inherits
      JOIN pg_class ON pg_class.oid = inhrelid
     WHERE inhparent = 'behaviour_actions'::regclass
       AND relname < 'behaviour_actions_' || to_char(first_kept, 'YYYYMMDD')
  LOOP
    EXECUTE format('DROP TABLE %s', old.partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

SELECT behaviour_create_days(min(acted_at AT TIME ZONE 'UTC')::date, max(acted_at AT TIME ZONE 'UTC')::date)
  FROM behaviour_actions_before;
INSERT INTO behaviour_actions SELECT * FROM behaviour_actions_before;
DROP TABLE behaviour_actions_before;
