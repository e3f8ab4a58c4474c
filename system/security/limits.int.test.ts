// What one client can take from the shop, what browsers are told, and what the log keeps to itself.
import { beforeAll, describe, expect, test } from 'vitest';
import type { SessionView } from '../contract/customers.ts';
import { BODY_LIMIT_BYTES } from '../platform/http/http.ts';
import { openTestShop, type TestShop } from './testing.ts';

const PASSWORD = 'correct horse battery';

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});

let count = 0;
const newcomer = () => {
  count += 1;
  return {
    email: `newcomer${count}@example.kr`,
    password: PASSWORD,
    name: '김민지',
    nickname: 'minji',
    gender: null,
    birthYear: null,
    region: 'Seoul',
    marketingConsent: false,
  };
};

describe('a request', () => {
  test('has at most 64 KiB of body, whether its length is told or not', async () => {
    const text = (bytes: number) => `{"email":"${'x'.repeat(bytes - 12)}"}`;
    const post = (body: string) => shop.request('POST', '/sessions', { body });
    expect((await post(text(BODY_LIMIT_BYTES))).status).toBe(400);
    const told = await post(text(BODY_LIMIT_BYTES + 1));
    expect(told.status).toBe(413);
    expect(await told.json()).toMatchObject({ code: 'body-too-large' });
    const untold = await fetch(`${shop.url}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([text(BODY_LIMIT_BYTES + 1)]).stream(),
      duplex: 'half',
    });
    expect(untold.status).toBe(413);
  });

  test('has no more headers and no longer path than Node reads', async () => {
    const long = 'x'.repeat(17_000);
    const header = await shop.request('GET', '/products', { headers: { 'x-long': long } });
    expect(header.status).toBe(431);
    expect(await header.json()).toMatchObject({ code: 'headers-too-large' });
    expect((await shop.request('GET', `/products?search=${long}`)).status).toBe(431);
    expect((await shop.request('GET', `/products/${'1'.repeat(5_000)}`)).status).toBe(414);
  });

  test('asks for pages of a bounded size', async () => {
    for (const query of ['pageSize=61', 'page=101', `search=${'x'.repeat(101)}`]) {
      expect((await shop.request('GET', `/products?${query}`)).status, query).toBe(400);
    }
  });
});

test('a client beyond the rate limit is told when to come back', async () => {
  const limited = await openTestShop({ RATE_LIMIT_PER_SECOND: '3' });
  const answers = await Promise.all(Array.from({ length: 12 }, () => limited.request('GET', '/categories')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused) {
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
  }
});

describe('browsers', () => {
  test('get the whole set of headers with every page', async () => {
    for (const page of ['/', '/docs']) {
      const { headers, status } = await shop.request('GET', page);
      expect(status, page).toBe(200);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, page).toMatch(/default-src '(self|none)'/);
      expect(policy, page).not.toMatch(/script-src[^;]*(unsafe-inline|unsafe-eval|https?:)/);
      expect(headers.get('x-frame-options'), page).toBe('SAMEORIGIN');
      expect(headers.get('x-content-type-options'), page).toBe('nosniff');
      expect(headers.get('referrer-policy'), page).toBe('no-referrer');
      expect(headers.get('x-powered-by'), page).toBeNull();
    }
  });

  test('may not read answers from another origin, and get nothing that asks for it', async () => {
    const headers = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' };
    for (const [method, path] of [
      ['GET', '/products'],
      ['OPTIONS', '/orders'],
      ['POST', '/sessions'],
    ] as const) {
      const answer = await shop.request(method, path, { headers });
      const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
      expect(names, path).toEqual([]);
      expect(answer.headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
    }
  });

  test('never send a session by themselves: the shop sets and reads no cookie', async () => {
    const answer = await shop.request('POST', '/customers', { json: newcomer() });
    const { accessToken } = (await answer.json()) as SessionView;
    expect(answer.headers.get('set-cookie')).toBeNull();
    const headers = { cookie: `session=${accessToken}; accessToken=${accessToken}` };
    expect((await shop.request('GET', '/me', { headers })).status).toBe(401);
  });
});

test('the shop answers others while passwords are being checked', async () => {
  const person = newcomer();
  expect((await shop.request('POST', '/customers', { json: person })).status).toBe(201);
  const { email, password } = person;
  let signedInCount = 0;
  const signIns = Array.from({ length: 8 }, async () => {
    const answer = await shop.request('POST', '/sessions', { json: { email, password } });
    signedInCount += 1;
    return answer.status;
  });
  for (let index = 0; index < 3; index += 1) {
    expect((await shop.request('GET', '/products')).status).toBe(200);
  }
  expect(signedInCount).toBeLessThan(8);
  expect(await Promise.all(signIns)).toEqual(Array.from({ length: 8 }, () => 201));
});

test('no log line, of whatever level, holds a password, a token, a hash or an e-mail', async () => {
  const person = newcomer();
  const { email, password } = person;
  const post = async (path: string, json: unknown) => (await shop.request('POST', path, { json })).json();
  const signedUp = (await post('/customers', person)) as SessionView;
  await post('/customers', person);
  const signedIn = (await post('/sessions', { email, password })) as SessionView;
  await post('/sessions', { email, password: `${PASSWORD} wrong` });
  await post('/sessions', { email, password: 7 });
  await shop.request('POST', '/sessions', { body: `{"password":"${PASSWORD}"` });
  const refreshed = (await post('/sessions/refresh', { refreshToken: signedIn.refreshToken })) as SessionView;
  // The shop's own faults are logged with their stack, which must not quote what was sent; PostgreSQL does.
  await shop.database.query('ALTER TABLE sign_in_identities ADD CHECK (subject IS NULL) NOT VALID');
  expect(await post('/customers', { ...person, email: `other-${email}` })).toMatchObject({ status: 500 });
  await shop.database.query('ALTER TABLE sign_in_identities RENAME TO away');
  expect(await post('/sessions', { email, password })).toMatchObject({ status: 503 });
  await shop.request('DELETE', '/sessions/current', { by: refreshed });
  const log = shop.logged.join('');
  expect(log).toContain('a request failed');
  const tokens = [signedUp, signedIn, refreshed].flatMap((view) => [view.accessToken, view.refreshToken]);
  for (const secret of [PASSWORD, email, 'argon2id', 'Bearer ', ...tokens]) expect(log).not.toContain(secret);
});
