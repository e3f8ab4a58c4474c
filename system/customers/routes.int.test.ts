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
  test('is refused after ten wrong ones in a quarter of an hour, also for the right one, then possible again', async () => {
    await signedUp();
    for (let index = 0; index < 10; index += 1)
      expect((await signIn(`wrong horse ${index}`)).statusCode).toBe(401);
    api.clock.advance(60_000);
    const answer = await signIn('correct horse', email.toUpperCase());
    expect(answer.json()).toMatchObject({ status: 429, code: 'too-many-attempts' });
    expect(answer.headers['retry-after']).toBe(String(14 * 60));
    // Refused ones do not count, so nobody is kept out for ever.
    api.clock.advance(14 * 60_000);
    expect((await signIn()).statusCode).toBe(201);
  });

  test('is refused alike for an account that does not exist', async () => {
    for (let index = 0; index < 10; index += 1) await signIn();
    expect((await signIn()).json()).toMatchObject({ code: 'too-many-attempts' });
  });

  test('gets no further when all guesses come at the same moment', async () => {
    await signedUp();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => signIn(`wrong horse ${index}`)),
    );
    expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(10);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(10);
  });

  test('starts over after the right one', async () => {
    await signedUp();
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 9; index += 1) await signIn('wrong horse');
      expect((await signIn()).statusCode).toBe(201);
    }
  });
});

test('passwords that would wait too long are refused with 503 and do not count as wrong', async () => {
  await signedUp();
  const patience = PASSWORD_GATE_LIMITS.atOnceCount + PASSWORD_GATE_LIMITS.waitingMaxCount;
  const others = Array.from({ length: patience }, (_, index) => [`${index}.${email}`, 'wrong horse']);
  const mine = Array.from({ length: 11 }, () => [email, 'correct horse']);
  const answers = await Promise.all([...others, ...mine].map(([address, word]) => signIn(word, address)));
  const refused = answers.filter((answer) => answer.statusCode === 503);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]!.headers['retry-after']).toBe('2');
  expect(refused[0]!.json()).toMatchObject({ code: 'temporarily-unavailable' });
  expect((await signIn()).statusCode).toBe(201);
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
