// SQL of the notifications: stored with what each channel has made of them, claimed by the screen that shows them, read, and let go
// when they are old. Every statement that answers a customer is bound to that customer.
import { UUID, V7Generator } from 'uuidv7';
import {
  MAX_NOTIFICATIONS_GIVEN,
  MAX_UNREAD_COUNTED,
  NOTIFICATION_CHANNELS,
  type Notification,
  type NotificationContent,
} from '../contract/notifications.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';

export type NewNotification = { customerId: number; content: NotificationContent };
export type AddressedNotification = { customerId: number; notification: Notification };

/** A screen that asks whether it is the one to show a notification. */
export type Claim = { customerId: number; screenId: string; id: string };

export type NotificationStore = {
  /**
   * Stores them, pending on every channel, in the caller's transaction: they are there if what they tell of is. To be pushed after
   * the commit.
   */
  add(client: Queryable, added: readonly NewNotification[], at: Date): Promise<AddressedNotification[]>;
  /** Newest first, behind `before` or from the top. */
  page(customerId: number, before: string | null, limit: number): Promise<Notification[]>;
  /** At most MAX_UNREAD_COUNTED. */
  unreadCount(customerId: number): Promise<number>;
  /** Marks as read; gives the ids that were unread. Whatever was read is not shown as an alert any more. */
  read(customerId: number, ids: readonly string[], at: Date): Promise<string[]>;
  /** What no screen has shown yet, of each of these customers the newest, oldest first. */
  pendingOf(customerIds: readonly number[]): Promise<AddressedNotification[]>;
  /** Of these claims those that are the screen's: it claimed first, now or before. */
  claim(claims: readonly Claim[], at: Date): Promise<Pick<Claim, 'screenId' | 'id'>[]>;
  /** Lets at most `count` go that were made before; gives how many there were. */
  removeBefore(before: Date, count: number): Promise<number>;
};

const ADD = `
  WITH added AS (SELECT * FROM unnest($1::uuid[], $2::integer[], $3::text[]) AS added (id, customer_id, content)),
       stored AS (INSERT INTO notifications (id, customer_id, content, created_at)
                  SELECT id, customer_id, content::jsonb, $4 FROM added)
  INSERT INTO notification_deliveries (notification_id, channel, customer_id, state)
  SELECT id, channel, customer_id, 'pending' FROM added, unnest($5::text[]) AS channel`;

const COLUMNS = `id, content, created_at AS "createdAt", read_at AS "readAt"`;

const PAGE = `
  SELECT ${COLUMNS} FROM notifications
   WHERE customer_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`;

const UNREAD = `
  SELECT count(*)::integer AS count
    FROM (SELECT FROM notifications WHERE customer_id = $1 AND read_at IS NULL LIMIT ${MAX_UNREAD_COUNTED}) AS counted`;

const READ = `
  WITH unread AS (UPDATE notifications SET read_at = $3
                   WHERE customer_id = $1 AND id = ANY($2::uuid[]) AND read_at IS NULL RETURNING id),
       shown AS (UPDATE notification_deliveries SET state = 'shown', shown_at = $3
                  WHERE customer_id = $1 AND notification_id IN (SELECT id FROM unread) AND state = 'pending')
  SELECT id FROM unread`;

const PENDING_OF = `
  SELECT asked.customer_id AS "customerId", newest.*
    FROM unnest($1::integer[]) AS asked (customer_id),
         LATERAL (SELECT ${COLUMNS} FROM notifications
                   WHERE id IN (SELECT notification_id FROM notification_deliveries
                                 WHERE customer_id = asked.customer_id AND channel = 'socket' AND state = 'pending'
                                 ORDER BY notification_id DESC LIMIT ${MAX_NOTIFICATIONS_GIVEN})
                   ORDER BY id) AS newest`;

