// Serves the live page on this machine alone, and sends it each moment of the rehearsal as a server-sent event. It ends with the
// rehearsal that it belongs to.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  LOOPBACK_HEADERS,
  LOOPBACK_HOST,
  listenOnLoopback,
  otherHostRefusal,
} from '../../reports/loopback/loopback.ts';
import { LIVE_PATHS, type LiveMoment } from './moment.ts';
import { type LiveFile, readLiveFiles } from './page/assets.ts';

/** Nobody needs more screens than these; each costs the rehearsal a write a second. */
const MOST_WATCHERS = 16;
/** The last moment is still to reach whoever looks on. */
const CLOSE_WITHIN_MS = 1_000;

const HEADERS = {
  ...LOOPBACK_HEADERS,
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

export type LiveServer = {
  /** Of the page. */
  url: string;
  /** Sends a moment to everybody who looks on; whoever comes later gets the last one at once. */
  publish(moment: LiveMoment): void;
  /** Ends all streams and stops listening. */
  close(): Promise<void>;
};

/**
 * @param port 0 for any free one
 * @throws PortError with a sentence when the port cannot be listened on
 */
export async function serveLive(port: number): Promise<LiveServer> {
  const files = await readLiveFiles();
  const watchers = new Set<ServerResponse>();
  let last: string | null = null;

  function watch(response: ServerResponse): void {
    if (watchers.size >= MOST_WATCHERS) {
      sendText(response, 503, `found ${MOST_WATCHERS} who look on already, needed fewer: close a window`);
      return;
    }
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    if (last !== null) response.write(last);
    watchers.add(response);
    response.once('close', () => watchers.delete(response));
  }
  const server = createServer((request, response) => {
    const refusal = refusalOf(request);
    if (refusal !== null) sendText(response, refusal.status, refusal.text);
    else if (request.url === LIVE_PATHS.events) watch(response);
    else sendFile(response, files.get(request.url ?? ''), request.url === '/');
  });
  const listened = await listenOnLoopback(
    server,
    port,
    (reason) =>
      `--live: port ${port} of ${LOOPBACK_HOST} ${reason}. Needed: a free one: --live N, or --live 0 for any.`,
  );
  return {
    url: `http://${LOOPBACK_HOST}:${listened}${LIVE_PATHS.page}`,
    publish(moment) {
      last = `data: ${JSON.stringify(moment)}\n\n`;
      // Whoever does not keep up misses moments; the next one tells all there is to tell.
      for (const response of watchers) if (!response.writableNeedDrain) response.write(last);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const response of watchers) response.end();
      const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
      await closed;
      clearTimeout(cut);
    },
  };
}

function refusalOf(request: IncomingMessage): { status: number; text: string } | null {
  const { method } = request;
  return method === 'GET' ? otherHostRefusal(request) : { status: 405, text: `found ${method}, needed GET` };
}

function sendFile(response: ServerResponse, file: LiveFile | undefined, isRoot: boolean): void {
  if (isRoot) response.writeHead(302, { ...HEADERS, location: LIVE_PATHS.page }).end();
  else if (file === undefined) sendText(response, 404, `found no such page, needed ${LIVE_PATHS.page}`);
  else response.writeHead(200, { ...HEADERS, 'content-type': `${file.type}; charset=utf-8` }).end(file.body);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
