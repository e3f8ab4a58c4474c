// Where the shop itself says what became of an order: a receiver of its webhooks on this machine, for as long as people visit it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { createLRU } from 'lru.min';
import type { Hook, Hooks, WebhookReceiver } from './define-shop.ts';
import { faultSentence } from './fault.ts';
import type { LoadedShop } from './load-shop.ts';
import { messageOf } from './message-queue.ts';
import { ShopMistake } from './shop-mistake.ts';

export type OpenWebhooks = { hooks: Hooks; close(): Promise<void> };

/** Only this machine is listened to; a shop elsewhere needs a tunnel to it. */
const HOST = '127.0.0.1';
/** Orders whose hooks are kept until somebody waits for them. */
const MOST_ORDERS = 10_000;
/** Of one order: what comes beyond them is refused, and a shop sends it again. */
const MOST_UNREAD = 100;
const MOST_BYTES = 1_000_000;

type Reader = { resolve: (hook: Hook) => void; reject: (error: Error) => void };
type Taken = 'taken' | 'too-many';
type OfOrder = { unread: Hook[]; readers: Reader[] };

/** @throws ShopMistake where the port is taken */
export async function openWebhooks({ definition, file }: LoadedShop): Promise<OpenWebhooks> {
  const { webhooks } = definition;
  if (webhooks === undefined)
    return { hooks: { wait: () => Promise.reject(none(file)) }, close: async () => undefined };
  const orders = createLRU<string, OfOrder>({ max: MOST_ORDERS });
  const entryOf = (orderId: string): OfOrder => {
    const entry = orders.get(orderId) ?? { unread: [], readers: [] };
    orders.set(orderId, entry);
    return entry;
  };
  let fault: Error | null = null;

  function take(hook: Hook): Taken {
    const orderId = webhooks?.orderIdOf(hook) ?? null;
    if (orderId === null) return 'taken';
    // Where a shop counts its orders, its JSON has a number for what is a text everywhere else.
    const { readers, unread } = entryOf(String(orderId));
    const reader = readers.shift();
    if (reader !== undefined) reader.resolve(hook);
    else if (unread.length < MOST_UNREAD) unread.push(hook);
    else return 'too-many';
    return 'taken';
  }

  /** Nobody would ever hear of it: whoever waits, or begins to, is told. */
  function spoil(error: unknown): void {
    fault ??= new ShopMistake(faultSentence('webhooks', error, file), { cause: error });
    for (const [, { readers }] of orders.entries()) for (const { reject } of readers.splice(0)) reject(fault);
  }

  const server = createServer((request, response) => {
    // Somebody who only looks says nothing of an order, and must not spoil what the others wait for.
    if (request.method === 'GET' || request.method === 'HEAD') {
      response.writeHead(405).end();
      return;
    }
    hookOf(request).then(
      (hook) => answer(response, hook, take, spoil),
      () => response.destroy(),
    );
  });
  await listen(server, webhooks, file);
  return {
    hooks: {
      wait(orderId) {
        if (fault !== null) return Promise.reject(fault);
        const { unread, readers } = entryOf(orderId);
        const hook = unread.shift();
        if (hook !== undefined) return Promise.resolve(hook);
        const { promise, resolve, reject } = Promise.withResolvers<Hook>();
        readers.push({ resolve, reject });
        return promise;
      },
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const none = (file: string): ShopMistake =>
  new ShopMistake(
    `hooks.wait: ${basename(file)} has no \`webhooks\`, needed is where they come in: webhooks: { port: 4010, orderIdOf: (hook) => … }.`,
  );

function answer(
  response: ServerResponse,
  hook: Hook | null,
  take: (hook: Hook) => Taken,
  spoil: (error: unknown) => void,
): void {
  if (hook === null) {
    response.writeHead(413).end();
    return;
  }
  try {
    response.writeHead(take(hook) === 'taken' ? 204 : 429).end();
  } catch (error) {
    spoil(error);
    response.writeHead(400).end();
  }
}

/** Null for one that is longer than any hook. */
async function hookOf(request: IncomingMessage): Promise<Hook | null> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of request) {
    byteCount += chunk.length;
    if (byteCount > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  const { headers, url = '/' } = request;
  return {
    ...messageOf(`webhook ${url}`, Buffer.concat(chunks).toString()),
    path: url,
    header(name) {
      const value = headers[name.toLowerCase()];
      return (typeof value === 'string' ? value : value?.join(', ')) ?? null;
    },
  };
}

async function listen(server: Server, { port }: WebhookReceiver, file: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    reject(
      new ShopMistake(
        `${basename(file)}: webhooks: port ${port} of this machine cannot be listened at (${error.code ?? error.message}), needed is a free one. Name another, and rehearse with one generator.`,
        { cause: error },
      ),
    );
  });
  server.listen(port, HOST, resolve);
  await promise;
}