// Locked in the order of their ids, so that of two processes that claim the same neither waits for the other in turn.
const CLAIM = `
  WITH asked AS (SELECT * FROM unnest($1::integer[], $2::uuid[], $3::uuid[]) AS asked (customer_id, screen_id, notification_id)),
       open AS MATERIALIZED (
         SELECT notification_id FROM notification_deliveries
          WHERE notification_id = ANY($3::uuid[]) AND channel = 'socket' AND state = 'pending'
          ORDER BY notification_id FOR UPDATE),
       claimed AS (
         UPDATE notification_deliveries d SET state = 'shown', shown_at = $4, screen_id = asked.screen_id
           FROM asked JOIN open USING (notification_id)
          WHERE d.notification_id = asked.notification_id AND d.customer_id = asked.customer_id AND d.channel = 'socket'
         RETURNING d.notification_id, d.screen_id)
  SELECT notification_id AS id, screen_id AS "screenId" FROM claimed
  UNION
  SELECT notification_id, screen_id FROM asked JOIN notification_deliveries USING (notification_id, customer_id, screen_id)
   WHERE channel = 'socket'`;

const REMOVE = `
  DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE id < $1 ORDER BY id LIMIT $2)`;

/** Behind every id there is. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

type Row = { id: string; content: NotificationContent; createdAt: Date; readAt: Date | null };

const toNotification = ({ id, content, createdAt, readAt }: Row): Notification => ({
  id,
  content,
  createdAt: createdAt.toISOString(),
  readAt: readAt?.toISOString() ?? null,
});

export function createNotificationStore(database: Queryable): NotificationStore {
  const ids = new V7Generator();
  return {
    async add(client, added, at) {
      if (added.length === 0) return [];
      const stored = added.map(({ customerId, content }) => ({
        customerId,
        notification: {
          id: ids.generateOrResetWithTs(at.getTime()).toString(),
          content,
          createdAt: at.toISOString(),
          readAt: null,
        },
      }));
      await client.query({
        name: 'notifications-add',
        text: ADD,
        values: [
          stored.map(({ notification }) => notification.id),
          stored.map(({ customerId }) => customerId),
          stored.map(({ notification }) => JSON.stringify(notification.content)),
          at,
          [...NOTIFICATION_CHANNELS],
        ],
      });
      return stored;
    },
    async page(customerId, before, limit) {
      const { rows } = await database.query<Row>({
        name: 'notifications-page',
        text: PAGE,
        values: [customerId, before ?? LAST_ID, limit],
      });
      return rows.map(toNotification);
    },
    async unreadCount(customerId) {
      const { rows } = await database.query<{ count: number }>({
        name: 'notifications-unread',
        text: UNREAD,
        values: [customerId],
      });
      return rows[0]?.count ?? 0;
    },
    async read(customerId, readIds, at) {
      const { rows } = await database.query<{ id: string }>({
        name: 'notifications-read',
        text: READ,
        values: [customerId, [...readIds], at],
      });
      return rows.map(({ id }) => id);
    },
    async pendingOf(customerIds) {
      const { rows } = await database.query<Row & { customerId: number }>({
        name: 'notifications-pending-of',
        text: PENDING_OF,
        values: [[...customerIds]],
      });
      return rows.map(({ customerId, ...row }) => ({ customerId, notification: toNotification(row) }));
    },
    async claim(claims, at) {
      const { rows } = await database.query<Pick<Claim, 'screenId' | 'id'>>({
        name: 'notifications-claim',
        text: CLAIM,
        values: [
          claims.map(({ customerId }) => customerId),
          claims.map(({ screenId }) => screenId),
          claims.map(({ id }) => id),
          at,
        ],
      });
      return rows;
    },
    async removeBefore(before, count) {
      const firstKept = UUID.fromFieldsV7(before.getTime(), 0, 0, 0).toString();
      const { rowCount } = await database.query(REMOVE, [firstKept, count]);
      return rowCount ?? 0;
    },
  };
}
