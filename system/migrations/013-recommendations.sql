-- The lists of recommendations as they were made, a partition for each hour in UTC, so that old ones leave by dropping a table.
-- Customer 0 stands for everybody. Append-only; the newest of a customer and kind is the one that is read.
CREATE TABLE recommendations (
  customer_id integer NOT NULL,
  kind text NOT NULL CHECK (kind IN
    ('category', 'discounts', 'viewed', 'for-you', 'trending', 'bought-together')),
  made_at timestamptz NOT NULL,
  -- The newest action that it takes into account.
  reflects_action_id uuid,
  product_ids integer[] NOT NULL
) PARTITION BY RANGE (made_at);

CREATE INDEX recommendations_newest ON recommendations (customer_id, kind, made_at DESC);

-- Makes the partitions of these hours, both inclusive, that are missing; as behaviour_create_days.
CREATE FUNCTION recommendations_create_hours(first timestamptz, last timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  hour timestamptz;
  partition text;
  made integer := 0;
BEGIN
  FOR hour IN SELECT generate_series(first, last, '1 hour') LOOP
    partition := 'recommendations_' || to_char(hour AT TIME ZONE 'UTC', 'YYYYMMDDHH24');
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE relname = partition AND relnamespace = current_schema()::regnamespace);
    PERFORM pg_advisory_xact_lock(hashtext('recommendations_hours'));
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE relname = partition AND relnamespace = current_schema()::regnamespace);
    EXECUTE format('CREATE TABLE %I (LIKE recommendations INCLUDING CONSTRAINTS)', partition);
    EXECUTE format('ALTER TABLE recommendations ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition,
                   hour, hour + interval '1 hour');
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;

-- The hours before this one go. Takes the whole table for a moment: whoever calls it bounds its waiting.
CREATE FUNCTION recommendations_drop_hours_before(first_kept timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  old record;
  dropped integer := 0;
BEGIN
  FOR old IN
    SELECT inhrelid::regclass AS partition
      FROM pg_inherits
      JOIN pg_class ON pg_class.oid = inhrelid
     WHERE inhparent = 'recommendations'::regclass
       AND relname < 'recommendations_' || to_char(first_kept AT TIME ZONE 'UTC', 'YYYYMMDDHH24')
  LOOP
    EXECUTE format('DROP TABLE %s', old.partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;
