// A shop that takes orders and does nothing with them: it gives sessions, answers POST /orders as the shop does (201 and 202
// in turn, after and before the outcome) and pushes the outcome to the socket of whoever ordered. It keeps how many sockets it was asked for, and when.
import { createServer, type ServerResponse } from 'node:http';
import { Server } from 'socket.io';
import type { OrderOutcome, PlaceOrderBody } from '../../../system/contract/orders.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../../system/contract/sockets.ts';
import { serveJobs } from './serve-jobs.ts';
import { listenOnLoopback, monotonicMs, sendJson } from './stub-http.ts';

export type StubOrdersJob =
  /** Listens; answers its URL. */
  | { kind: 'listen' }
  /** Answers what it was asked for since the last report. */
  | { kind: 'report' };

/** Orders, sockets and sessions that it was asked for. */
export type StubOrdersReport = { orderCount: number; socketCount: number; sessionCount: number };

const NO_BROKER = { publishedMs: null, consumedMs: null };
const TOKEN_LENGTH = 43;

let report: StubOrdersReport = { orderCount: 0, socketCount: 0, sessionCount: 0 };
let sessionCount = 0;
/** The outcome of each order, for those who ask for it on connecting. */
const outcomes = new Map<string, OrderOutcome>();

function send(response: ServerResponse, status: number, body: unknown): void {
  sendJson(response, status, JSON.stringify(body));
}

function openSession(response: ServerResponse): void {
  sessionCount += 1;
  report.sessionCount += 1;
  // A token tells whose sockets are meant, and that is all that it does here.
  const token = String(sessionCount).padStart(TOKEN_LENGTH, 'a');
  send(response, 201, {
    customerId: sessionCount,
    accessToken: token,
    accessTokenExpiresInSeconds: 3_600,
    refreshToken: token,
  });
}

function outcomeOf({ id }: PlaceOrderBody): OrderOutcome {
  const nowMs = monotonicMs();
  const stages = { ...NO_BROKER, receivedMs: nowMs, startedMs: nowMs, committedMs: nowMs };
  return { orderId: id, state: 'confirmed', rejectionReason: null, totalKrw: 12_900, stages };
}

function listen(): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/orders' || request.method !== 'POST') return openSession(response);
      report.orderCount += 1;
      const order = JSON.parse(Buffer.concat(chunks).toString('utf8')) as PlaceOrderBody;
      const outcome = outcomeOf(order);
      outcomes.set(order.id, outcome);
      const push = () => sockets.to(`${request.headers.authorization}`).emit('order:confirmed', outcome);
      if (report.orderCount % 2 === 0) {
        send(response, 202, { id: order.id, state: 'accepted' });
        setImmediate(push);
        return;
      }
      push();
      send(response, 201, {
        id: order.id,
        ...outcome,
        paymentMethod: order.paymentMethod,
        lines: order.lines,
      });
    });
  });
  const sockets = new Server<ClientToServerEvents, ServerToClientEvents>(server, {
    transports: ['websocket'],
    serveClient: false,
  });
  sockets.on('connection', (socket) => {
    report.socketCount += 1;
    void socket.join(`Bearer ${socket.handshake.auth.accessToken}`);
    socket.on('orders:resume', (orderIds, answer) =>
      answer(orderIds.flatMap((orderId) => outcomes.get(orderId) ?? [])),
    );
  });
  return listenOnLoopback(server);
}

serveJobs<StubOrdersJob>((job) => {
  if (job.kind === 'listen') return listen();
  const taken = report;
  report = { orderCount: 0, socketCount: 0, sessionCount: 0 };
  outcomes.clear();
  return taken;
});
