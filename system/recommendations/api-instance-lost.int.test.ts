// An instance of the API is killed with a thousand sockets on it, while everybody on them acts: they come back at the other one,
// no action is lost or doubled, the lists go on from what is stored, and each of them counts once among those who look at a product.
import { type AddressInfo, connect as connectTo, createServer, type Socket as TcpSocket } from 'node:net';
import { io as connectSocket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from '../behaviour/testing.ts';
import type { BehaviourAnswer, BehaviourReport } from '../contract/behaviour.ts';
import { startShopProcess } from '../faults/shop-process.ts';
import { prepareRecommendingShop, type RecommendingShop, type Shopper } from './shop-testing.ts';
import { did } from './testing.ts';

const SOCKET_COUNT = 1_000;
const PRODUCT_COUNT = 60;
const FIRST_CUSTOMER_ID = 11;
const KILLED_AT_ANSWER = 100;
const VIEWED_ID = 1;
const SHORT_LEASE = { COUNTERS_LEASE_MS: '1000' };

let shop: RecommendingShop;

beforeAll(async () => {
  shop = await prepareRecommendingShop();
  await shop.signUp(FIRST_CUSTOMER_ID + SOCKET_COUNT - 1);
});
afterAll(() => shop?.deleteTopics());
afterEach(() => shop.closeOpened());

/** One address for several instances: a connection goes to the first of them that takes it. */
async function startBalancer(urls: readonly string[]): Promise<string> {
  const open = new Set<TcpSocket>();
  function pass(near: TcpSocket, [port, ...further]: readonly number[]): void {
    if (port === undefined || near.destroyed) return void near.destroy();
    const far = connectTo(port, '127.0.0.1');
    let isThrough = false;
    far.on('connect', () => {
      isThrough = true;
      near.pipe(far).pipe(near);
    });
    far.on('error', () => undefined);
    far.on('close', () => {
      open.delete(far);
      if (isThrough) near.destroy();
      else pass(near, further);
    });
    near.on('close', () => far.destroy());
    open.add(far);
  }
  const server = createServer((near) => {
    open.add(near);
    near.on('error', () => undefined).on('close', () => open.delete(near));
    pass(
      near,
      urls.map((url) => Number(new URL(url).port)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  shop.opened.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Teller = Shopper & {
  customerId: number;
  /** Told, and not yet answered. */
  open: Map<string, BehaviourReport>;
  accepted: string[];
  /** How much it had heard at each connection. */
  heardBefore: number[];
  act(): void;
};

/**
 * Does what a shopper does: one batch at a time, and again under the same ids where the answer died with a connection. `onAccepted` is
 * called for each batch that the shop has.
 */
function openTeller(url: string, customerId: number, onAccepted: (teller: Teller) => void): Teller {
  const socket: Shopper['socket'] = connectSocket(url, {
    auth: { accessToken: shop.tokens[customerId] },
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
  });
  shop.opened.push(() => socket.disconnect());
  const open: Teller['open'] = new Map();
  const teller: Teller = { socket, heard: [], customerId, open, accepted: [], heardBefore: [], act };
  let isAsking = false;
  function act(): void {
    const productId = 1 + ((customerId + teller.accepted.length) % PRODUCT_COUNT);
    const { id, action, target } = did('click', productId);
    open.set(id, { id, action, target });
    tell();
  }
  function tell(): void {
    const batch = [...open.values()];
    if (!socket.connected || isAsking || batch.length === 0) return;
    isAsking = true;
    socket.emit('behaviour:actions', batch, (answer: BehaviourAnswer) => {
      isAsking = false;
      if (answer.kind === 'refused') return tellAgain(answer);
      for (const { id } of batch) open.delete(id);
      teller.accepted.push(...batch.map(({ id }) => id));
      onAccepted(teller);
      tell();
    });
  }
  // When it may be told again only the shop knows, and says; nothing else tells of it.
  function tellAgain({ code, retryAfterMs }: BehaviourAnswer & { kind: 'refused' }): void {
    if (retryAfterMs === null) throw new Error(`the shop refused actions for good: ${code}`);
    setTimeout(tell, retryAfterMs);
  }
  socket.on('recommendations:fresh', (fresh) => teller.heard.push(fresh));
  socket.on('connect', () => {
    isAsking = false;
    socket.emit('counters:view', { productId: VIEWED_ID });
    teller.heardBefore.push(teller.heard.length);
    tell();
  });
  return teller;
}

/** As the log has them, each as often as it stands there. */
async function storedActions(): Promise<{ id: string; customerId: number }[]> {
  const { rows } = await shop.database.query<{ id: string; customerId: number }>(
    'SELECT id, customer_id AS "customerId" FROM behaviour_actions ORDER BY id',
  );
  return rows;
}

const viewerCount = () => shop.redis.redis.hlen(`counters:viewing:${VIEWED_ID}`);

it('a thousand sockets of an instance that is killed come back at the other, with all that was done, once', {
  timeout: 400_000,
}, async () => {
  const killed = await startShopProcess({
    ...shop.environment,
    ...SHORT_LEASE,
    LOG_LEVEL: 'info',
    SHOP_ROLES: 'api',
  });
  shop.opened.push(() => (killed.isRunning() ? killed.kill() : undefined));
  const other = await shop.start(SHORT_LEASE);
  const url = await startBalancer([killed.url, other.url]);
  let onAccepted: (teller: Teller) => void = () => undefined;
  const tellers = Array.from({ length: SOCKET_COUNT }, (_, index) =>
    openTeller(url, FIRST_CUSTOMER_ID + index, (teller) => onAccepted(teller)),
  );
  for (const teller of tellers) teller.act();
  await until('everybody on a page', async () => (await viewerCount()) === SOCKET_COUNT);
  await until('lists for everybody', () => tellers.every(({ heard }) => heard.length > 0));

  const isKilled = Promise.withResolvers<void>();
  let acceptedCount = 0;
  // Whoever is answered acts again at once: so it is killed over actions that it has and has not answered.
  onAccepted = (teller) => {
    acceptedCount += 1;
    if (acceptedCount < KILLED_AT_ANSWER) teller.act();
    else if (acceptedCount === KILLED_AT_ANSWER) isKilled.resolve(killed.kill());
  };
  for (const teller of tellers) teller.act();
  await isKilled.promise;
  await until('everybody at the other', () => tellers.every(({ heardBefore }) => heardBefore.length >= 2));
  await until('everybody counted there alone', async () => {
    const [left = '', ...further] = await shop.redis.redis.zrange('counters:leases', 0, -1);
    const here = await shop.redis.redis.scard(`counters:of:${left}`);
    // On the page and in the shop.
    return further.length === 0 && here === 2 * SOCKET_COUNT;
  });
  expect(await viewerCount()).toBe(SOCKET_COUNT);
  await until('every answer', () => tellers.every(({ open }) => open.size === 0));

  const told = tellers.flatMap(({ accepted, customerId }) => accepted.map((id) => ({ id, customerId })));
  await until('all of it in the log', async () => (await storedActions()).length >= told.length);
  expect(await storedActions()).toEqual(told.toSorted((one, two) => (one.id < two.id ? -1 : 1)));

  for (const { heard, heardBefore, accepted } of tellers) {
    const given = await until('lists given again', () =>
      heard.slice(heardBefore[1]).find(({ answersActionIds }) => answersActionIds.length === 0),
    );
    expect(new Set(given.lists.map(({ kind }) => kind)).size).toBe(6);
    await until('lists that reflect the last action', () =>
      heard.some(({ lists }) => lists.some(({ reflectsActionId }) => reflectsActionId === accepted.at(-1))),
    );
  }
});
