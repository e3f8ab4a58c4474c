// Notifications between the shop, the screens of their readers and the list, with several instances of the API.
import { io, type Socket } from 'socket.io-client';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Notification, NotificationContent, NotificationPage } from '../contract/notifications.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../contract/sockets.ts';
import { createRedis } from '../platform/redis/redis.ts';
import { createPush, type PushToCustomer } from '../platform/sockets/push.ts';
import { afterTests, testConfig, testLog } from '../platform/testing.ts';
import { openTestShop, type Person, type TestShop } from '../security/testing.ts';
import { serve } from '../serve.ts';
import { pushNotifications } from './push.ts';
import { createNotificationStore, type NotificationStore } from './store.ts';

type ShopperSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

let shop: TestShop;
let store: NotificationStore;
let push: PushToCustomer;
/** Two instances of the API. */
let urls: string[];

beforeAll(async () => {
  shop = await openTestShop();
  store = createNotificationStore(shop.database);
  const channels = createRedis({
    url: process.env.STAMPEDE_TEST_REDIS_URL ?? '',
    keyPrefix: '',
    log: testLog,
  });
  afterTests(() => channels.disconnect());
  const keyPrefix = shop.redis.options.keyPrefix ?? '';
  push = createPush({ redis: channels, keyPrefix, onFailure: () => undefined });
  const second = await serve(
    testConfig({ ...shop.environment, ORDERS_TRANSPORT: 'direct', SHOP_ROLES: 'api' }),
    testLog,
  );
  afterTests(() => second.close());
  urls = [shop.url, second.url];
});

const sockets: ShopperSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});

type Screen = { socket: ShopperSocket; screenId: string; heard: Notification[]; readElsewhere: string[] };

async function connect({ accessToken }: Person, instance = 0): Promise<Screen> {
  const socket: ShopperSocket = io(urls[instance]!, {
    transports: ['websocket'],
    auth: { accessToken },
    forceNew: true,
  });
  sockets.push(socket);
  const screen: Screen = { socket, screenId: uuidv7(), heard: [], readElsewhere: [] };
  socket.on('notification', (notification) => screen.heard.push(notification));
  socket.on('notifications:read', ({ ids }) => screen.readElsewhere.push(...ids));
  await expect.poll(() => socket.connected).toBe(true);
  return screen;
}

const stockLow = (stockCount: number): NotificationContent => ({
  kind: 'stock-low',
  productId: 7,
  productName: '<b>딸기</b>',
  stockCount,
});

/** As whoever makes them does: stored, then pushed. */
async function notify({ customerId }: Person, count = 1, at = new Date()): Promise<string[]> {
  const added = Array.from({ length: count }, (_, index) => ({ customerId, content: stockLow(index) }));
  const stored = await store.add(shop.database, added, at);
  pushNotifications(push, stored);
  return stored.map(({ notification }) => notification.id);
}
/** Each once: what is pushed while somebody connects may be given again as well. */
const idsOf = ({ heard }: Screen) => [...new Set(heard.map(({ id }) => id))];
const claim = ({ socket, screenId }: Screen, ids: string[]): Promise<string[]> =>
  socket.timeout(20_000).emitWithAck('notifications:shown', { screenId, ids });
const read = async (by: Person, query = ''): Promise<NotificationPage> =>
  (await (await shop.request('GET', `/notifications${query}`, { by })).json()) as NotificationPage;

it('a notification reaches all screens of its reader at every instance and nobody else, and one of them shows it', async () => {
  const [reader, stranger] = [await shop.person(), await shop.person()];
  const screens = [await connect(reader), await connect(reader), await connect(reader, 1)];
  const other = await connect(stranger, 1);
  const ids = await notify(reader, 3);
  for (const screen of screens) await expect.poll(() => idsOf(screen)).toEqual(ids);
  const shownBy = await Promise.all(screens.map((screen) => claim(screen, ids)));
  expect(shownBy.flat().toSorted()).toEqual(ids);
  // An answer that was lost on the way is given again, to the same screen alone.
  expect(await Promise.all(screens.map((screen) => claim(screen, ids)))).toEqual(shownBy);
  expect(await claim(other, ids)).toEqual([]);
  expect(other.heard).toEqual([]);
});

