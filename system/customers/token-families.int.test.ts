// The tokens that follow from one sign-in live and end together: by a sign-out with any of them, and by the coming again of
// one that was used, whoever of owner and thief was first.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../api-testing.ts';
import type { SessionView } from '../contract/customers.ts';
import { createSessions, type FamilyEnd, REPEAT_MS } from './sessions.ts';

let api: TestApi;
let customerId: number;
beforeAll(async () => {
  api = await createTestApi();
});
beforeEach(async () => {
  ({ customerId } = await api.person());
});

const signedIn = () => api.sessions.issue({ customerId, roles: ['customer'] });
const refresh = (refreshToken: string) =>
  api.app.inject({ method: 'POST', url: '/sessions/refresh', payload: { refreshToken } });
async function refreshed({ refreshToken }: SessionView): Promise<SessionView> {
  const answer = await refresh(refreshToken);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const me = async (accessToken: string) =>
  (await api.app.inject({ url: '/me', headers: bearer(accessToken) })).statusCode;
const signOut = async (token: string) =>
  (await api.app.inject({ method: 'DELETE', url: '/sessions/current', headers: bearer(token) })).statusCode;

/** None of the session's tokens is worth anything. */
async function expectEnded(...views: SessionView[]): Promise<void> {
  for (const { accessToken } of views) expect(await me(accessToken)).toBe(401);
  for (const { refreshToken } of views)
    expect((await refresh(refreshToken)).json()).toMatchObject({ code: 'refresh-token-not-valid' });
}

describe('signing out', () => {
  test.each([
    ['the first access token', (first: SessionView) => first.accessToken],
    ['the newest access token', (_: SessionView, __: SessionView, third: SessionView) => third.accessToken],
    ['a refresh token that was used', (first: SessionView) => first.refreshToken],
    ['the newest refresh token', (_: SessionView, __: SessionView, third: SessionView) => third.refreshToken],
  ])('with %s ends all of the session, and no other of the same person', async (_name, choose) => {
    const other = await signedIn();
    const first = await signedIn();
    const second = await refreshed(first);
    const third = await refreshed(second);
    for (const { accessToken } of [first, second, third]) expect(await me(accessToken)).toBe(200);
    expect(await signOut(choose(first, second, third))).toBe(204);
    await expectEnded(first, second, third);
    expect(await me(other.accessToken)).toBe(200);
    expect(await me((await refreshed(other)).accessToken)).toBe(200);
  });

  test('needs a token that the shop knows', async () => {
    const { accessToken } = await signedIn();
    for (const token of ['x', accessToken.slice(0, 36), `${accessToken.slice(0, -1)}!`, accessToken.slice(1)])
      expect(await signOut(token), token).toBe(401);
    expect(await me(accessToken)).toBe(200);
  });

  test('while the session is being renewed leaves no token that works', async () => {
    for (let round = 0; round < 10; round += 1) {
      const first = await signedIn();
      const [answer] = await Promise.all([refresh(first.refreshToken), signOut(first.accessToken)]);
      const views = answer.statusCode === 201 ? [first, answer.json<SessionView>()] : [first];
      await expectEnded(...views);
    }
  });
});

describe('a refresh token that was used', () => {
  const later = () => api.clock.advance(REPEAT_MS + 1);

  test('by a thief and comes again from its owner ends what the thief has', async () => {
    const owner = await signedIn();
    const thief = await refreshed(owner);
    const thiefNow = await refreshed(thief);
    later();
    expect((await refresh(owner.refreshToken)).statusCode).toBe(401);
    await expectEnded(owner, thief, thiefNow);
  });

  test('by its owner and comes again from a thief ends what the owner has', async () => {
    const stolen = await signedIn();
    const owner = await refreshed(stolen);
    later();
    expect((await refresh(stolen.refreshToken)).statusCode).toBe(401);
    await expectEnded(stolen, owner);
  });

  test('is found out at once when its successor was used, however early it comes', async () => {
    const stolen = await signedIn();
    const owner = await refreshed(stolen);
    const ownerNow = await refreshed(owner);
    expect((await refresh(stolen.refreshToken)).statusCode).toBe(401);
    await expectEnded(stolen, owner, ownerNow);
  });

  test('by both early gives both the same successor, of which the second use ends the session', async () => {
    const stolen = await signedIn();
    const [owner, thief] = [await refreshed(stolen), await refreshed(stolen)];
    expect(thief.refreshToken).toBe(owner.refreshToken);
    const thiefNow = await refreshed(thief);
    later();
    expect((await refresh(owner.refreshToken)).statusCode).toBe(401);
    await expectEnded(owner, thief, thiefNow);
  });

  test('gives the same successor again to whoever lost the answer, once the answer may still be on its way', async () => {
    const first = await signedIn();
    const lost = await refreshed(first);
    api.clock.advance(REPEAT_MS);
    const again = await refreshed(first);
    expect(again.refreshToken).toBe(lost.refreshToken);
    expect(again.accessToken).not.toBe(lost.accessToken);
    expect([await me(lost.accessToken), await me(again.accessToken)]).toEqual([200, 200]);
    expect(await me((await refreshed(again)).accessToken)).toBe(200);
  });

  test('by several tabs at the same moment has one successor, and all tabs are signed in', async () => {
    const first = await signedIn();
    const tabs = await Promise.all(Array.from({ length: 8 }, () => refreshed(first)));
    expect(new Set(tabs.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    for (const { accessToken } of tabs) expect(await me(accessToken)).toBe(200);
    const { rows } = await api.database.query(
      'SELECT count(*) FROM refresh_tokens WHERE customer_id = $1 AND spent_at IS NULL',
      // The person's own session from the start is the other one.
      [customerId],
    );
    expect(rows).toEqual([{ count: 2 }]);
  });

  test('is told to the operator when it ends a session, and a sign-out as what it is', async () => {
    const ends: FamilyEnd[] = [];
    const { redis, database, clock } = api;
    const sessions = createSessions({ redis, database, clock, onEnd: (end) => ends.push(end) });
    const [first, second] = [await signedIn(), await signedIn()];
    await sessions.end(first.accessToken);
    await sessions.refresh(second.refreshToken);
    later();
    await sessions.refresh(second.refreshToken);
    expect(ends).toMatchObject([
      { customerId, reason: 'sign-out' },
      { customerId, reason: 'reuse' },
    ]);
  });
});

test('a Redis that lost everything costs a refresh; nobody is held for a thief', async () => {
  const first = await signedIn();
  const second = await refreshed(first);
  for await (const keys of api.redis.scanStream({ match: `${api.redis.options.keyPrefix}*` }))
    for (const key of keys as string[]) await api.redis.del(key.slice(api.redis.options.keyPrefix?.length));
  expect(await me(second.accessToken)).toBe(401);
  expect(await me((await refreshed(second)).accessToken)).toBe(200);
});

test('a token from before there were families is a family of its own', async () => {
  await api.database.query(
    `INSERT INTO refresh_tokens (token_hash, customer_id, expires_at)
     SELECT sha256(name::bytea), $1, $2::timestamptz FROM unnest('{old-token-number-one-xxx,old-token-number-two-xxx}'::text[]) AS name`,
    [customerId, new Date(api.clock.now().getTime() + 1_000_000)],
  );
  expect(await signOut('old-token-number-one-xxx')).toBe(204);
  expect((await refresh('old-token-number-one-xxx')).statusCode).toBe(401);
  expect((await refresh('old-token-number-two-xxx')).statusCode).toBe(201);
});
