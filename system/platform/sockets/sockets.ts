// Sockets of shoppers: what they may ask, and how long they last. Who gets one is in admission.ts, how any process reaches them in push.ts.
import type { Server as HttpServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import type { Redis } from 'ioredis';
import { Server, type Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '../../contract/sockets.ts';
import type { Log } from '../diagnostics/log.ts';
import type { LocalSockets, SocketFollower, SocketGreeting } from '../features/feature.ts';
import { type AdmissionDeps, identify, type SocketPerson } from './admission.ts';
import { channelPrefix } from './rooms.ts';

const MAX_MESSAGE_BYTES = 16 * 1024;
const MAX_SOCKETS = 50_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;
const SESSION_CHECK_EVERY_MS = 30_000;
const SESSION_CHECKS_AT_ONCE = 200;

type SocketData = { person: SocketPerson };
type NoEvents = Record<string, never>;
type ShopServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
type ShopSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;

export type Sockets = {
  /**
   * Answers an event of customers; guests are not answered. The handler gets what they sent, unchecked; when it throws there is no answer, so
   * that the shopper asks again.
   */
  answer<R>(
    event: keyof ClientToServerEvents,
    handler: (customerId: number, payload: unknown) => Promise<R>,
  ): void;
  /** Told of every customer who connects from now on. One that fails is left out. */
  greet(greeting: SocketGreeting): void;
  /** Goes along with every socket that connects from now on, guests' too. */
  follow(createFollower: (sockets: LocalSockets) => SocketFollower): void;
  /** Number of sockets connected to this process. */
  count(): number;
  /** Disconnects this process's sockets. The HTTP server and the connections to Redis are the caller's to close. */
  close(): void;
};

export type SocketsDeps = AdmissionDeps & {
  server: HttpServer;
  /** Two connections without key prefix; `subscriber` is used for nothing else. */
  publisher: Redis;
  subscriber: Redis;
  /** Prefix of the Redis channels. */
  keyPrefix: string;
  /** How often sockets are checked for a session that has ended meanwhile, in ms; default 30,000. */
  sessionCheckEveryMs?: number;
};

/** Serves sockets on an HTTP server that does not listen yet. */
export function createSockets(deps: SocketsDeps): Sockets {
  const io: ShopServer = new Server(deps.server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: HANDSHAKE_TIMEOUT_MS,
    pingInterval: 25_000,
    pingTimeout: 20_000,
    allowRequest: (_request, decide) => decide(null, io.engine.clientsCount < MAX_SOCKETS),
    adapter: createAdapter(deps.publisher, deps.subscriber, { key: channelPrefix(deps.keyPrefix) }),
  });
  const handlers = new Map<string, (customerId: number, payload: unknown) => Promise<unknown>>();
  const greetings: SocketGreeting[] = [];
  const followers: SocketFollower[] = [];
  io.use((socket, next) => {
    admit(io, deps, socket).then(
      () => next(),
      (error) => next(error),
    );
  });
  io.on('connection', (socket) => {
    const { person } = socket.data;
    for (const follower of followers) follow(socket, follower, deps.log);
    if (person.kind === 'guest') return;
    const { customerId } = person;
    for (const [event, handler] of handlers)
      listen(socket, event, (payload) => handler(customerId, payload), deps.log);
    for (const greeting of greetings)
      greeting(customerId, (event, ...payload) => socket.emit(event, ...payload)).catch((error) =>
        deps.log.warn({ err: error }, 'somebody who connected was not told what they may have missed'),
      );
  });
  const stopChecking = checkSessions(io, deps);
  return {
    answer(event, handler) {
      handlers.set(event, handler);
    },
    greet(greeting) {
      greetings.push(greeting);
    },
    follow(createFollower) {
      followers.push(createFollower(localSockets(io)));
    },
    count: () => io.engine.clientsCount,
    close() {
      stopChecking();
      // Not io.close(), which would also close the HTTP server under the requests still being answered, and would
      // unsubscribe channels in promises that nobody waits for; closing the subscriber's connection does that too.
      io.engine.close();
    },
  };
}

async function admit(io: ShopServer, deps: SocketsDeps, socket: ShopSocket): Promise<void> {
  const { person, rooms } = await identify({ auth: socket.handshake.auth, request: socket.request }, deps);
  const taken = io.of('/').adapter.rooms;
  if (rooms.some(({ name, most }) => most !== null && (taken.get(name)?.size ?? 0) >= most))
    throw new Error('too-many-sockets');
  socket.data = { person };
  await socket.join(rooms.map(({ name }) => name));
}

// Expiry leaves no message, and that of a sign-out may be lost, so the sessions of connected sockets are read again now and then, a few at a
// time. The connection is closed rather than the socket disconnected: a client then connects again by itself, with the
// token it has by now.
function checkSessions(io: ShopServer, { readSession, log, sessionCheckEveryMs }: SocketsDeps): () => void {
  let isChecking = false;
  async function check(): Promise<void> {
    const sockets = [...io.of('/').sockets.values()];
    for (let start = 0; start < sockets.length; start += SESSION_CHECKS_AT_ONCE) {
      const some = sockets.slice(start, start + SESSION_CHECKS_AT_ONCE);
      await Promise.all(
        some.map(async ({ data, conn }) => {
          if (data.person.kind === 'customer' && (await readSession(data.person.accessToken)) === null)
            conn.close();
        }),
      );
    }
  }
  const timer = setInterval(() => {
    if (isChecking) return;
    isChecking = true;
    check()
      // Without an answer nobody is sent away.
      .catch((error) => log.warn({ err: error }, 'the sessions of the sockets could not be checked'))
      .finally(() => {
        isChecking = false;
      });
  }, sessionCheckEveryMs ?? SESSION_CHECK_EVERY_MS);
  return () => clearInterval(timer);
}

function localSockets(io: ShopServer): LocalSockets {
  const { sockets } = io.of('/');
  return {
    tell(socketIds, event, ...payload) {
      const { ready = [], busy = [] } = Object.groupBy(socketIds, (id) =>
        sockets.get(id)?.conn.transport.writable ? 'ready' : 'busy',
      );
      // Each socket is in a room of its own id.
      if (ready.length > 0) io.local.to(ready).emit(event, ...payload);
      return busy;
    },
  };
}

function follow(socket: ShopSocket, follower: SocketFollower, log: Log): void {
  const { person } = socket.data;
  const personId = person.kind === 'guest' ? person.visitorId : person.customerId;
  const connected = { id: socket.id, personId };
  for (const [event, handler] of Object.entries(follower.events)) {
    const onEvent = (payload: unknown, answer: unknown) => {
      try {
        const answered = handler(connected, payload);
        if (typeof answer === 'function') answer(answered);
      } catch (error) {
        log.warn({ err: error, event }, 'a socket event could not be answered');
      }
    };
    socket.on(event as keyof ClientToServerEvents, onEvent);
  }
  socket.on('disconnect', () => follower.disconnected(connected));
  follower.connected(connected);
}

// One question of a socket is answered at a time; what comes meanwhile is not answered.
function listen(
  socket: ShopSocket,
  event: string,
  handler: (payload: unknown) => Promise<unknown>,
  log: Log,
): void {
  let busy = false;
  const onEvent = async (payload: unknown, answer: unknown) => {
    if (busy || typeof answer !== 'function') return;
    busy = true;
    try {
      answer(await handler(payload));
    } catch (error) {
      log.warn({ err: error, event }, 'a socket event could not be answered');
    } finally {
      busy = false;
    }
  };
  socket.on(event as keyof ClientToServerEvents, onEvent);
}
