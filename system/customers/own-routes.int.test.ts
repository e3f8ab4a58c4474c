import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../api-testing.ts';
import type { Address } from '../contract/customers.ts';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});

type Person = Awaited<ReturnType<TestApi['person']>>;

const send = (method: 'GET' | 'PUT' | 'DELETE', url: string, person?: Person, payload?: unknown) =>
  api.app.inject({
    method,
    url,
    ...(person && { headers: person.headers }),
    ...(payload !== undefined && { payload: payload as object }),
  });

const PROFILE = {
  name: '김민지',
  nickname: '<b>민지</b>',
  gender: 'F',
  birthYear: 1990,
  region: 'Jeju',
  marketingConsent: true,
};
const HOME: Address = {
  recipient: '<img src=x onerror=alert(1)>',
  phone: '+82 10-1234-5678',
  postcode: '04524',
  street: "세종대로 110'; DROP TABLE customers; --",
  detail: '',
};

describe('one’s own data', () => {
  test('is changed as a whole, and nothing else with it', async () => {
    const [person, other] = [await api.person(), await api.person()];
    const before = (await send('GET', '/me', person)).json();
    const answer = await send('PUT', '/me', person, PROFILE);
    expect([answer.statusCode, answer.json()]).toEqual([200, { ...before, ...PROFILE }]);
    expect((await send('GET', '/me', person)).json()).toEqual({ ...before, ...PROFILE });
    expect((await send('GET', '/me', other)).json()).toMatchObject({ name: 'Kim', region: 'Seoul' });
    const nothingSaid = { ...PROFILE, gender: null, birthYear: null };
    expect((await send('PUT', '/me', person, nothingSaid)).json()).toMatchObject(nothingSaid);
  });

  test('is not changed where anything is not right, and needs a session', async () => {
    const person = await api.person();
    const before = (await send('GET', '/me', person)).json();
    const { name, ...incomplete } = PROFILE;
    for (const payload of [
      incomplete,
      { ...PROFILE, name: '' },
      { ...PROFILE, name: '   ' },
      { ...PROFILE, name: 'x'.repeat(61) },
      { ...PROFILE, nickname: 'x'.repeat(41) },
      { ...PROFILE, nickname: 'a\u0000b' },
      { ...PROFILE, nickname: 'a\u001b[2Jb' },
      { ...PROFILE, gender: 'X' },
      { ...PROFILE, birthYear: 2027 },
      { ...PROFILE, birthYear: 1899 },
      { ...PROFILE, birthYear: '1990' },
      { ...PROFILE, region: 'Tokyo' },
      { ...PROFILE, marketingConsent: 'yes' },
      { ...PROFILE, grade: 'VIP' },
      { ...PROFILE, points: 1_000_000 },
      { ...PROFILE, roles: ['operator'] },
      { ...PROFILE, id: 1 },
      { ...PROFILE, email: 'somebody@example.kr' },
      [],
      null,
    ]) {
      const answer = await send('PUT', '/me', person, payload);
      expect(answer.json(), JSON.stringify(payload)).toMatchObject({ status: 400, code: 'invalid-request' });
    }
    expect((await send('GET', '/me', person)).json()).toEqual(before);
    expect((await send('PUT', '/me', undefined, PROFILE)).statusCode).toBe(401);
  });
});

describe('the address of one’s orders', () => {
  const addressOf = async (person: Person) => (await send('GET', '/me/address', person)).json().address;

  test('is kept, one for each, until another one is given or it is forgotten', async () => {
    const person = await api.person();
    expect(await addressOf(person)).toBeNull();
    expect((await send('PUT', '/me/address', person, HOME)).statusCode).toBe(204);
    expect(await addressOf(person)).toEqual(HOME);
    const other = { ...HOME, street: '테헤란로 1', detail: '3층' };
    const many = Array.from({ length: 5 }, () => send('PUT', '/me/address', person, other));
    expect((await Promise.all(many)).map(({ statusCode }) => statusCode)).toEqual(Array(5).fill(204));
    expect(await addressOf(person)).toEqual(other);
    for (const _ of ['there', 'gone'])
      expect((await send('DELETE', '/me/address', person)).statusCode).toBe(204);
    expect(await addressOf(person)).toBeNull();
  });

  test('is seen and changed by nobody else', async () => {
    const [owner, other] = [await api.person(), await api.person()];
    await send('PUT', '/me/address', owner, HOME);
    expect(await addressOf(other)).toBeNull();
    await send('PUT', '/me/address', other, { ...HOME, recipient: 'other' });
    await send('DELETE', '/me/address', other);
    expect(await addressOf(owner)).toEqual(HOME);
    const forged = { ...HOME, customerId: owner.customerId };
    expect((await send('PUT', '/me/address', other, forged)).statusCode).toBe(400);
    for (const method of ['GET', 'PUT', 'DELETE'] as const)
      expect((await send(method, '/me/address', undefined, HOME)).statusCode, method).toBe(401);
  });

  test('is refused where it is none, and the one before stays', async () => {
    const person = await api.person();
    await send('PUT', '/me/address', person, HOME);
    const { detail, ...incomplete } = HOME;
    for (const payload of [
      incomplete,
      { ...HOME, recipient: '' },
      { ...HOME, recipient: ' ' },
      { ...HOME, recipient: 'x'.repeat(61) },
      { ...HOME, phone: '1234567' },
      { ...HOME, phone: '1'.repeat(21) },
      { ...HOME, phone: '010<script>' },
      { ...HOME, postcode: '4524' },
      { ...HOME, postcode: '045240' },
      { ...HOME, postcode: 4_524 },
      { ...HOME, street: '' },
      { ...HOME, street: 'x'.repeat(121) },
      { ...HOME, street: 'a\nb' },
      { ...HOME, detail: 'x'.repeat(81) },
      { ...HOME, detail: 'a\u0000b' },
      { ...HOME, detail: null },
      { ...HOME, country: 'KR' },
      [HOME],
      null,
    ]) {
      const answer = await send('PUT', '/me/address', person, payload);
      expect(answer.statusCode, JSON.stringify(payload)).toBe(400);
    }
    expect(await addressOf(person)).toEqual(HOME);
  });
});
