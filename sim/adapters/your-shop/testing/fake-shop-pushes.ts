// What the small shop of the tests tells by itself: a stream of events at /events, a WebSocket at any path, and webhooks.
import { createHash } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

type Pushes = {
  stream(response: ServerResponse): void;
  /** Tells everybody who listens, and the webhook's address where there is one. */
  push(told: unknown, hookUrl: string | null): void;
  listenerCount(): number;
  hangUp(): void;
};

/** RFC 6455, 1.3. */
const WEBSOCKET_ID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const SHORT_FRAME = 126;
const LONG_FRAME_SIZE = 4;

export function createPushes(server: Server): Pushes {
  const streams = new Set<ServerResponse>();
  const sockets = new Set<Duplex>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const key = `${request.headers['sec-websocket-key']}${WEBSOCKET_ID}`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    // Whatever it is, the shop hears it and, at a closing frame or the end, hangs up.
    socket.on('data', (data: Buffer) => {
      if (((data[0] ?? 0) & 0x0f) === 0x08) socket.end();
    });
    socket.on('end', () => socket.end());
  });
  return {
    stream(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': welcome\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
    },
    push(told, hookUrl) {
      const text = JSON.stringify(told);
      for (const stream of streams) stream.write(`event: order\ndata: ${text}\n\n`);
      for (const socket of sockets) socket.write(frameOf(text));
      if (hookUrl !== null) void fetch(hookUrl, { method: 'POST', body: text });
    },
    listenerCount: () => streams.size + sockets.size,
    hangUp() {
      for (const stream of streams) stream.end();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** One unmasked frame of text. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length < SHORT_FRAME) return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
  const header = Buffer.alloc(LONG_FRAME_SIZE);
  header.writeUInt16BE(0x817e, 0);
  header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}