it('whoever was away is given at the next connection what no screen has shown, and what was shown or read is not', async () => {
  const reader = await shop.person();
  const ids = await notify(reader, 4);
  const first = await connect(reader);
  await expect.poll(() => idsOf(first)).toEqual(ids);
  expect(first.heard[0]).toMatchObject({ content: stockLow(0), readAt: null });
  expect(await claim(first, ids.slice(0, 2))).toEqual(ids.slice(0, 2));
  await shop.request('POST', '/notifications/read', { by: reader, json: { ids: [ids[2]] } });
  first.socket.disconnect();
  const second = await connect(reader, 1);
  await expect.poll(() => idsOf(second)).toEqual([ids[3]]);
  expect(await claim(second, ids)).toEqual([ids[3]]);
});

it('is read in pages by cursor, newest first, with the number of unread ones, and by its reader alone', async () => {
  const [reader, stranger] = [await shop.person(), await shop.person()];
  const tab = await connect(reader);
  const ids = await notify(reader, 5);
  const pages: string[][] = [];
  for (let next: string | null = '', count = 0; next !== null && count < 9; count += 1) {
    const page: NotificationPage = await read(reader, `?limit=2${next === '' ? '' : `&before=${next}`}`);
    pages.push(page.items.map(({ id }) => id));
    expect(page.unreadCount).toBe(5);
    next = page.next;
  }
  expect(pages).toEqual([[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]]);
  const json = { ids: ids.slice(0, 2) };
  const byStranger = await shop.request('POST', '/notifications/read', { by: stranger, json });
  expect(await byStranger.json()).toEqual({ unreadCount: 0 });
  expect(await read(stranger)).toEqual({ items: [], next: null, unreadCount: 0 });
  expect((await read(reader)).unreadCount).toBe(5);
  for (let again = 0; again < 2; again += 1) {
    const answer = await shop.request('POST', '/notifications/read', { by: reader, json });
    expect(await answer.json()).toEqual({ unreadCount: 3 });
  }
  await expect.poll(() => tab.readElsewhere.toSorted()).toEqual(json.ids);
  const { items } = await read(reader);
  expect(items.filter(({ readAt }) => readAt !== null).map(({ id }) => id)).toEqual([ids[1], ids[0]]);
});

it('what is no request of the contract is refused, or answered with none', async () => {
  const reader = await shop.person();
  const screen = await connect(reader);
  const [id] = await notify(reader);
  const raw = screen.socket as unknown as Socket;
  const { screenId } = screen;
  const many = Array.from({ length: 101 }, () => uuidv7());
  for (const payload of [
    null,
    7,
    [id],
    { ids: [id] },
    { screenId, ids: [] },
    { screenId, ids: ['x'] },
    { screenId: 'x', ids: [id] },
    { screenId, ids: many },
    { screenId, ids: [id], customerId: 1 },
  ])
    expect(await raw.timeout(20_000).emitWithAck('notifications:shown', payload)).toEqual([]);
  const status = async (path: string) => (await shop.request('GET', path, { by: reader })).status;
  for (const query of ['limit=0', 'limit=51', 'limit=x', 'before=x', 'customerId=1'])
    expect(await status(`/notifications?${query}`), query).toBe(400);
  for (const json of [{}, { ids: [] }, { ids: ['x'] }, { ids: many }, { ids: [id], customerId: 1 }])
    expect((await shop.request('POST', '/notifications/read', { by: reader, json })).status).toBe(400);
  expect((await read(reader)).unreadCount).toBe(1);
  expect(await claim(screen, [id!])).toEqual([id]);
});

it('old ones go with what their channels know of them, the newer ones stay', async () => {
  const reader = await shop.person();
  const old = new Date('2020-01-01T00:00:00Z');
  await notify(reader, 3, old);
  const [kept] = await notify(reader, 1, new Date(old.getTime() + 1));
  const before = new Date(old.getTime() + 1);
  expect([await store.removeBefore(before, 2), await store.removeBefore(before, 2)]).toEqual([2, 1]);
  expect((await read(reader)).items.map(({ id }) => id)).toEqual([kept]);
  const { rows } = await shop.database.query(
    'SELECT notification_id AS id FROM notification_deliveries WHERE customer_id = $1',
    [reader.customerId],
  );
  expect(rows).toEqual([{ id: kept }]);
});
