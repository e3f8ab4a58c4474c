import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../api-testing.ts';
import type { SessionView } from '../contract/customers.ts';
import { PASSWORD_GATE_LIMITS } from './password-gate.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let api: TestApi;
let email: string;
let count = 0;
beforeAll(async () => {
  api = await createTestApi();
});
beforeEach(() => {
  count += 1;
  email = `Person${count}@example.kr`;
});

const post = (url: string, payload: object) => api.app.inject({ method: 'POST', url, payload });
const signUp = (change: object = {}) =>
  post('/customers', {
    email,
    password: 'correct horse',
    name: 'Kim Minji',
    nickname: 'minji',
    gender: null,
    birthYear: 1990,
    region: 'Seoul',
    marketingConsent: true,
    ...change,
  });
const signIn = (password = 'correct horse', address = email) =>
  post('/sessions', { email: address, password });
const refresh = (refreshToken: string) => post('/sessions/refresh', { refreshToken });
const me = (accessToken: string) =>
  api.app.inject({ url: '/me', headers: { authorization: `Bearer ${accessToken}` } });

async function signedUp(): Promise<SessionView> {
  const answer = await signUp();
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

describe('signing up', () => {
  test('makes a person with a session of their own', async () => {
    const session = await signedUp();
    expect(session.accessTokenExpiresInSeconds).toBe(3_600);
    const answer = await me(session.accessToken);
    expect(answer.json()).toEqual({
      id: session.customerId,
      name: 'Kim Minji',
      nickname: 'minji',
      gender: null,
      birthYear: 1990,
      region: 'Seoul',
      email,
      status: 'ACTIVE',
      marketingConsent: true,
      grade: 'BRONZE',
      roles: ['customer'],
      points: 0,
      createdAt: api.clock.now().toISOString(),
      lastOrderedAt: null,
    });
  });

  test('is refused for an e-mail that somebody has, in whatever case, and leaves nobody behind', async () => {
    await signedUp();
    const people = async () => (await api.database.query('SELECT count(*) FROM customers')).rows[0].count;
    const before = await people();
    const answer = await signUp({ email: email.toUpperCase() });
    expect(answer.json()).toMatchObject({ status: 409, code: 'email-taken' });
    expect(await people()).toBe(before);
  });

  test('is refused when the body is not right', async () => {
    for (const change of [
      { email: 'nobody' },
      { password: 'short' },
      { region: 'Tokyo' },
      { birthYear: 2027 },
      { roles: ['operator'] },
      { name: 'a\u0000b' },
    ]) {
      expect((await signUp(change)).json(), JSON.stringify(change)).toMatchObject({
        code: 'invalid-request',
      });
    }
  });
});

describe('signing in', () => {
  test('gives a session for the right password', async () => {
    const { customerId } = await signedUp();
    const answer = await signIn('correct horse', email.toLowerCase());
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toMatchObject({ customerId });
  });

  test('does not tell a wrong password from an unknown e-mail or somebody who has withdrawn', async () => {
    const { customerId } = await signedUp();
    const wrong = await signIn('wrong horse');
    const unknown = await signIn('correct horse', 'unknown@example.kr');
    await api.database.query(`UPDATE customers SET status = 'WITHDRAWN' WHERE id = $1`, [customerId]);
    const withdrawn = await signIn();
    expect(wrong.statusCode).toBe(401);
    expect(wrong.json().code).toBe('wrong-credentials');
    expect(unknown.body).toBe(wrong.body);
    expect(withdrawn.body).toBe(wrong.body);
  });
});

describe('guessing passwords', () => {
  let lastAddress = 0;
  let [here, elsewhere] = ['', ''];
  beforeEach(() => {
    lastAddress += 2;
    [here, elsewhere] = [`203.0.113.${lastAddress}`, `203.0.113.${lastAddress + 1}`];
  });
  const signInFrom = (remoteAddress: string, password: string, address = email) =>
    api.app.inject({
      method: 'POST',
      url: '/sessions',
      payload: { email: address, password },
      remoteAddress,
    });
  async function guess(remoteAddress: string, guessCount: number, address = email): Promise<number[]> {
    const statuses: number[] = [];
    for (let index = 0; index < guessCount; index += 1)
      statuses.push((await signInFrom(remoteAddress, `wrong horse ${index}`, address)).statusCode);
    return statuses;
  }

  test('costs a wait that doubles after ten wrong ones, also before the right one', async () => {
    await signedUp();
    expect(new Set(await guess(here, 10))).toEqual(new Set([401]));
    for (const seconds of [1, 2, 4, 8]) {
      const answer = await signInFrom(here, 'correct horse', email.toUpperCase());
      expect(answer.json()).toMatchObject({ status: 429, code: 'too-many-attempts' });
      expect(answer.headers['retry-after']).toBe(String(seconds));
      api.clock.advance(seconds * 1_000);
      expect(await guess(here, 1)).toEqual([401]);
    }
    // No wait is longer than a quarter of an hour, and refused ones do not count.
    api.clock.advance(15 * 60_000);
    expect((await signInFrom(here, 'correct horse')).statusCode).toBe(201);
    expect(await guess(here, 9)).toHaveLength(9);
    expect((await signInFrom(here, 'correct horse')).statusCode).toBe(201);
  });

  test('keeps the owner out from nowhere else, however long a stranger goes on', async () => {
    await signedUp();
    for (let round = 0; round < 15; round += 1) {
      await guess(here, 1);
      api.clock.advance(15 * 60_000);
    }
    await guess(here, 11);
    expect((await signInFrom(here, 'correct horse')).statusCode).toBe(429);
    expect((await signInFrom(elsewhere, 'correct horse')).statusCode).toBe(201);
  });

  test('from many addresses leaves each of them one free attempt, and known ones theirs', async () => {
    await signedUp();
    expect((await signInFrom(elsewhere, 'correct horse')).statusCode).toBe(201);
    for (let index = 0; index < 50; index += 1) await guess(`198.51.100.${index}`, 1);
    expect(await guess('198.51.100.60', 2)).toEqual([401, 429]);
    expect(await guess(elsewhere, 2)).toEqual([401, 401]);
    expect((await signInFrom('198.51.100.61', 'correct horse')).statusCode).toBe(201);
  });

  test('on many accounts slows the address down, but not where it has signed in before', async () => {
    await signedUp();
    expect((await signInFrom(here, 'correct horse')).statusCode).toBe(201);
    for (let index = 0; index < 30; index += 1) await guess(here, 1, `spray${index}.${email}`);
    expect(await guess(here, 1, `fresh.${email}`)).toEqual([429]);
    expect((await signInFrom(here, 'correct horse')).statusCode).toBe(201);
    expect(await guess(elsewhere, 1, `fresh.${email}`)).toEqual([401]);
  });

  test('is refused alike for an account that does not exist', async () => {
    await guess(here, 10);
    expect((await signInFrom(here, 'correct horse')).json()).toMatchObject({ code: 'too-many-attempts' });
  });

  test('gets no further when all guesses come at the same moment', async () => {
    await signedUp();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => signInFrom(here, `wrong horse ${index}`)),
    );
    expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(10);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(10);
  });
});

