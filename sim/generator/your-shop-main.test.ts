// The process of somebody's own shop, as the rehearsal talks to it: real files in a folder outside of the project, a small shop on a
// real port.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type FakeShop, fakeItems, startFakeShop } from '../adapters/your-shop/testing/fake-shop.ts';
import type {
  FromYourShop,
  ToYourShop,
  WalkedRequest,
  WalkedVerb,
  YourShopAnswer,
  YourShopTask,
} from './your-shop-protocol.ts';

const main = fileURLToPath(new URL('./your-shop-main.ts', import.meta.url));
const fakeAdapter = fileURLToPath(
  new URL('../adapters/your-shop/testing/fake-shop-adapter.ts', import.meta.url),
);
const folder = mkdtempSync(join(tmpdir(), 'stampede-your-shop-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let child: ChildProcess | null = null;
let shop: FakeShop | null = null;
afterEach(async () => {
  child?.kill('SIGKILL');
  child = null;
  await shop?.close();
  shop = null;
});

type Heard = {
  answer: YourShopAnswer | null;
  failed: string | null;
  requests: WalkedRequest[];
  verbs: WalkedVerb[];
};

/** On a machine that does much else. */
const POLL = { timeout: 30_000 };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let lastId = 0;

/** Asks a process, a new one where none is left of this test, to do something. */
async function ask(
  file: string,
  task: YourShopTask,
  { url = shop?.url ?? 'http://127.0.0.1:9', httpDeadlineMs = 10_000 } = {},
): Promise<Heard> {
  child ??= fork(main, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const asked = child;
  lastId += 1;
  const message: ToYourShop = {
    id: lastId,
    settings: { file, url, runId: 'test-run', version: '0.0.0' },
    deadlines: { httpDeadlineMs, outcomeDeadlineMs: 20_000 },
    task,
  };
  const heard: Heard = { answer: null, failed: null, requests: [], verbs: [] };
  return new Promise((resolve, reject) => {
    function onMessage(from: FromYourShop) {
      if (from.id !== message.id) return;
      if (from.type === 'request') heard.requests.push(from.request);
      else if (from.type === 'verb') heard.verbs.push(from.verb);
      else if (from.type === 'answer' || from.type === 'failed') {
        asked.off('message', onMessage);
        if (from.type === 'answer') heard.answer = from.answer;
        else heard.failed = from.message;
        resolve(heard);
      }
    }
    asked.on('message', onMessage);
    asked.once('error', reject);
    asked.send(message);
  });
}

/** A file of its own in a folder that knows nothing of this project. */
function write(source: string, name = 'my-shop.ts'): string {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
}

let fileCount = 0;

/** A shop's file with these parts over those of one that sells a single thing. */
function writeShop(parts: string, before = ''): string {
  fileCount += 1;
  return write(
    `import { defineShop, type Item } from 'stampede';
${before}
const thing: Item = { id: 'a', name: 'A thing', category: 'things', price: 5 };
const verbs = {
  product: async () => undefined,
  setLine: async () => undefined,
  checkout: async () => ({ is: 'ok' as const, orderId: 'o-1' }),
};
export default defineShop({
  catalogue: async () => [thing],
  visit: () => verbs,
  ...${parts},
});
`,
    `shop-${fileCount}.ts`,
  );
}

describe('a shop in order', () => {
  it('is described without a single request', async () => {
    shop = await startFakeShop();
    const { answer } = await ask(fakeAdapter, { kind: 'describe' });
    expect(answer).toMatchObject({
      description: {
        name: 'The fake shop',
        currency: 'KRW',
        origins: [shop.url],
        missingVerbs: ['arrive'],
        hasAccounts: false,
        audits: { ordersSince: true, stock: true },
      },
    });
    expect(shop.requests).toEqual([]);
  });

  it('is discovered with all of its 20,000 items', async () => {
    shop = await startFakeShop({ items: fakeItems(20_000) });
    const { answer, failed } = await ask(fakeAdapter, { kind: 'discover' });
    expect(failed).toBeNull();
    expect(answer?.kind === 'discover' && answer.discovery).toMatchObject({
      inStockCount: 20_000,
      accountCount: null,
      categories: [
        { name: 'lamps', itemCount: 6_667 },
        { name: 'desks', itemCount: 6_667 },
        { name: 'chairs', itemCount: 6_666 },
      ],
    });
    expect(answer?.kind === 'discover' && answer.discovery.items).toHaveLength(20_000);
  });

  it('is walked through verb by verb, and its order is audited', async () => {
    shop = await startFakeShop();
    const { answer, requests, verbs } = await ask(fakeAdapter, { kind: 'walk' });
    expect(answer).toEqual({ kind: 'walk', itemId: 'item-1', orderId: 'order-1', isComplete: true });
    expect(verbs.flatMap(({ doubts }) => doubts)).toEqual([]);
    expect(verbs.map(({ verb, end, understood }) => `${verb} ${end}: ${understood}`)).toEqual([
      'arrive missing: not in the file',
      'home ok: 20 items, 20 of them in the catalogue; more pages',
      'list ok: 20 items, 20 of them in the catalogue; no more pages',
      'search ok: 20 items, 20 of them in the catalogue; more pages',
      'product ok: price 1000, 1000 in stock',
      'setLine ok: 1 × item-1 in the cart',
      'cart ok: 1 line, total 1000',
      'removeLine ok: item-1 taken out, and put in again',
      'setLine ok: 1 × item-1 in the cart',
      'checkout ok: ok, order order-1, total 1000',
      'outcome ok: ok, order order-1, total 1000',
      'order ok: found again with 1 line, total 1000',
      'orders ok: 1 order, the one just placed among them',
      'cancel ok: order order-1 taken back',
    ]);
    expect(requests.find(({ name }) => name === 'checkout')).toMatchObject({
      verb: 'checkout',
      method: 'POST',
      path: '/orders',
      status: 201,
      failure: null,
    });
    const orders = await ask(fakeAdapter, { kind: 'orders-since', sinceMs: 0 });
    expect(orders.answer).toMatchObject({
      orders: [{ orderId: 'order-1', total: 1_000, state: 'cancelled' }],
    });
    const stock = await ask(fakeAdapter, { kind: 'stock', itemIds: ['item-1'] });
    expect(stock.answer).toMatchObject({ kind: 'stock', stock: { 'item-1': 1_000 } });
  });

  it('waits in the walk for an order that is decided later', async () => {
    shop = await startFakeShop({ isPending: true });
    const { decidePending, requests: asked } = shop;
    const walking = ask(fakeAdapter, { kind: 'walk' });
    await expect.poll(() => asked.some(({ line }) => line === 'GET /orders/order-1'), POLL).toBe(true);
    decidePending();
    expect((await walking).answer).toMatchObject({ isComplete: true, orderId: 'order-1' });
  });

  it('waits in the walk for a pending order that only a look at it tells of', async () => {
    shop = await startFakeShop({ isPending: true });
    const file = write(
      `import { defineShop } from 'stampede';
import fake from ${JSON.stringify(fakeAdapter)};
export default defineShop({
  ...fake,
  visit: (http, person, hooks) => ({ ...fake.visit(http, person, hooks), outcome: undefined }) as never,
});
`,
      'looked-at.ts',
    );
    const { decidePending, requests: asked } = shop;
    const walking = ask(file, { kind: 'walk' });
    await expect.poll(() => asked.some(({ line }) => line === 'GET /orders/order-1'), POLL).toBe(true);
    decidePending();
    const { answer, verbs } = await walking;
    expect(verbs.find(({ verb }) => verb === 'outcome')?.end).toBe('missing');
    expect(answer).toMatchObject({ isComplete: true, orderId: 'order-1' });
  });

  it.each([
    [
      'a stream of events',
      '',
      `events = await http.events('order events', '/events', { event: 'order' });`,
      `for await (const message of events!) {
        const { id, total } = message.json<{ id: string; total: number }>();
        if (id === orderId) return { is: 'ok', orderId, total };
      }
      throw new Error('nothing was told');`,
    ],
    [
      'a WebSocket',
      '',
      `events = await http.socket('order events', '/socket');`,
      `for await (const message of events!) {
        const { id, total } = message.json<{ id: string; total: number }>();
        if (id === orderId) return { is: 'ok', orderId, total };
      }
      throw new Error('nothing was told');`,
    ],
    [
      'a webhook',
      'webhooks: { port: PORT, orderIdOf: (hook) => hook.json<{ id: string }>().id },',
      '',
      `const { total } = (await hooks.wait(orderId)).json<{ total: number }>();
      return { is: 'ok', orderId, total };`,
    ],
  ])('waits in the walk for an end that the shop tells by %s', async (_, parts, arrive, outcome) => {
    shop = await startFakeShop({ isPending: true });
    const port = await freePort();
    if (parts !== '') shop.hookUrl = `http://127.0.0.1:${port}/orders`;
    const file = write(
      `import { defineShop, type Messages } from 'stampede';
import fake from ${JSON.stringify(fakeAdapter)};
export default defineShop({
  ...fake,
  ${parts.replace('PORT', String(port))}
  visit: (http, person, hooks) => {
    let events: Messages | null = null;
    return {
      ...fake.visit(http, person, hooks),
      arrive: async () => { ${arrive} },
      outcome: async (orderId) => { ${outcome} },
    };
  },
});
`,
      `told-${port}.ts`,
    );
    const { decidePending, requests: asked } = shop;
    const walking = ask(file, { kind: 'walk' });
    await expect.poll(() => asked.some(({ line }) => line === 'POST /orders'), POLL).toBe(true);
    // The answer to the checkout may be on its way still: what is told meanwhile is kept.
    decidePending();
    const { answer, verbs } = await walking;
    expect(verbs.find(({ verb }) => verb === 'outcome')?.understood).toBe('ok, order order-1, total 1000');
    expect(answer).toMatchObject({ isComplete: true, orderId: 'order-1' });
    expect(asked.some(({ line }) => line === 'GET /orders/order-1')).toBe(true);
    await expect.poll(() => shop?.listenerCount(), POLL).toBe(0);
  });

  it('names itself and the run in every request, each with a trace of its visit', async () => {
    shop = await startFakeShop();
    await ask(fakeAdapter, { kind: 'walk' });
    const traces = shop.requests.map(({ headers }) => {
      expect(headers['user-agent']).toBe('Stampede/0.0.0');
      expect(headers['stampede-run']).toBe('test-run');
      return headers.traceparent as string;
    });
    expect(new Set(traces).size).toBe(traces.length);
    expect(new Set(traces.map((trace) => trace.split('-')[1])).size).toBe(2);
    expect(traces.every((trace) => /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/.test(trace))).toBe(true);
  });
});

describe('what keeps a shop from being rehearsed is one line', () => {
  const endings: [what: string, parts: string, message: RegExp, before?: string][] = [
    [
      'no items',
      '{ catalogue: async () => [] }',
      /^catalogue: found no items, needed at least one that is in stock/,
    ],
    [
      'none in stock',
      '{ catalogue: async () => [{ ...thing, stock: 0 }] }',
      /^catalogue: found 1 items and none in stock/,
    ],
    [
      'the same id twice',
      '{ catalogue: async () => [thing, thing] }',
      /^catalogue: items 1 and 2 both have the id "a", needed is one of its own/,
    ],
    [
      'a price as text',
      '{ catalogue: async () => [{ ...thing, price: "12,900" as never }] }',
      /^catalogue: item 1 \("a"\): price is "12,900", needed is a number/,
    ],
    [
      'a negative price',
      '{ catalogue: async () => [{ ...thing, price: -1 }] }',
      /price is -1, needed is 0 or more/,
    ],
    [
      'an id that is a number',
      '{ catalogue: async () => [{ ...thing, id: 7 as never }] }',
      /^catalogue: item 1: id is 7 \(number\), needed is a text: String\(7\)/,
    ],
    [
      'a catalogue that throws',
      '{ catalogue: async () => { return missing.items; } }',
      /^catalogue \(shop-\d+\.ts:12\): ReferenceError: missing is not defined$/,
    ],
    ['no visit', '{ visit: undefined as never }', /`visit` is nothing, needed is a function/],
    [
      'a verb that nobody can do without',
      '{ visit: () => ({ product: verbs.product, setLine: verbs.setLine }) as never }',
      /visit has no `checkout`, needed for anybody to buy something/,
    ],
    [
      'a request outside of any verb',
      '{ visit: (http) => { void http.get("token", "/token"); return verbs; } }',
      /visit asks for "token" before any verb is called/,
    ],
    [
      'an account that is there twice',
      '{ people: async () => [{ email: "a@x" } as never, { email: "a@x" } as never] }',
      /^people: accounts 1 and 2 are both "a@x"/,
    ],
    [
      'an origin that is none',
      '{ origins: ["my.shop"] }',
      /^an origin of the shop is "my.shop", needed is an address/,
    ],
    [
      'a request to somebody else',
      '{ catalogue: async (http) => (await http.get("items", "https://other.example/items")).json() }',
      /^items: it asks https:\/\/other\.example, needed is a declared origin/,
    ],
    [
      'a port of webhooks that is none',
      '{ webhooks: { port: 0, orderIdOf: () => null } }',
      /^shop-\d+\.ts: the port of `webhooks` is 0 \(number\), needed is a number from 1 to 65535/,
    ],
    [
      'webhooks that name no order',
      '{ webhooks: { port: 4010 } as never }',
      /^shop-\d+\.ts: `orderIdOf` of `webhooks` is nothing, needed is a function/,
    ],
    ['a mistake in the syntax', '{', /^shop-\d+\.ts(:\d+)?: it does not load \(.*SyntaxError/],
  ];
  it.each(endings)('%s', async (_what, parts, message, before) => {
    shop = await startFakeShop();
    const { failed } = await ask(writeShop(parts, before), { kind: 'discover' });
    expect(failed).toMatch(message);
    expect(failed).not.toContain('\n');
    expect(shop.requests).toEqual([]);
  });

  it('a file that is not there, and one that describes nothing', async () => {
    const { failed } = await ask(join(folder, 'none.ts'), { kind: 'describe' });
    expect(failed).toMatch(/^found no file .*none\.ts, needed is the one that describes the shop/);
    const empty = await ask(write('export const nothing = 1;', 'empty.ts'), { kind: 'describe' });
    expect(empty.failed).toMatch(/^empty\.ts: its default export is nothing, needed is/);
  });

  it('a shop that does not listen, and one that answers HTML', async () => {
    const nobody = await ask(fakeAdapter, { kind: 'discover' }, { url: 'http://127.0.0.1:9' });
    expect(nobody.failed).toMatch(/^catalogue: catalogue: nothing listens at http:\/\/127\.0\.0\.1:9/);
    shop = await startFakeShop({ faults: ['answers-html'] });
    const html = await ask(fakeAdapter, { kind: 'discover' }, { url: shop.url });
    expect(html.failed).toMatch(/^catalogue: catalogue: found HTML \("<!doctype html>.*needed JSON/);
  });

  it('an endless loop in a verb is named with its line, and in the file itself', async () => {
    const parts = `{ visit: () => ({
    ...verbs,
    product: async (item: Item) => {
      let n = 0;
      while (item.id !== '') n += 1;
      return { stock: n };
    },
  }) }`;
    const { failed, verbs } = await ask(writeShop(parts), { kind: 'walk' });
    expect(failed).toMatch(/^product \(shop-\d+\.ts:16\): it has kept the process busy for 5 s/);
    expect(verbs.map(({ verb }) => verb)).toEqual(['arrive', 'home', 'list', 'search']);
    if (child !== null) expect(await once(child, 'exit')).toEqual([3, null]);
    child = null;
    const loop = await ask(writeShop('{}', 'for (let n = 0; n >= 0; n += 1);'), { kind: 'describe' });
    expect(loop.failed).toMatch(/^the file itself \(shop-\d+\.ts:2\)/);
  });
});

describe('a walk through a shop that has faults', () => {
  it('names the verb and the line of what throws, and goes no further than it can', async () => {
    const parts = `{ visit: () => ({
    ...verbs,
    setLine: async (item: Item) => {
      const line = ({} as { lines: string[] }).lines[0];
      return undefined;
    },
  }) }`;
    const { answer, verbs } = await ask(writeShop(parts), { kind: 'walk' });
    expect(answer).toMatchObject({ isComplete: false, orderId: null });
    expect(verbs.at(-1)).toMatchObject({
      verb: 'setLine',
      end: 'failed',
      understood: expect.stringMatching(
        /^setLine \(shop-\d+\.ts:15\): TypeError: Cannot read properties of undefined \(reading '0'\)$/,
      ),
    });
  });

  it('tells what a verb gave instead of an outcome', async () => {
    const file = writeShop('{ visit: () => ({ ...verbs, checkout: async () => ({ id: 7 }) as never }) }');
    const { verbs } = await ask(file, { kind: 'walk' });
    expect(verbs.at(-1)?.understood).toMatch(/checkout gave \{"id":7\}, needed is \{is: "ok"/);
  });

  it('doubts prices that are text', async () => {
    const parts = `{ visit: () => ({
    ...verbs,
    list: async () => ({ items: [{ id: 'a', price: '5,00' as never }] }),
    product: async () => ({ price: '5,00' as never }),
  }) }`;
    const { verbs } = await ask(writeShop(parts), { kind: 'walk' });
    expect(verbs.flatMap(({ doubts }) => doubts)).toEqual([
      'the price of "a" is "5,00", needed is a number: Number(…)',
      'its price is no number',
    ]);
  });

  it('doubts an order that is kept with another total, and one that is not found again', async () => {
    shop = await startFakeShop({ faults: ['changes-totals'] });
    const changed = await ask(fakeAdapter, { kind: 'walk' });
    expect(changed.verbs.find(({ verb }) => verb === 'order')?.doubts).toEqual([
      'its total is 1001, the checkout said 1000',
    ]);
    shop.faults.clear();
    shop.faults.add('loses-orders');
    const lost = await ask(fakeAdapter, { kind: 'walk' });
    expect(lost.verbs.find(({ verb }) => verb === 'order')?.doubts).toEqual([
      'the order that was just placed is not found again',
    ]);
  });
});
