import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../../../deploy/local/testing/testing.ts';
import type { Measures } from '../../engine/measuring/measures.ts';
import { noMeasures } from '../../engine/measuring/measures.ts';
import { createMachineTimeline } from '../../engine/timing/timeline.ts';
import { type Connections, createConnections } from './connections.ts';
import { type FakeShop, startFakeShop } from './testing/fake-shop.ts';
import { VisitorHttp } from './visitor-http.ts';
import { createVisitorsHttp } from './visitors-http.ts';

let shop: FakeShop;
let connections: Connections;
let ended: { failure: string | null; intendedMs: number }[];
let sampled: string[];
const timeline = createMachineTimeline();
/** On a machine that does much else. */
const POLL = { timeout: 30_000 };

const measures: Measures = {
  ...noMeasures,
  sample: (metric) => void sampled.push(metric),
  requestEnded: (intendedMs, end) => void ended.push({ failure: end.ok ? null : end.failure, intendedMs }),
};

beforeEach(async () => {
  ended = [];
  sampled = [];
  shop = await startFakeShop();
  connections = createConnections({
    origins: [shop.url],
    timeline,
    deadlineMs: 5_000,
    connectionCount: 4,
  });
});
afterEach(async () => {
  await connections.close();
  await shop.close();
});

function visitor(over = connections, deadlineMs = 5_000): VisitorHttp {
  return new VisitorHttp(
    createVisitorsHttp({
      timeline,
      wallMs: Date.now,
      connections: over,
      measures,
      deadlineMs,
      graphqlPath: '/graphql',
      version: '1.2.3',
      runId: 'r1',
      tracePrefix: '0123456789abcdef',
    }),
  );
}

const linesOf = () => shop.requests.map(({ line }) => line);

it('keeps the cookies of each visitor apart', async () => {
  const [one, other] = [visitor(), visitor()];
  await one.put('line', '/cart/item-1', { quantity: 2 });
  await other.put('line', '/cart/item-2', { quantity: 1 });
  const cart = await one.get('cart', '/cart');
  expect(cart.json()).toEqual({ lines: [{ id: 'item-1', quantity: 2, price: 1_000 }], total: 2_000 });
  expect(shop.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, 'sid=s1']);
});

it('measures each request under its name, and those before the first answer as meant for the step', async () => {
  const http = visitor();
  http.begins(timeline.nowMs() - 500);
  await Promise.all([http.get('home', '/products'), http.get('menu', '/products?page=1&category=desks')]);
  const answeredMs = timeline.nowMs();
  await http.get('later', '/products');
  expect(ended.map(({ failure }) => failure)).toEqual([null, null, null]);
  expect(ended[0]?.intendedMs).toBe(ended[1]?.intendedMs);
  expect(ended[2]?.intendedMs).toBeGreaterThanOrEqual(answeredMs);
  expect(sampled.filter((metric) => metric.startsWith('http.response/'))).toEqual(
    expect.arrayContaining(['http.response/home', 'http.response/menu', 'http.response/later']),
  );
});

it('sends JSON, text and forms, with headers of the visit and of one request over them', async () => {
  const http = visitor();
  http.header('authorization', 'Bearer t');
  await http.post('a', '/products', { b: 1 });
  await http.post('a', '/products', 'plain', {
    headers: { Authorization: 'Bearer u', 'Content-Type': 'text/csv' },
  });
  http.header('authorization', null);
  await http.post('a', '/products', new URLSearchParams({ q: 'ä b' }));
  await http.get('a', '/products', { headers: { 'user-agent': 'somebody else' } });
  expect(shop.requests.map(({ body }) => body)).toEqual(['{"b":1}', 'plain', 'q=%C3%A4+b', '']);
  expect(shop.requests.map(({ headers }) => headers['content-type'])).toEqual([
    'application/json',
    'text/csv',
    'application/x-www-form-urlencoded;charset=UTF-8',
    undefined,
  ]);
  expect(shop.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer t',
    'Bearer u',
    undefined,
    undefined,
  ]);
  expect(new Set(shop.requests.map(({ headers }) => headers['user-agent']))).toEqual(
    new Set(['Stampede/1.2.3']),
  );
});

