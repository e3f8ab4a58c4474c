-- What the shop tells single customers. Ids are UUIDv7 of the shop's time, so they are in the order of created_at. No key to
-- customers, for the reasons of orders.
CREATE TABLE notifications (
  id uuid PRIMARY KEY,
  customer_id integer NOT NULL,
  content jsonb NOT NULL CHECK (content ? 'kind'),
  created_at timestamptz NOT NULL,
  read_at timestamptz
) WITH (fillfactor = 90);
CREATE INDEX notifications_customer ON notifications (customer_id, id DESC);
CREATE INDEX notifications_unread ON notifications (customer_id) WHERE read_at IS NULL;

-- How far each of them has come on each channel.
CREATE TABLE notification_deliveries (
  notification_id uuid NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
  channel text NOT NULL CHECK (channel IN ('socket')),
  customer_id integer NOT NULL,
  state text NOT NULL CHECK (state IN ('pending', 'shown')),
  shown_at timestamptz,
  -- The tab that shows it; null where it was read in the list before any alert.
  screen_id uuid,
  PRIMARY KEY (notification_id, channel),
  CHECK ((state = 'shown') = (shown_at IS NOT NULL))
) WITH (fillfactor = 90);
CREATE INDEX notification_deliveries_pending ON notification_deliveries (customer_id, channel, notification_id DESC)
  WHERE state = 'pending';

CREATE VIEW audit.notifications AS
  SELECT n.id, n.customer_id, n.content ->> 'kind' AS kind, (n.content -> 'coupon' ->> 'id')::uuid AS coupon_id, n.created_at,
         n.read_at, d.channel, d.state AS delivery_state
    FROM notifications n LEFT JOIN notification_deliveries d ON d.notification_id = n.id;
