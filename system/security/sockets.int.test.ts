// Who gets a socket, and what can be asked through it.
import { io, type Socket } from 'socket.io-client';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { OrderOutcome } from '../contract/orders.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../contract/sockets.ts';
import { accessTokenKey } from '../customers/tokens.ts';
import { SOCKET_ACCESS } from './routes.ts';
import { openTestShop, type Person, type TestShop } from './testing.ts';

type ShopperSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});

const sockets: ShopperSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});

function socketWith(auth: Record<string, unknown>, cookie?: string): ShopperSocket {
  const socket: ShopperSocket = io(shop.url, {
    transports: ['websocket'],
    auth,
    extraHeaders: cookie === undefined ? {} : { cookie },
    reconnection: false,
    forceNew: true,
  });
  sockets.push(socket);
  return socket;
}

/** `connected`, or why not. */
function connect(auth: Record<string, unknown>, cookie?: string): Promise<string> {
  const socket = socketWith(auth, cookie);
  return new Promise((resolve) => {
    socket.on('connect', () => resolve('connected'));
    socket.on('connect_error', (error) => resolve(error.message));
  });
}

test('a socket needs an access token that is still good', async () => {
  const [person, leaving, late] = [await shop.person(), await shop.person(), await shop.person()];
  expect(await connect({ accessToken: person.accessToken })).toBe('connected');
  await shop.request('DELETE', '/sessions/current', { by: leaving });
  await shop.redis.del(accessTokenKey(late.accessToken));
  for (const accessToken of [
    undefined,
    null,
    7,
    '',
    { toString: 'x' },
    ['x'],
    'x'.repeat(10_000),
    'wrong',
    person.refreshToken,
    leaving.accessToken,
    late.accessToken,
  ]) {
    expect(await connect({ accessToken }), JSON.stringify(accessToken)).toBe('not-signed-in');
  }
  expect(await connect({})).toBe('not-signed-in');
});

/** The cookie of a guest, as their browser sends it. */
async function beginVisit(): Promise<string> {
  const answer = await shop.request('POST', '/visits');
  expect(answer.status).toBe(204);
  const [cookie = '', ...more] = answer.headers.getSetCookie();
  expect(more).toEqual([]);
  expect(cookie).toMatch(/^visitor=[\w.-]+; Path=\/socket\.io\/; HttpOnly; SameSite=Strict$/);
  return cookie.split(';')[0] ?? '';
}

test('a guest needs the cookie of a visit that the shop itself has signed', async () => {
  const cookie = await beginVisit();
  expect(await connect({ guest: true }, cookie)).toBe('connected');
  const other = await beginVisit();
  const [id, signature] = cookie.split('.');
  for (const forged of [
    undefined,
    '',
    'visitor=',
    'visitor=x',
    `${id}.`,
    `${id}.${other.split('.')[1]}`,
    `visitor=${'0'.repeat(32)}.${signature}`,
    `other${cookie}`,
    'x'.repeat(5_000),
  ])
    expect(await connect({ guest: true }, forged), String(forged).slice(0, 60)).toBe('no-visit');
  // A visit is nobody's session, and a session nobody's visit.
  expect(await connect({ accessToken: cookie }, cookie)).toBe('not-signed-in');
  const { accessToken } = await shop.person();
  expect(await connect({ guest: true, accessToken })).toBe('no-visit');
  await shop.redis.del('visits:secret');
  expect(await connect({ guest: true }, cookie)).toBe('no-visit');
  expect(await connect({ guest: true }, await beginVisit())).toBe('connected');
  expect(shop.logged.join('\n')).not.toContain(signature);
});

test('a guest is answered about counters and nothing else, and hears nothing of anybody', async () => {
  const person = await shop.person();
  const socket = socketWith({ guest: true, customerId: person.customerId }, await beginVisit());
  const heard: string[] = [];
  socket.onAny((event: string) => heard.push(event));
  const raw = socket as unknown as Socket;
  const answered: string[] = [];
  for (const event of Object.keys(SOCKET_ACCESS).filter((one) => !one.startsWith('counters:')))
    raw.emit(event, [], () => answered.push(event));
  await confirmedOrder(person);
  expect(await socket.emitWithAck('counters:view', { productId: null })).toEqual({ kind: 'accepted' });
  expect(await raw.emitWithAck('counters:watch', { productIds: 'all' })).toMatchObject({ kind: 'refused' });
  socket.emit('counters:watch', { shop: true });
  // Its first news may be followed by more, as when somebody leaves the shop.
  await expect.poll(() => [...new Set(heard)]).toEqual(['counters:changed']);
  expect(answered).toEqual([]);
});