it('a status that nobody expects is a failure, one that is accepted an answer', async () => {
  const http = visitor();
  await expect(http.get('product', '/products/none')).rejects.toThrow(
    'product: found HTTP 404 ("{"because":"not-found"}"), needed 2xx. If it is an answer like any other, accept it: {accept: [404]}.',
  );
  const accepted = await http.get('product', '/products/none', { accept: [404] });
  expect(accepted.status).toBe(404);
  await expect(http.get('stock', '/admin/stock')).rejects.toThrow(
    /Is the token, key or account still good\?$/,
  );
  expect(ended.map(({ failure }) => failure)).toEqual(['product 404', null, 'stock 401']);
});

it('GraphQL gives its data, and errors in a good answer are a failure all the same', async () => {
  const http = visitor();
  const { data } = await http.graphql<{ item: { id: string } }>('item', 'query…', { id: 'item-3' });
  expect(data.item.id).toBe('item-3');
  await expect(http.graphql('item', 'query…', { id: 'none' })).rejects.toThrow(
    'item: found GraphQL errors (NOT_FOUND: There is no such item.), needed none.',
  );
  const body = JSON.stringify({ errors: [{ message: 'Too many of you.' }] });
  shop.instead = () => ({ status: 503, body, type: 'application/json' });
  await expect(http.graphql('item', 'query…')).rejects.toThrow('Too many of you.');
  expect(ended.map(({ failure }) => failure)).toEqual([
    null,
    'item GraphQL NOT_FOUND',
    'item GraphQL error 503',
  ]);
});

it('follows redirects within the declared origins, and none off them', async () => {
  const http = visitor();
  const moved = await http.post('moved', '/moved', { a: 1 });
  expect(moved.json()).toHaveLength(20);
  expect(linesOf()).toEqual(['POST /moved', 'GET /products?page=1']);
  await expect(http.get('away', '/elsewhere')).rejects.toThrow(
    /^away: found a redirect \(302\) to http:\/\/127\.0\.0\.1:9\/away, needed is one to a declared origin/,
  );
  const taken = await http.get('away', '/elsewhere', { accept: [302] });
  expect(taken.header('Location')).toBe('http://127.0.0.1:9/away');
  await expect(http.get('other', 'http://127.0.0.1:9/')).rejects.toThrow(
    /^other: it asks http:\/\/127\.0\.0\.1:9/,
  );
  await expect(http.get('other', '//127.0.0.1:9/')).rejects.toThrow(/its path is/);
});

it('tells a body that is no JSON by its beginning', async () => {
  shop.faults.add('answers-html');
  const answer = await visitor().get('cart', '/cart');
  expect(answer.text()).toMatch(/^<!doctype/);
  expect(() => answer.json()).toThrow(
    'cart: found HTML ("<!doctype html><title>Welcome</title>"), needed JSON. Is this the address of the API?',
  );
});

it('requests that are under way are ended with the run, and none is sent after the visit', async () => {
  shop.faults.add('never-answers-checkouts');
  const http = visitor();
  await http.put('line', '/cart/item-1', { quantity: 1 });
  const checkingOut = http.post('checkout', '/orders', { email: 'a@x' });
  const asked = () => shop.requests.some(({ line }) => line === 'POST /orders');
  await expect.poll(asked, POLL).toBe(true);
  connections.cutOff();
  await expect(checkingOut).rejects.toThrow('checkout: the run ended before its answer.');
  http.ends();
  await expect(http.get('late', '/products')).rejects.toThrow(/after the visit is over/);
});

