// Who may do what, tried on every route that the running shop describes: as nobody, as somebody else, as a customer.
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CartView } from '../contract/cart.ts';
import type { OrderList, OrderView } from '../contract/orders.ts';
import { ACCESS, type Access, describedRoutes, type Route } from './routes.ts';
import { openTestShop, type Person, type TestShop } from './testing.ts';

let shop: TestShop;
let routes: Route[];
let owner: Person;
let stranger: Person;
let productId: number;
let order: OrderView;

beforeAll(async () => {
  shop = await openTestShop();
  routes = await describedRoutes(shop);
  owner = await shop.person();
  stranger = await shop.person();
  productId = await shop.product();
  order = await placeOrder(owner);
  await shop.request('PUT', `/cart/items/${productId}`, { by: owner, json: { quantity: 2 } });
});

async function placeOrder(by: Person, id = uuidv7()): Promise<OrderView> {
  const json = { id, lines: [{ productId, quantity: 1 }], paymentMethod: 'card' };
  const answer = await shop.request('POST', '/orders', { by, json });
  expect(answer.status).toBe(201);
  return (await answer.json()) as OrderView;
}

const of = (...kinds: Access[]) => routes.filter(({ name }) => kinds.includes(ACCESS[name]!));

/** The route's path with the product, the order and the list that exist. */
const filled = ({ path }: Route) =>
  path.replace('{productId}', String(productId)).replace('{id}', order.id).replace('{kind}', 'for-you');

async function expectProblem(answer: Response, status: number, name: string): Promise<void> {
  expect(answer.status, name).toBe(status);
  expect(answer.headers.get('content-type'), name).toMatch('application/problem+json');
  expect(await answer.json(), name).toMatchObject({ status, code: expect.any(String) });
}

test('every route is listed with those who may use it', () => {
  expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(ACCESS).sort());
});

describe('nobody', () => {
  test('gets no further than 401 on any route that is not public', async () => {
    for (const route of of('own', 'owner', 'operator')) {
      const answer = await shop.request(route.method, filled(route));
      await expectProblem(answer, 401, route.name);
      expect(answer.headers.get('www-authenticate'), route.name).toBe('Bearer');
    }
  });

  test('is refused before the body is looked at, with tokens of any wrong kind', async () => {
    const wrong = [
      'Bearer x',
      `Bearer ${owner.refreshToken}`,
      `Basic ${owner.accessToken}`,
      owner.accessToken,
    ];
    for (const route of of('own', 'owner', 'operator').filter(({ body }) => body)) {
      for (const authorization of wrong) {
        const options = { headers: { authorization }, body: '{broken' };
        await expectProblem(await shop.request(route.method, filled(route), options), 401, route.name);
      }
    }
  });

  test('needs no token for the public ones', async () => {
    for (const route of of('public')) {
      const answer = await shop.request(route.method, filled(route), route.body && { json: {} });
      expect(route.body ? [400] : [200, 204], route.name).toContain(answer.status);
    }
  });

  test('cannot go on with a token that was signed out or has run out', async () => {
    const [leaving, late] = [await shop.person(), await shop.person()];
    expect((await shop.request('DELETE', '/sessions/current', { by: leaving })).status).toBe(204);
    const keys = await shop.redis.keys(`${shop.redis.options.keyPrefix}session:*`);
    for (const key of keys) {
      const name = key.slice(shop.redis.options.keyPrefix!.length);
      const stored = await shop.redis.get(name);
      if (JSON.parse(stored!).customerId === late.customerId) await shop.redis.pexpire(name, 1);
    }
    for (const by of [leaving, late]) {
      await expect.poll(async () => (await shop.request('GET', '/me', { by })).status).toBe(401);
    }
  });
});

describe('another customer', () => {
  test('is told that a thing of somebody else does not exist', async () => {
    for (const route of of('owner')) {
      await expectProblem(await shop.request(route.method, filled(route), { by: stranger }), 404, route.name);
    }
    const answer = await shop.request('GET', `/orders/${order.id}`, { by: owner });
    expect(((await answer.json()) as OrderView).state).toBe('confirmed');
  });

  test('sees and changes nothing but what is their own', async () => {
    const read = async (path: string, by: Person) => (await shop.request('GET', path, { by })).json();
    expect(await read('/me', stranger)).toMatchObject({ id: stranger.customerId });
    expect(((await read('/orders', stranger)) as OrderList).items).toEqual([]);
    expect(((await read('/cart', stranger)) as CartView).lines).toEqual([]);
    await shop.request('DELETE', '/cart', { by: stranger });
    await shop.request('DELETE', `/cart/items/${productId}`, { by: stranger });
    expect(((await read('/cart', owner)) as CartView).lines).toHaveLength(1);
  });

  test('sees where an order goes alone with the order, if it is their own, and no log has it', async () => {
    const json = {
      recipient: '김비밀',
      phone: '010-9999-0000',
      postcode: '04524',
      street: '비밀로 1',
      detail: '',
    };
    expect((await shop.request('PUT', '/me/address', { by: owner, json })).status).toBe(204);
    const { id } = await placeOrder(owner);
    const read = async (path: string, by: Person) => (await shop.request('GET', path, { by })).text();
    expect(JSON.parse(await read(`/orders/${id}`, owner))).toMatchObject({ deliveryAddress: json });
    for (const seen of [await read(`/orders/${id}`, stranger), await read('/orders', owner), ...shop.logged])
      expect(seen).not.toMatch(/김비밀|010-9999-0000|비밀로/);
  });

  test('cannot place an order under somebody else’s id, and learns nothing of it', async () => {
    const json = { id: order.id, lines: [{ productId, quantity: 1 }], paymentMethod: 'card' };
    const answer = await shop.request('POST', '/orders', { by: stranger, json });
    expect(answer.status).toBe(409);
    expect(await answer.text()).not.toContain(String(order.totalKrw));
  });
});

test('a customer is refused on every operator’s route, an operator is not', async () => {
  const operator = await shop.person('operator');
  for (const route of of('operator')) {
    const asked = route.body === undefined ? {} : { json: {} };
    const answer = await shop.request(route.method, filled(route), { by: stranger, ...asked });
    await expectProblem(answer, 403, route.name);
    const allowed = await shop.request(route.method, filled(route), { by: operator, ...asked });
    if (route.body === undefined) expect(allowed.status, route.name).toBe(200);
    else await expectProblem(allowed, 400, route.name);
  }
});
