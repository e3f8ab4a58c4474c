// The socket through which the shop tells what became of orders, and which lists are new. Open orders are asked for again after every reconnect.
import { io, type Socket } from 'socket.io-client';
import type { BehaviourAnswer, BehaviourReport } from '../../../contract/behaviour.ts';
import type { OrderOutcome } from '../../../contract/orders.ts';
import type { RecommendationList } from '../../../contract/recommendations.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../../contract/sockets.ts';
import type { Behaviour } from './behaviour.ts';
import type { OpenOrders } from './open-orders.ts';
import type { Session } from './session.ts';
import { settleOrder } from './settling.ts';

/** The shop answers for at most this many at a time. */
const MAX_WAITED_FOR = 50;
/** The shop answers at once, or not at all. */
const TOLD_WITHIN_MS = 10_000;

export type Live = {
  /** Connects while somebody is signed in; else disconnects. Call it whenever that may have changed. */
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
};

type ListsListener = (lists: readonly RecommendationList[]) => void;

type Deps = {
  session: Session;
  openOrders: OpenOrders;
  behaviour: Pick<Behaviour, 'tell'>;
  /** `isNews` is true once for an order that was waited for. */
  onOutcome: (outcome: OrderOutcome, isNews: boolean) => void;
};

/** Settles open orders whose outcome it hears. */
export function createLive({ session, openOrders, behaviour, onOutcome }: Deps): Live {
  const waitedFor = new Set<string>();
  const outcomes = new Map<string, OrderOutcome>();
  const listsListeners = new Set<ListsListener>();
  let customerId: string | null = null;
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
    autoConnect: false,
    transports: ['websocket'],
    // Asked at every attempt, so that a reconnect carries the newest token.
    auth: (give) => give({ accessToken: session.accessToken() }),
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
  socket.on('connect', () => {
    const open = openOrders.list().map(({ order }) => order.id);
    const ids = [...new Set([...open, ...waitedFor])].slice(-MAX_WAITED_FOR);
    if (ids.length > 0) socket.emit('orders:resume', ids, (found) => found.forEach(hear));
  });
  /** The shop has refused or closed the connection, so it is not tried again by itself: the token is too old. */
  async function renew(): Promise<void> {
    if (!socket.active && (await session.refresh().catch(() => false))) socket.connect();
  }

  socket.on('connect_error', renew);
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') void renew();
  });

  /** Nothing of one customer's is told to the next. */
  function leave(): void {
    socket.disconnect();
    waitedFor.clear();
    outcomes.clear();
  }

  return {
    follow() {
      if (session.customerId() !== customerId) leave();
      customerId = session.customerId();
      if (session.isSignedIn() && !socket.active) socket.connect();
    },
    waitFor: (orderId) => void waitedFor.add(orderId),
    forget: (orderId) => void waitedFor.delete(orderId),
    heard: (orderId) => outcomes.get(orderId) ?? null,
    onLists(listener) {
      listsListeners.add(listener);
      return () => void listsListeners.delete(listener);
    },
    async tell(actions) {
      if (!socket.connected)
        throw new Error('There is no connection to the shop, needed one to tell actions');
      return socket.timeout(TOLD_WITHIN_MS).emitWithAck('behaviour:actions', actions);
    },
  };
}