test('one address that asks for too many passwords is refused with 503, which counts as no wrong one; others get in', async () => {
  await signedUp();
  const payloadOf = (address: string) => ({ email: address, password: 'correct horse' });
  const from = (remoteAddress: string, address: string) =>
    api.app.inject({ method: 'POST', url: '/sessions', payload: payloadOf(address), remoteAddress });
  const patience = PASSWORD_GATE_LIMITS.atOnceCount + PASSWORD_GATE_LIMITS.waitingMaxCount;
  const flood = Array.from({ length: patience + 11 }, (_, index) => from('192.0.2.1', `${index}.${email}`));
  const mine = from('192.0.2.2', email);
  const answers = await Promise.all(flood);
  const refused = answers.filter((answer) => answer.statusCode === 503);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]!.headers['retry-after']).toBe('2');
  expect(refused[0]!.json()).toMatchObject({ code: 'temporarily-unavailable' });
  expect((await mine).statusCode).toBe(201);
});

describe('a session', () => {
  test('needs a token that the shop knows', async () => {
    for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: 'Basic eDp5' }]) {
      const answer = await api.app.inject({ url: '/me', headers });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  test('goes on with its refresh token, however often that is renewed', async () => {
    const first = await signedUp();
    const second: SessionView = (await refresh(first.refreshToken)).json();
    expect(second.customerId).toBe(first.customerId);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect((await me(second.accessToken)).statusCode).toBe(200);
    const third: SessionView = (await refresh(second.refreshToken)).json();
    expect((await me(third.accessToken)).statusCode).toBe(200);
  });

  test('survives a Redis that lost everything', async () => {
    const session = await signedUp();
    for await (const keys of api.redis.scanStream({ match: `${api.redis.options.keyPrefix}*` })) {
      for (const key of keys as string[]) await api.redis.del(key.slice(api.redis.options.keyPrefix?.length));
    }
    expect((await me(session.accessToken)).statusCode).toBe(401);
    const again: SessionView = (await refresh(session.refreshToken)).json();
    expect((await me(again.accessToken)).statusCode).toBe(200);
  });

  test('cannot be refreshed after a day of the shop’s clock, nor by somebody who has withdrawn', async () => {
    const late = await signedUp();
    api.clock.advance(DAY_MS);
    expect((await refresh(late.refreshToken)).statusCode).toBe(401);
    email = `again-${email}`;
    const gone = await signedUp();
    await api.database.query(`UPDATE customers SET status = 'WITHDRAWN' WHERE id = $1`, [gone.customerId]);
    expect((await refresh(gone.refreshToken)).statusCode).toBe(401);
  });

  test('ends with both of its tokens', async () => {
    const session = await signedUp();
    const answer = await api.app.inject({
      method: 'DELETE',
      url: '/sessions/current',
      headers: { authorization: `Bearer ${session.accessToken}` },
    });
    expect(answer.statusCode).toBe(204);
    expect((await me(session.accessToken)).statusCode).toBe(401);
    expect((await refresh(session.refreshToken)).statusCode).toBe(401);
  });

  test('leaves no token readable in Redis or PostgreSQL', async () => {
    const session = await signedUp();
    const keys: string[] = await api.redis.keys(`${api.redis.options.keyPrefix}*`);
    const stored = JSON.stringify(keys) + JSON.stringify(await api.database.query('TABLE refresh_tokens'));
    expect(stored).not.toContain(session.accessToken);
    expect(stored).not.toContain(session.refreshToken);
  });
});
