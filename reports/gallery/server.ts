// Serves the gallery on this machine alone. It reads the runs folder at each request and writes nothing.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LOOPBACK_HEADERS, LOOPBACK_HOST, listenOnLoopback, otherHostRefusal } from '../loopback/loopback.ts';
import { answerRequest, type GalleryAnswer, type GalleryDeps } from './answer-request.ts';
import { buildAssets } from './assets.ts';
import { createEntryReader } from './list-entries.ts';
import { messagePage } from './page-shell.ts';

export const DEFAULT_PORT = 4400;

const FRAME = "base-uri 'none'; frame-ancestors 'none'";
const POLICIES: Record<GalleryAnswer['policy'], string> = {
  own: `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'; ${FRAME}`,
  // A report names the hash of its script in a policy of its own; both policies hold at once.
  report: `default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; form-action 'none'; ${FRAME}`,
};

export type Gallery = { url: string; close(): Promise<void> };

/**
 * @param options.port 0 for any free one
 * @throws PortError when the port cannot be listened on
 */
export async function serveGallery(options: { root: string; port: number }): Promise<Gallery> {
  const { root, port } = options;
  const assets = await buildAssets();
  const deps: GalleryDeps = { root, entries: createEntryReader(root), assets, now: () => new Date() };
  const server = createServer((request, response) => void respond(request, response, deps));
  const listened = await listenOnLoopback(
    server,
    port,
    (reason) => `port ${port} ${reason}; needed a free one: --port N, or --port 0 for any`,
  );
  return {
    url: `http://${LOOPBACK_HOST}:${listened}/`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, deps: GalleryDeps): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal !== null) {
    response.writeHead(refusal.status, { 'content-type': 'text/plain; charset=utf-8', ...refusal.headers });
    response.end(`${refusal.text}\n`);
    return;
  }
  try {
    const answer = await answerRequest(new URL(request.url ?? '/', `http://${LOOPBACK_HOST}`), deps);
    send(request, response, answer.status, answer);
  } catch (error) {
    const body = messagePage('The gallery failed', error instanceof Error ? error.message : String(error));
    send(request, response, 500, { type: 'text/html', policy: 'own', body });
  }
}

type Refusal = { status: number; text: string; headers?: Record<string, string> };

function refusalOf(request: IncomingMessage): Refusal | null {
  const { method, url } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, text: `found ${method}, needed GET`, headers: { allow: 'GET, HEAD' } };
  }
  if (!URL.canParse(url ?? '/', `http://${LOOPBACK_HOST}`))
    return { status: 400, text: 'found no usable address' };
  return otherHostRefusal(request);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  { type, policy, body }: Omit<GalleryAnswer, 'status'>,
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    ...LOOPBACK_HEADERS,
    'content-type': `${type}; charset=utf-8`,
    'content-length': bytes.length,
    'content-security-policy': POLICIES[policy],
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