async function confirmedOrder(by: Person): Promise<string> {
  const lines = [{ productId: await shop.product(), quantity: 1 }];
  const id = uuidv7();
  const answer = await shop.request('POST', '/orders', { by, json: { id, lines, paymentMethod: 'card' } });
  expect(answer.status).toBe(201);
  return id;
}

test('orders:resume tells people of their own orders alone', async () => {
  const [owner, stranger] = [await shop.person(), await shop.person()];
  const id = await confirmedOrder(owner);
  const ask = async ({ accessToken }: Person): Promise<OrderOutcome[]> =>
    socketWith({ accessToken }).timeout(60_000).emitWithAck('orders:resume', [id]);
  expect(await ask(owner)).toMatchObject([{ orderId: id, state: 'confirmed' }]);
  expect(await ask(stranger)).toEqual([]);
});

test('an outcome is pushed to its customer and to nobody else', async () => {
  const [owner, stranger] = [await shop.person(), await shop.person()];
  const heard: Record<string, string[]> = { owner: [], stranger: [] };
  for (const [name, { accessToken }] of Object.entries({ owner, stranger })) {
    const socket = socketWith({ accessToken });
    socket.on('order:confirmed', ({ orderId }) => heard[name]!.push(orderId));
    await expect.poll(() => socket.connected).toBe(true);
  }
  const [theirs, own] = [await confirmedOrder(owner), await confirmedOrder(stranger)];
  await expect.poll(() => heard).toEqual({ owner: [theirs], stranger: [own] });
});

test('signing out disconnects the sockets of the session for good, whichever of its tokens is shown', async () => {
  const [leaving, staying] = [await shop.person(), await shop.person()];
  const socket = socketWith({ accessToken: leaving.accessToken });
  const other = socketWith({ accessToken: staying.accessToken });
  await expect.poll(() => socket.connected && other.connected).toBe(true);
  const reasons: string[] = [];
  socket.on('disconnect', (reason) => reasons.push(reason));
  const { refreshToken } = leaving;
  const newer = await shop.request('POST', '/sessions/refresh', { json: { refreshToken } });
  const { accessToken } = (await newer.json()) as Person;
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await shop.request('DELETE', '/sessions/current', { headers })).status).toBe(204);
  // Sooner than the next look at the sessions of all sockets.
  await expect.poll(() => reasons, { timeout: 15_000 }).toEqual(['io server disconnect']);
  expect([socket.active, other.connected]).toEqual([false, true]);
});

test('what a page says of itself is said of the session that its socket has, whatever it claims', async () => {
  const [claiming, watching] = [await shop.person(), await shop.person()];
  const productId = await shop.product();
  const heard: (number | undefined)[] = [];
  const watcher = socketWith({ accessToken: watching.accessToken });
  watcher.on('counters:changed', ({ products = [] }) =>
    heard.push(...products.map(({ viewing }) => viewing)),
  );
  watcher.emit('counters:watch', { productIds: [productId] });
  const socket = socketWith({ accessToken: claiming.accessToken, customerId: watching.customerId });
  const raw = socket as unknown as Socket;
  for (const forged of [{ customerId: watching.customerId }, { viewing: 500 }, { people: [1, 2, 3] }])
    expect(await raw.emitWithAck('counters:view', { productId, ...forged })).toMatchObject({
      kind: 'refused',
    });
  expect(await socket.emitWithAck('counters:view', { productId })).toEqual({ kind: 'accepted' });
  await expect.poll(() => heard.findLast((count) => count !== undefined), { timeout: 60_000 }).toBe(1);
  expect(await shop.redis.hgetall(`counters:viewing:${productId}`)).toEqual({ [claiming.customerId]: '1' });
});

test('whatever is asked through a socket, the shop goes on and answers the next good question', async () => {
  const person = await shop.person();
  const id = await confirmedOrder(person);
  const socket = socketWith({ accessToken: person.accessToken });
  const raw = socket as unknown as Socket;
  const ids = Array.from({ length: 51 }, () => uuidv7());
  const told: OrderOutcome[] = [];
  for (const payload of [null, 7, 'x', {}, [[]], ['not-an-id'], ['\u0000'], [null], ids, { length: 1 }]) {
    raw.emit('orders:resume', payload, (outcomes: OrderOutcome[]) => told.push(...outcomes));
    for (const event of Object.keys(SOCKET_ACCESS)) raw.emit(event, payload);
  }
  for (const event of Object.keys(SOCKET_ACCESS)) raw.emit(event);
  raw.emit('unknown-event', { deep: [[[]]] });
  // What comes while a question is being looked at is not answered, so it is asked again.
  const ask = () => raw.timeout(500).emitWithAck('orders:resume', [id]);
  await expect.poll(ask, { timeout: 60_000 }).toMatchObject([{ orderId: id }]);
  expect(told).toEqual([]);
});
