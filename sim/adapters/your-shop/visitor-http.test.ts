import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

function visitor(over = connections): VisitorHttp {
  return new VisitorHttp(
    createVisitorsHttp({
      timeline,
      wallMs: Date.now,
      connections: over,
      measures,
      deadlineMs: 5_000,
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
  await one.put('line', '/api/cart/item-1', { quantity: 2 });
  await other.put('line', '/api/cart/item-2', { quantity: 1 });
  const cart = await one.get('cart', '/api/cart');
  expect(cart.json()).toEqual({ lines: [{ id: 'item-1', quantity: 2, price: 1_000 }], total: 2_000 });
  expect(shop.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, 'sid=s1']);
});

it('measures each request under its name, and those before the first answer as meant for the step', async () => {
  const http = visitor();
  http.begins(timeline.nowMs() - 500);
  await Promise.all([http.get('home', '/api/items'), http.get('menu', '/api/items?category=desks')]);
  const answeredMs = timeline.nowMs();
  await http.get('later', '/api/items');
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
  await http.post('a', '/api/items', { b: 1 });
  await http.post('a', '/api/items', 'plain', {
    headers: { Authorization: 'Bearer u', 'Content-Type': 'text/csv' },
  });
  http.header('authorization', null);
  await http.post('a', '/api/items', new URLSearchParams({ q: 'ä b' }));
  await http.get('a', '/api/items', { headers: { 'user-agent': 'somebody else' } });
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
  await expect(http.get('product', '/api/items/none')).rejects.toThrow(
    'product: found HTTP 404 ("{"error":"not-found"}"), needed 2xx. If it is an answer like any other, accept it: {accept: [404]}.',
  );
  const accepted = await http.get('product', '/api/items/none', { accept: [404] });
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
  expect(ended.map(({ failure }) => failure)).toEqual([null, 'item GraphQL NOT_FOUND']);
});

it('follows redirects within the declared origins, and none off them', async () => {
  const http = visitor();
  const moved = await http.post('moved', '/moved', { a: 1 });
  expect(moved.json()).toMatchObject({ hasNext: true });
  expect(linesOf()).toEqual(['POST /moved', 'GET /api/items?page=1']);
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
  const answer = await visitor().get('cart', '/api/cart');
  expect(answer.text()).toMatch(/^<!doctype/);
  expect(() => answer.json()).toThrow(
    'cart: found HTML ("<!doctype html><title>Welcome</title>"), needed JSON. Is this the address of the API?',
  );
});

it('requests that are under way are ended with the run, and none is sent after the visit', async () => {
  shop.faults.add('never-answers-checkouts');
  const http = visitor();
  await http.put('line', '/api/cart/item-1', { quantity: 1 });
  const checkingOut = http.post('checkout', '/api/checkout', { email: 'a@x' });
  const asked = () => shop.requests.some(({ line }) => line === 'POST /api/checkout');
  await expect.poll(asked).toBe(true);
  connections.cutOff();
  await expect(checkingOut).rejects.toThrow('checkout: the run ended before its answer.');
  http.ends();
  await expect(http.get('late', '/api/items')).rejects.toThrow(/after the visit is over/);
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
