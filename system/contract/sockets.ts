// The socket (socket.io, websocket transport): what a shopper hears and may ask.
// The handshake carries `auth: { accessToken }`; the shop puts the socket into its customer's room. When the session is
// signed out the shop disconnects the socket; within a minute after the token has expired it closes the connection: connect
// again with a new token. A guest's carries `auth: { guest: true }` and the cookie of POST /visits, and has counters and nothing else.
// Refusals (`connect_error`): `not-signed-in`, no good token; `no-visit`, no cookie or one that is not of this shop: begin a visit and
// connect again; `too-many-sockets` of one person or one address; `temporarily-unavailable`.
import type { BehaviourAnswer, BehaviourReport } from './behaviour.ts';
import type { Grade } from './common.ts';
import type { CountersAnswer, CountersChanged, CountersView, CountersWatch } from './counters.ts';
import type { Notification, NotificationsShown } from './notifications.ts';
import type { OrderConflict, OrderOutcome } from './orders.ts';
import type { FreshRecommendations } from './recommendations.ts';

export const MAX_RESUME_ORDERS = 50;

/** Events from the shop to the shopper. */
export type ServerToClientEvents = {
  'order:confirmed': (outcome: OrderOutcome) => void;
  'order:rejected': (outcome: OrderOutcome) => void;
  /** An accepted request turned out to use the id of another order of theirs; that one's outcome stays as it is. */
  'order:conflict': (conflict: OrderConflict) => void;
  /** Their grade is another one from now on. */
  'grade:changed': (change: GradeChanged) => void;
  /** Lists that their own actions brought; at the next connection the newest ones are given again. */
  'recommendations:fresh': (fresh: FreshRecommendations) => void;
  /**
   * Something for them alone. All their sockets hear it, and whoever connects is given again what no screen has shown yet, so an id
   * may come more than once: see `notifications:shown`.
   */
  notification: (notification: Notification) => void;
  /** They read these on one of their screens. */
  'notifications:read': (read: { ids: string[]; unreadCount: number }) => void;
  /** New values of what the socket watches. */
  'counters:changed': (changed: CountersChanged) => void;
};

/** A promotion or demotion; `changedAt` is an RFC 3339 instant of the shop's clock. */
export type GradeChanged = { fromGrade: Grade; toGrade: Grade; changedAt: string };

/**
 * Events from the shopper to the shop. `orders:resume` asks, after a reconnect, for the stored outcomes of orders
 * still waited for (own orders only, at most MAX_RESUME_ORDERS ids; undecided ones are left out of the answer, and a
 * request that is not such a list is answered with none). `behaviour:actions` is POST /behaviour by socket; the next batch
 * follows the answer, one that comes before it is not answered. `counters:watch` and `counters:view` say what a page shows; they
 * need not ask for an answer.
 * `notifications:shown` asks, before they are put on the screen, for notifications of one's own to be taken for shown. The answer
 * names those that no other screen has shown: show these and no others, and an alert is seen once, however many tabs and devices
 * its reader has open. Where no answer comes, asking again gets the same; what is not such a request is answered with none.
 */
export type ClientToServerEvents = {
  'behaviour:actions': (actions: BehaviourReport[], answer: (answer: BehaviourAnswer) => void) => void;
  'counters:watch': (watch: CountersWatch, answer?: (answer: CountersAnswer) => void) => void;
  'counters:view': (view: CountersView, answer?: (answer: CountersAnswer) => void) => void;
  'notifications:shown': (shown: NotificationsShown, answer: (idsToShow: string[]) => void) => void;
  'orders:resume': (orderIds: string[], answer: (outcomes: OrderOutcome[]) => void) => void;
};
