// The connections to one process of the shop: opened when they are needed, kept, and given to one request at a time.
import { Connection, type ConnectionDeps, type Origin, type Sender } from './connection.ts';

/** A request that waits for a connection. */
export type Waiting = Sender & {
  /** Whether it is still to go out. */
  isWanted(): boolean;
  /** Goes out over this connection, now. */
  begin(connection: Connection): void;
};

export type ConnectionPool = {
  /** Gives it a connection as soon as there is one. */
  add(waiting: Waiting): void;
  /** Ends them all; whoever waits or has been sent hears that it failed. */
  close(): void;
};

/** At most `connectionCount`; the one that was free last is taken first, so that few are used where few are needed. */
export function createConnectionPool(options: {
  origin: Origin;
  connectionCount: number;
  connectDeadlineMs: number;
  nowMs: () => number;
}): ConnectionPool {
  const { connectDeadlineMs, nowMs } = options;
  const open = new Set<Connection>();
  const free: Connection[] = [];
  let waiting: Waiting[] = [];
  let connectingCount = 0;
  let isClosed = false;

  function nextWaiting(): Waiting | null {
    for (;;) {
      const next = waiting.shift();
      if (next === undefined || next.isWanted()) return next ?? null;
    }
  }

  /** Those that the shop has closed, or is about to, go. */
  function takeFree(): Connection | null {
    for (;;) {
      const connection = free.pop();
      if (connection === undefined || connection.isUsable()) return connection ?? null;
      connection.end();
    }
  }

  function serve(connection: Connection): void {
    const next = nextWaiting();
    if (next === null) free.push(connection);
    else next.begin(connection);
  }

  const deps: ConnectionDeps = {
    connectDeadlineMs,
    nowMs,
    connected(connection: Connection) {
      connectingCount -= 1;
      serve(connection);
    },
    freed: serve,
    gone(connection: Connection, error: Error | null) {
      open.delete(connection);
      const place = free.indexOf(connection);
      if (place >= 0) free.splice(place, 1);
      if (error !== null) {
        connectingCount -= 1;
        nextWaiting()?.failed(error);
      }
      connectForWaiting();
    },
  };

  function connectForWaiting(): void {
    while (!isClosed && waiting.length > connectingCount && open.size < options.connectionCount) {
      connectingCount += 1;
      open.add(new Connection(options.origin, deps));
    }
  }

  return {
    add(next) {
      const connection = takeFree();
      if (connection !== null) return next.begin(connection);
      waiting.push(next);
      connectForWaiting();
    },
    close() {
      isClosed = true;
      const left = waiting;
      waiting = [];
      for (const next of left) if (next.isWanted()) next.failed(new Error('the client was closed'));
      for (const connection of open) connection.end();
      free.length = 0;
    },
  };
}
