// The socket through which the shop tells what became of orders, which lists are new and how many people are where. A guest's has the counters
// alone. Open orders are asked for again after every reconnect.
import { io, type Socket } from 'socket.io-client';
import type { BehaviourAnswer, BehaviourReport } from '../../../contract/behaviour.ts';
import type { CountersView, CountersWatch } from '../../../contract/counters.ts';
import type { NotificationsShown } from '../../../contract/notifications.ts';
import type { OrderOutcome } from '../../../contract/orders.ts';
import type { RecommendationList } from '../../../contract/recommendations.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../../contract/sockets.ts';
import type { Behaviour } from './behaviour.ts';
import type { Counters } from './counters.ts';
import type { Notifications } from './notifications.ts';
import type { OpenOrders } from './open-orders.ts';
import type { Session } from './session.ts';
import { settleOrder } from './settling.ts';

/** The shop answers for at most this many at a time. */
const MAX_WAITED_FOR = 50;
/** The shop answers at once, or not at all. */
const TOLD_WITHIN_MS = 10_000;

/** A connection that the shop could not give is asked for again; a guest's, without which they miss little, later. */
const AGAIN_AFTER_MS = 3_000;
const GUEST_AGAIN_AFTER_MS = 20_000;

export type Live = {
  /** Connects as whoever is here, signed in or a guest. Call it whenever that may have changed. */
  follow(): void;
  /** This tab wants to tell the order's outcome, also when another tab hears of it first. */
  waitFor(orderId: string): void;
  /** There will be no outcome to tell. */
  forget(orderId: string): void;
  /** What was heard of an order since the page was loaded; null when nothing was. */
  heard(orderId: string): OrderOutcome | null;
  /** Tells the lists of each push; call what it gives to hear no more. */
  onLists(listener: ListsListener): () => void;
  /** Tells what was done. Rejects where the shop did not answer, or there is no connection. */
  tell(actions: BehaviourReport[]): Promise<BehaviourAnswer>;
  /** Nothing is said without a connection; `counters` say it all again when there is one. */
  watchCounters(watch: CountersWatch): void;
  viewProduct(view: CountersView): void;
  /** Which of these notifications this screen is to show. Rejects as `tell` does. */
  askToShow(shown: NotificationsShown): Promise<string[]>;
};

type ListsListener = (lists: readonly RecommendationList[]) => void;

type Deps = {
  session: Session;
  /** Makes a guest somebody who can be counted, until the browser is closed. */
  beginVisit: () => Promise<unknown>;
  openOrders: OpenOrders;
  behaviour: Pick<Behaviour, 'tell'>;
  counters: Pick<Counters, 'hear' | 'sayAll' | 'forget'>;
  notifications: Pick<Notifications, 'hear' | 'hearRead'>;
  /** `isNews` is true once for an order that was waited for. */
  onOutcome: (outcome: OrderOutcome, isNews: boolean) => void;
};

/** Settles open orders whose outcome it hears. */
export function createLive(deps: Deps): Live {
  const { session, beginVisit, openOrders, behaviour, counters, notifications, onOutcome } = deps;
  const waitedFor = new Set<string>();
  const outcomes = new Map<string, OrderOutcome>();
  const listsListeners = new Set<ListsListener>();
  let customerId: string | null = null;
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
    autoConnect: false,
    transports: ['websocket'],
    // Asked at every attempt, so that a reconnect carries the newest token.
    auth: (give) => give(session.isSignedIn() ? { accessToken: session.accessToken() } : { guest: true }),
  });

  function hear(outcome: OrderOutcome): void {
    const { orderId } = outcome;
    const isNews = waitedFor.delete(orderId) || openOrders.find(orderId) !== null;
    settleOrder({ openOrders, behaviour }, orderId, outcome.state);
    outcomes.set(orderId, outcome);
    onOutcome(outcome, isNews);
  }

  socket.on('order:confirmed', hear);
  socket.on('order:rejected', hear);
  socket.on('recommendations:fresh', ({ lists }) => {
    for (const listener of listsListeners) listener(lists);
  });
  socket.on('notification', notifications.hear);
  socket.on('notifications:read', ({ unreadCount }) => notifications.hearRead(unreadCount));
  socket.on('counters:changed', counters.hear);
  socket.on('connect', () => {
    hasBegunVisit = false;
    counters.sayAll();
    if (!session.isSignedIn()) return;
    const open = openOrders.list().map(({ order }) => order.id);
    const ids = [...new Set([...open, ...waitedFor])].slice(-MAX_WAITED_FOR);
    if (ids.length > 0) socket.emit('orders:resume', ids, (found) => found.forEach(hear));
  });
  let again: ReturnType<typeof setTimeout> | undefined;
  /** In vain, unless there is a connection: a browser that keeps no cookies is not counted. */
  let hasBegunVisit = false;

  function connect(): void {
    if (!socket.active) socket.connect();
  }
  /**
   * The shop has refused or closed the connection, so it is not tried again by itself: the token is too old, or the shop cannot look
   * sessions up for the moment and gives none.
   */
  async function renew(): Promise<void> {
    if (socket.active) return;
    const isRenewed = await session.refresh().catch(() => null);
    if (isRenewed === null) tryLater();
    else if (isRenewed) connect();
    else if (!session.isSignedIn()) follow();
  }
  async function visit(): Promise<void> {
    if (hasBegunVisit) return;
    hasBegunVisit = true;
    const isBegun = await beginVisit().then(
      () => true,
      () => false,
    );
    if (isBegun) connect();
    else {
      hasBegunVisit = false;
      tryLater();
    }
  }
  function tryLater(): void {
    clearTimeout(again);
    const afterMs = session.isSignedIn() ? AGAIN_AFTER_MS : GUEST_AGAIN_AFTER_MS;
    again = setTimeout(() => void (session.isSignedIn() ? renew() : connect()), afterMs);
  }
  function follow(): void {
    if (session.customerId() !== customerId) leave();
    customerId = session.customerId();
    connect();
  }

  socket.on('connect_error', ({ message }) => {
    // Anything else has nothing to do with the token, and may be over soon.
    if (message === 'not-signed-in') void renew();
    else if (message === 'no-visit') void visit();
    else if (!socket.active) tryLater();
  });
  socket.on('disconnect', (reason) => {
    counters.forget();
    if (reason === 'io server disconnect' && session.isSignedIn()) void renew();
  });

  /** The connection, for what is of no use to be sent later. */
  function connected() {
    if (!socket.connected) throw new Error('There is no connection to the shop, needed one');
    return socket.timeout(TOLD_WITHIN_MS);
  }

  /** Nothing of one customer's is told to the next. */
  function leave(): void {
    socket.disconnect();
    waitedFor.clear();
    outcomes.clear();
  }

  return {
    follow,
    waitFor: (orderId) => void waitedFor.add(orderId),
    forget: (orderId) => void waitedFor.delete(orderId),
    heard: (orderId) => outcomes.get(orderId) ?? null,
    onLists(listener) {
      listsListeners.add(listener);
      return () => void listsListeners.delete(listener);
    },
    async tell(actions) {
      return connected().emitWithAck('behaviour:actions', actions);
    },
    watchCounters(watch) {
      if (socket.connected) socket.emit('counters:watch', watch);
    },
    viewProduct(view) {
      if (socket.connected) socket.emit('counters:view', view);
    },
    async askToShow(shown) {
      return connected().emitWithAck('notifications:shown', shown);
    },
  };
}
