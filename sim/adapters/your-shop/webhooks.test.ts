import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Hook } from './define-shop.ts';
import { type OpenWebhooks, openWebhooks } from './webhooks.ts';

let open: OpenWebhooks | null = null;
afterEach(() => open?.close());

async function takenPort(): Promise<{ port: number; free: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    free: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const shopWith = (webhooks: { port: number; orderIdOf: (hook: Hook) => string | null } | null) => ({
  definition: {
    catalogue: async () => [],
    visit: () => ({
      product: async () => undefined,
      setLine: async () => undefined,
      checkout: async () => ({ is: 'ok' as const, orderId: '1' }),
    }),
    ...(webhooks === null ? {} : { webhooks }),
  },
  file: '/my-shop.ts',
  folder: '/',
  verbs: { verbs: [], missing: [], lacking: [] },
});

async function opened(orderIdOf: (hook: Hook) => string | null) {
  const { port, free } = await takenPort();
  await free();
  const webhooks = await openWebhooks(shopWith({ port, orderIdOf }));
  open = webhooks;
  const send = (body: string, path = '/orders?x=1') =>
    fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, headers: { 'x-signature': 's' } });
  const look = () => fetch(`http://127.0.0.1:${port}/`);
  return { hooks: webhooks.hooks, send, look };
}

const byId = (hook: Hook): string | null => hook.json<{ id?: string }>().id ?? null;

it('gives each order its own, those that came before in their order', async () => {
  const { hooks, send } = await opened(byId);
  const waiting = hooks.wait('b');
  expect((await send('{"id":"a","n":1}')).status).toBe(204);
  await send('{"id":"a","n":2}');
  await send('{"id":"b","n":3}');
  await send('{"about":"nobody"}');
  const first = await hooks.wait('a');
  expect([first.path, first.header('X-Signature'), first.text()]).toEqual([
    '/orders?x=1',
    's',
    '{"id":"a","n":1}',
  ]);
  expect((await hooks.wait('a')).json()).toMatchObject({ n: 2 });
  expect((await waiting).json()).toMatchObject({ n: 3 });
  await send('{"id":7,"n":4}');
  expect((await hooks.wait('7')).json()).toMatchObject({ n: 4 });
});

it('what cannot be read is answered 400 and told to whoever waits', async () => {
  const { hooks, send } = await opened(byId);
  const waiting = expect(hooks.wait('a')).rejects.toThrow(
    /^webhooks: webhook \/ipn: found text \("paid"\), needed JSON/,
  );
  expect((await send('paid', '/ipn')).status).toBe(400);
  await waiting;
  await expect(hooks.wait('b')).rejects.toThrow(/needed JSON/);
  expect((await send('x'.repeat(1_000_001))).status).toBe(413);
});

it('a port that is taken, and none at all, are one line with the next step', async () => {
  const { port, free } = await takenPort();
  await expect(openWebhooks(shopWith({ port, orderIdOf: byId }))).rejects.toThrow(
    `my-shop.ts: webhooks: port ${port} of this machine cannot be listened at (EADDRINUSE), needed is a free one.`,
  );
  await free();
  open = await openWebhooks(shopWith(null));
  await expect(open.hooks.wait('a')).rejects.toThrow(
    /^hooks\.wait: my-shop\.ts has no `webhooks`, needed is/,
  );
});

it('is not spoilt by somebody who only looks, and keeps no more of one order than anybody reads', async () => {
  const { hooks, send, look } = await opened(byId);
  expect((await look()).status).toBe(405);
  const statuses = [];
  for (let n = 0; n < 101; n += 1) statuses.push((await send(`{"id":"a","n":${n}}`)).status);
  expect(statuses).toEqual([...Array(100).fill(204), 429]);
  expect((await hooks.wait('a')).json()).toMatchObject({ n: 0 });
});