describe.each<['events' | 'socket', string]>([
  ['events', '/events'],
  ['socket', '/socket'],
])('what the shop tells by itself, by %s', (kind, path) => {
  const open = (http: VisitorHttp) => http[kind]('told', path, { event: 'order' });

  async function tell(orderId: string): Promise<void> {
    shop.orders.push({ id: orderId, email: '', lines: [], total: 5, state: 'pending', placedAtMs: 0 });
    shop.decidePending();
  }

  it('comes in its order, is kept until it is read, and ends with the visit', async () => {
    const http = visitor();
    http.header('authorization', 'Bearer t');
    const messages = await open(http);
    await expect.poll(() => shop.listenerCount(), POLL).toBe(1);
    await tell('a');
    await tell('b');
    const heard: string[] = [];
    for await (const message of messages) {
      heard.push(message.json<{ id: string }>().id);
      break;
    }
    await tell('c');
    for await (const message of messages) {
      heard.push(message.json<{ id: string }>().id);
      if (heard.length === 3) http.ends();
    }
    expect(heard).toEqual(['a', 'b', 'c']);
    await expect.poll(() => shop.listenerCount(), POLL).toBe(0);
    expect(ended.map(({ failure }) => failure)).toEqual([null]);
    expect(sampled).toContain('http.response/told');
  });

  it('that breaks off while somebody waits is a failure of its name', async () => {
    const messages = await open(visitor());
    await expect.poll(() => shop.listenerCount(), POLL).toBe(1);
    const next = messages[Symbol.asyncIterator]().next();
    shop.hangUp();
    await expect(next).rejects.toThrow(/^told: found it broken off while somebody waited/);
  });

  it('is asked for at declared origins only, and not after the visit', async () => {
    const http = visitor();
    await expect(http[kind]('told', 'http://127.0.0.1:9/')).rejects.toThrow(/^told: it asks http:/);
    http.ends();
    await expect(open(http)).rejects.toThrow(/after the visit is over/);
  });
});

it('a stream that is refused, or none, fails like a request, with its headers sent', async () => {
  const http = visitor();
  http.header('authorization', 'Bearer t');
  await expect(http.events('told', '/nothing')).rejects.toThrow(/^told: found HTTP 404/);
  await expect(http.events('told', '/products')).rejects.toThrow(
    'told: found HTTP 200 with application/json, needed 200 with text/event-stream. Is its path right?',
  );
  await expect(http.events('told', '/elsewhere')).rejects.toThrow(/^told: found HTTP 302/);
  expect(shop.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer t',
    accept: 'text/event-stream',
    'user-agent': 'Stampede/1.2.3',
    traceparent: expect.stringMatching(/^00-/),
  });
  expect(ended.map(({ failure }) => failure)).toEqual([
    'told 404',
    'told is no event stream',
    'told is no event stream',
  ]);
});

it('what is no stream and never ends is given up at the deadline', async () => {
  const server = createPlainServer((_request, response) => void response.writeHead(500).write('a'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endless = createConnections({ origins: [origin], timeline, deadlineMs: 5_000, connectionCount: 1 });
  try {
    await expect(visitor(endless, 500).events('told', '/')).rejects.toThrow(/^told: found no answer of/);
    expect(ended.map(({ failure }) => failure)).toEqual(['timeout told']);
  } finally {
    await endless.close();
    server.closeAllConnections();
    server.close();
  }
});

it('a socket that nobody answers is a connection that failed', async () => {
  const free = await startFakeShop();
  await free.close();
  const nowhere = createConnections({
    origins: [free.url],
    timeline,
    deadlineMs: 30_000,
    connectionCount: 1,
  });
  await expect(visitor(nowhere).socket('told', '/')).rejects.toThrow(/^told: /);
  expect(ended.map(({ failure }) => failure)).toEqual(['connection told']);
  await nowhere.close();
});

it('a certificate that does not verify is told, and nothing is sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-certificate-'));
  const { certificate, key } = selfSignedCertificate(folder);
  const lines: string[] = [];
  const server = createServer(
    { cert: readFileSync(certificate), key: readFileSync(key) },
    (request, response) => {
      lines.push(request.url ?? '');
      response.end('{}');
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secure = createConnections({ origins: [origin], timeline, deadlineMs: 5_000, connectionCount: 1 });
  try {
    await expect(visitor(secure).get('home', '/')).rejects.toThrow(
      new RegExp(
        `^home: the certificate of ${origin} does not verify \\(.*SELF_SIGNED.*NODE_EXTRA_CA_CERTS=ca.pem`,
      ),
    );
    expect(lines).toEqual([]);
  } finally {
    await secure.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
});
