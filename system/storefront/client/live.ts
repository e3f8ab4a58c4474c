// The socket through which the shop tells what became of orders. Orders still waited for are remembered as long as the
// tab lives, and asked for again after every reconnect.
import { io, type Socket } from 'socket.io-client';
import type { OrderOutcome } from '../../contract/orders.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../contract/sockets.ts';
import type { Session } from './session.ts';

const WAITED_FOR = 'waitedForOrders';
/** The shop answers for at most this many at a time. */
const MAX_WAITED_FOR = 50;

export type Live = {
  /** Connects while somebody is signed in; else disconnects. Call it whenever that may have changed. */
  follow(): void;
  /** From now on the outcome of this order is waited for, across reloads and reconnects. */
  waitFor(orderId: string): void;
  isWaitingFor(orderId: string): boolean;
  /** The order's outcome is known, or there will be none. */
  settle(orderId: string): void;
};

/** @param deps.onOutcome hears of each outcome once. */
export function createLive(deps: { session: Session; onOutcome: (outcome: OrderOutcome) => void }): Live {
  const { session } = deps;
  const waitedFor = new Set<string>(JSON.parse(sessionStorage.getItem(WAITED_FOR) ?? '[]') as string[]);
  const remember = () => sessionStorage.setItem(WAITED_FOR, JSON.stringify([...waitedFor]));
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
    autoConnect: false,
    transports: ['websocket'],
    // Asked at every attempt, so that a reconnect carries the newest token.
    auth: (give) => give({ accessToken: session.accessToken() }),
  });

  function settle(orderId: string): void {
    waitedFor.delete(orderId);
    remember();
  }

  function hear(outcome: OrderOutcome): void {
    if (!waitedFor.has(outcome.orderId)) return;
    settle(outcome.orderId);
    deps.onOutcome(outcome);
  }

  socket.on('order:confirmed', hear);
  socket.on('order:rejected', hear);
  socket.on('connect', () => {
    const ids = [...waitedFor].slice(-MAX_WAITED_FOR);
    if (ids.length > 0) socket.emit('orders:resume', ids, (outcomes) => outcomes.forEach(hear));
  });
  /** The shop has refused or closed the connection, so it is not tried again by itself: the token is too old. */
  async function renew(): Promise<void> {
    if (!socket.active && (await session.refresh().catch(() => false))) socket.connect();
  }

  socket.on('connect_error', renew);
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') void renew();
  });

  return {
    follow() {
      if (session.isSignedIn()) {
        if (!socket.active) socket.connect();
        return;
      }
      socket.disconnect();
      waitedFor.clear();
      remember();
    },
    waitFor(orderId) {
      waitedFor.add(orderId);
      remember();
    },
    isWaitingFor: (orderId) => waitedFor.has(orderId),
    settle,
  };
}
