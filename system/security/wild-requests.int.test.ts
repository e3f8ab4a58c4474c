// Every route that the shop describes, with requests made from its schema and spoiled: the answer is a success or a
// problem that says whose fault it was, and never the shop's. The seed is fixed, so that a failure can be repeated.
import { connect } from 'node:net';
import fc from 'fast-check';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WildRequest, wildRequests } from './requests.ts';
import { ACCESS, describedRoutes, type Route } from './routes.ts';
import { openTestShop, type Person, type TestShop } from './testing.ts';

const SEED = 20261121;
const CASES_PER_ROUTE = 300;
/** Right bodies for these cost a password hash each; other tests send those. */
const HASHING = ['POST /customers', 'POST /sessions'];

let shop: TestShop;
let routes: Route[];
let people: Person[];
let pool: Pool;
beforeAll(async () => {
  shop = await openTestShop();
  routes = await describedRoutes(shop);
  people = [await shop.person(), await shop.person('operator')];
  for (let count = 0; count < 5; count += 1) await shop.product();
  pool = new Pool(shop.url, { connections: 8 });
});
afterAll(() => pool.close());

/** Sent as it is; fetch would tidy up the path. */
async function send(route: Route, { path, headers, body }: WildRequest, by: Person | undefined) {
  const answer = await pool.request({
    method: route.method as 'GET',
    path,
    headers: { ...headers, ...(by && { authorization: `Bearer ${by.accessToken}` }) },
    body: body ?? null,
  });
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type']),
    text: await answer.body.text(),
  };
}

async function expectFairAnswer(route: Route, request: WildRequest, by: Person | undefined): Promise<void> {
  const { status, type, text } = await send(route, request, by);
  const said = `${route.name} ${JSON.stringify(request).slice(0, 400)} → ${status} ${text.slice(0, 300)}`;
  if (status >= 200 && status < 300) return;
  if (status < 400 || status >= 500) throw new Error(said);
  if (!type.startsWith('application/problem+json') || JSON.parse(text).status !== status)
    throw new Error(said);
}

test('no request made from a route’s schema brings the shop down, whoever sends it', async () => {
  await Promise.all(
    routes.map((route) => {
      const isSignOut = route.name === 'DELETE /sessions/current';
      const senders = ACCESS[route.name] === 'public' || isSignOut ? [undefined] : people;
      const sender = fc.constantFrom<Person | undefined>(...senders);
      const property = fc.asyncProperty(
        wildRequests(route, { mayFit: !HASHING.includes(route.name) }),
        sender,
        (request, by) => expectFairAnswer(route, request, by),
      );
      return fc.assert(property, { seed: SEED, numRuns: CASES_PER_ROUTE });
    }),
  );
  const isFault = (line: string) => JSON.parse(line).level >= 40;
  expect(shop.logged.filter(isFault)).toEqual([]);
});

describe('text that PostgreSQL cannot store', () => {
  test('is the sender’s fault on every way in', async () => {
    const person = {
      email: 'nul@example.kr',
      password: 'correct horse',
      name: 'a\u0000b',
      nickname: 'x',
      gender: null,
      birthYear: null,
      region: 'Seoul',
      marketingConsent: false,
    };
    const answers = await Promise.all([
      shop.request('POST', '/customers', { json: person }),
      shop.request('POST', '/customers', { json: { ...person, name: 'x', email: 'a\u0000@example.kr' } }),
      shop.request('POST', '/customers', { json: { ...person, name: '\ud800', email: 'half@example.kr' } }),
      shop.request('GET', '/products?search=a%00b'),
      shop.request('GET', '/products?search=%00'),
    ]);
    const statuses = answers.map(({ status }) => status);
    for (const status of statuses) expect([200, 201, 400], String(statuses)).toContain(status);
    expect(statuses[0]).toBe(400);
  });
});

/** Sends bytes as they are; gives the whole answer. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(shop.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('what is hardly HTTP', () => {
  const close = 'Host: x\r\nConnection: close\r\n';
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\n${close}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a URL without end', `GET /products?search=${'x'.repeat(20_000)} HTTP/1.1\r\n${close}\r\n`, 431],
    [
      'two lengths',
      `POST /sessions HTTP/1.1\r\n${close}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      400,
    ],
    [
      'a length and chunks',
      `POST /sessions HTTP/1.1\r\n${close}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['an unknown method', `BREW /products HTTP/1.1\r\n${close}\r\n`, 400],
    ['a method that no route has', `TRACE /products HTTP/1.1\r\n${close}\r\n`, 404],
    ['another version of the API', `GET /products HTTP/1.1\r\n${close}Accept-Version: 9.9.9\r\n\r\n`, 200],
  ])('%s is answered as the sender’s fault', async (_name, text, status) => {
    const answer = await raw(text);
    expect(answer.split('\r\n')[0]).toMatch(`HTTP/1.1 ${status}`);
    if (status >= 400) expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
  });
});
