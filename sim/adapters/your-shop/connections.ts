// The kept-alive connections to the origins that a shop's file names, and to no other.
import { createLRU } from 'lru.min';
import { Agent } from 'undici';
import type { Timeline } from '../../engine/timing/timeline.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import { createPlainClient, type PlainRequest } from '../../engine/transport/plain-client.ts';
import { ShopMistake, shown } from './shop-mistake.ts';

export type Connections = {
  /** The whole address of a path of the first origin, or of an address as it is; throws ShopMistake for one of another origin. */
  locate(name: string, path: string): URL;
  isDeclared(origin: string): boolean;
  send(url: URL, request: Omit<PlainRequest, 'path'>): Promise<HttpResult>;
  /** For connections that last, beside those of the requests: as many as are asked for. */
  lasting(): Agent;
  /** Ends all requests that are under way, as unfinished; those sent later are not touched. */
  cutOff(): void;
  close(): Promise<void>;
};

/** Most requests ask for what others asked for before. */
const MOST_URLS = 4_096;

/** `origins` has at least one; each may have `connectionCount` connections, opened as they are needed. */
export function createConnections(options: {
  origins: readonly string[];
  timeline: Timeline;
  deadlineMs: number;
  connectionCount: number;
}): Connections {
  const { origins, ...common } = options;
  const [first] = origins;
  if (first === undefined) throw new Error('found no origin to connect to, needed at least one');
  const clients = new Map(
    origins.map((origin) => [origin, createPlainClient({ ...common, shopUrls: [origin] })]),
  );
  let agent: Agent | null = null;
  const urls = createLRU<string, URL>({ max: MOST_URLS });
  return {
    lasting() {
      const { deadlineMs } = options;
      agent ??= new Agent({
        connect: { timeout: deadlineMs },
        headersTimeout: deadlineMs,
        bodyTimeout: 0,
      });
      return agent;
    },
    locate(name, path) {
      if (path.startsWith('/') && !path.startsWith('//')) {
        const known = urls.get(path);
        if (known !== undefined) return known;
        const own = new URL(first + path);
        urls.set(path, own);
        return own;
      }
      const url = URL.parse(path);
      if (url === null)
        throw new ShopMistake(
          `${name}: its path is ${shown(path)}, needed is one that begins with /, or a whole address.`,
        );
      if (!clients.has(url.origin))
        throw new ShopMistake(
          `${name}: it asks ${url.origin}, needed is a declared origin (${origins.join(', ')}). Name it in \`origins\`.`,
        );
      return url;
    },
    isDeclared: (origin) => clients.has(origin),
    send(url, request) {
      const client = clients.get(url.origin);
      if (client === undefined) throw new Error(`${url.origin} is no declared origin`);
      return client.send({ ...request, path: url.pathname + url.search });
    },
    cutOff() {
      for (const client of clients.values()) client.cutOff();
    },
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()));
      await agent?.destroy();
    },
  };
}
