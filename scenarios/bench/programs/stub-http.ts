// What the stub shops have in common as HTTP servers: they listen on loopback, keep connections, and answer JSON.
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const KEEP_ALIVE_MS = 60_000;

export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** `text` is JSON already. */
export function sendJson(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Listens on a free port; resolves with its URL. */
export async function listenOnLoopback(server: Server): Promise<string> {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
