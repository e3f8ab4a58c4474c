import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../api-testing.ts';
import type { CouponList, CouponQuotes, DefineCouponBody, IssuedCoupons } from '../contract/coupons.ts';
import { inTransaction } from '../platform/postgres/postgres.ts';
import { giveBackCoupon, takeCoupons } from './checkout.ts';
import { type CouponIssue, type CouponToIssue, issueCoupons, type RuleCoupon } from './issue.ts';

type Person = Awaited<ReturnType<TestApi['person']>>;

const HOUR_MS = 60 * 60 * 1_000;
let api: TestApi;
let operator: Person;

beforeAll(async () => {
  api = await createTestApi();
  operator = await api.person(['operator']);
});

async function ask(by: Person, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await api.app.inject({ method, url, headers: by.headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json() };
}

const tenPercent: DefineCouponBody = {
  name: 'Ten percent',
  scope: { kind: 'all' },
  benefit: { kind: 'rate', ratio: 0.1 },
  validForMs: HOUR_MS,
  issueLimit: null,
  source: 'operator',
};

async function define(changes: Partial<DefineCouponBody> = {}): Promise<number> {
  const { status, body } = await ask(operator, 'POST', '/operator/coupons/definitions', {
    ...tenPercent,
    ...changes,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

async function issue(definitionId: number, ...people: Person[]): Promise<IssuedCoupons> {
  const customerIds = people.map(({ customerId }) => customerId);
  const path = `/operator/coupons/definitions/${definitionId}/issues`;
  return (await ask(operator, 'POST', path, { customerIds })).body;
}

const list = async (by: Person, query = ''): Promise<CouponList['items']> =>
  (await ask(by, 'GET', `/coupons${query}`)).body.items;
const quotes = async (by: Person, ...productIds: number[]): Promise<CouponQuotes> =>
  (
    await ask(by, 'POST', '/coupons/quotes', {
      lines: productIds.map((productId) => ({ productId, quantity: 1 })),
    })
  ).body;
const use = (couponId: string, orderId: string) =>
  takeCoupons(api.database, [{ couponId, orderId, usedAt: api.clock.now() }]);

const ruleCoupon = (changes: Partial<RuleCoupon> = {}): RuleCoupon => ({
  kind: 'rule',
  rule: 'linger',
  name: 'Ten percent on this',
  scope: { kind: 'product', productId: 1 },
  benefit: { kind: 'rate', ratio: 0.1 },
  validForMs: HOUR_MS,
  ...changes,
});
const give = (...wanted: CouponToIssue[]) =>
  inTransaction(api.database, (connection) => issueCoupons(connection, wanted, api.clock.now()));
const fate = (one: CouponIssue | undefined) => (one?.kind === 'issued' ? 'issued' : one?.reason);

describe('a customer', () => {
  test('sees what they hold, newest first, with what it is good for and how long', async () => {
    const [person, stranger] = [await api.person(), await api.person()];
    const [kettle] = await api.products({ name: '<b>Kettle</b>' });
    const first = await define({ name: '<script>alert(1)</script>' });
    const second = await define({
      scope: { kind: 'product', productId: kettle! },
      benefit: { kind: 'amount', amountKrw: 500 },
    });
    await issue(first, person);
    api.clock.advance(1_000);
    const { issued } = await issue(second, person);
    const [newest, oldest] = await list(person);
    expect(newest).toEqual({
      id: issued[0]?.couponId,
      definitionId: second,
      name: 'Ten percent',
      source: 'operator',
      scope: { kind: 'product', productId: kettle },
      targetName: '<b>Kettle</b>',
      benefit: { kind: 'amount', amountKrw: 500 },
      state: 'usable',
      createdAt: api.clock.now().toISOString(),
      expiresAt: new Date(api.clock.now().getTime() + HOUR_MS).toISOString(),
      usedAt: null,
      orderId: null,
    });
    expect(oldest).toMatchObject({ name: '<script>alert(1)</script>', targetName: null });
    expect(await list(stranger)).toEqual([]);
    expect((await ask(person, 'GET', '/coupons?pageSize=1')).body).toMatchObject({ hasNext: true });
  });

  test('sees what became of each, and asks for those that are left', async () => {
    const person = await api.person();
    const [short, long] = [await define({ validForMs: 1_000 }), await define()];
    await issue(short, person);
    const couponId = (await issue(long, person)).issued[0]!.couponId;
    const orderId = uuidv7();
    await use(couponId, orderId);
    api.clock.advance(1_000);
    const states = async () => (await list(person)).map(({ state }) => state).sort();
    expect(await states()).toEqual(['expired', 'used']);
    expect(await list(person, '?state=used')).toMatchObject([{ id: couponId, orderId }]);
    expect(await list(person, '?state=usable')).toEqual([]);
    await giveBackCoupon(api.database, { couponId, orderId });
    expect(await states()).toEqual(['expired', 'usable']);
  });

  test('is quoted what covers the lines, best first, with the total that the order would have', async () => {
    const person = await api.person();
    const [soap, kettle] = await api.products({ price_krw: 10_000 }, { price_krw: 30_000 });
    const { categoryId } = (await api.app.inject(`/products/${soap}`)).json();
    const scopes: DefineCouponBody['scope'][] = [
      { kind: 'product', productId: soap! },
      { kind: 'category', categoryId },
      { kind: 'all' },
      { kind: 'product', productId: (await api.products({}))[0]! },
    ];
    for (const scope of scopes) await issue(await define({ scope, name: scope.kind }), person);
    await issue(await define({ benefit: { kind: 'amount', amountKrw: 999_999 }, name: 'free' }), person);
    const answer = await quotes(person, soap!, kettle!);
    expect(answer.totalKrw).toBe(42_500);
    expect(answer.quotes.map(({ name, discountKrw, totalKrw }) => [name, discountKrw, totalKrw])).toEqual([
      ['free', 40_000, 2_500],
      ['category', 4_000, 38_500],
      ['all', 4_000, 38_500],
      ['product', 1_000, 41_500],
    ]);
    expect((await quotes(await api.person(), soap!)).quotes).toEqual([]);
    expect(await quotes(person, 2_147_483_647)).toEqual({ totalKrw: 2_500, quotes: [] });
  });

  test.each<[string, object]>([
    ['no line', { lines: [] }],
    ['a negative quantity', { lines: [{ productId: 1, quantity: -1 }] }],
    ['a huge quantity', { lines: [{ productId: 1, quantity: 1e9 }] }],
    ['a product twice', { lines: [1, 1].map((productId) => ({ productId, quantity: 1 })) }],
    ['somebody named', { lines: [{ productId: 1, quantity: 1 }], customerId: 1 }],
  ])('is refused a quote with %s', async (_, body) => {
    const { status, body: problem } = await ask(await api.person(), 'POST', '/coupons/quotes', body);
    expect([status, problem.code]).toEqual([400, 'invalid-request']);
  });
});

describe('an operator', () => {
  test('issues a coupon once to each, and none to whom there is not', async () => {
    const [one, two] = [await api.person(), await api.person()];
    const definitionId = await define();
    expect((await issue(definitionId, one)).issued).toMatchObject([{ customerId: one.customerId }]);
    const nobody = { ...two, customerId: 2_147_483_647 };
    expect(await issue(definitionId, one, two, nobody)).toMatchObject({
      issued: [{ customerId: two.customerId }],
      notIssued: [
        { customerId: one.customerId, reason: 'has-one' },
        { customerId: nobody.customerId, reason: 'unknown-customer' },
      ],
    });
  });

  test('issues no more than the limit, however many ask at once', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => api.person()));
    const definitionId = await define({ issueLimit: 5 });
    const answers = await Promise.all(people.map((person) => issue(definitionId, person)));
    expect(answers.flatMap(({ issued }) => issued)).toHaveLength(5);
    const reasons = answers.flatMap(({ notIssued }) => notIssued.map(({ reason }) => reason));
    expect(reasons).toEqual(Array(7).fill('limit-reached'));
    expect((await issue(await define({ issueLimit: 2 }), ...people.slice(0, 3))).issued).toHaveLength(2);
  });

  test('lists what is defined, newest first', async () => {
    const ids = [await define(), await define({ source: 'post' })];
    const { body } = await ask(operator, 'GET', '/operator/coupons/definitions?pageSize=2');
    expect(body.items).toMatchObject([
      { id: ids[1], source: 'post' },
      { id: ids[0], ...tenPercent },
    ]);
    expect(body.hasNext).toBe(true);
  });

  test.each<[string, object]>([
    ['a ratio above one', { benefit: { kind: 'rate', ratio: 1.5 } }],
    ['a ratio finer than 0.0001', { benefit: { kind: 'rate', ratio: 0.00015 } }],
    ['a negative amount', { benefit: { kind: 'amount', amountKrw: -1 } }],
    ['a rate and an amount', { benefit: { kind: 'rate', ratio: 0.1, amountKrw: 1 } }],
    ['a scope without its target', { scope: { kind: 'product' } }],
    ['a name that nobody sees', { name: ' \n ' }],
    ['an end before its beginning', { validForMs: -1 }],
    ['the shop’s rules as its source', { source: 'rule' }],
  ])('is refused a definition with %s', async (_, changes) => {
    const body = { ...tenPercent, ...changes };
    expect((await ask(operator, 'POST', '/operator/coupons/definitions', body)).status).toBe(400);
  });

  test('is told which thing there is not', async () => {
    const scope = { kind: 'product', productId: 2_147_483_647 } as const;
    const path = '/operator/coupons/definitions';
    expect((await ask(operator, 'POST', path, { ...tenPercent, scope })).status).toBe(404);
    expect((await ask(operator, 'POST', `${path}/2147483647/issues`, { customerIds: [1] })).status).toBe(404);
  });

  test('is nobody else', async () => {
    const person = await api.person();
    const path = '/operator/coupons/definitions';
    expect((await ask(person, 'POST', path, tenPercent)).status).toBe(403);
    expect((await ask(person, 'POST', `${path}/1/issues`, { customerIds: [person.customerId] })).status).toBe(
      403,
    );
  });
});

describe('a rule', () => {
  test('gives one person one usable coupon for one target, however often it strikes at once', async () => {
    const [one, two] = [await api.person(), await api.person()];
    const [a, b] = await api.products({}, {});
    const wanted = [one, two].flatMap(({ customerId }) =>
      [a!, b!].map((productId) => ({
        customerId,
        of: ruleCoupon({ scope: { kind: 'product', productId } }),
      })),
    );
    // In one order and the other: whoever took the places as they come would end in a deadlock.
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => give(...(index % 2 === 0 ? wanted : wanted.toReversed()))),
    );
    const fates = answers.flat().map(fate);
    expect(fates.filter((one) => one === 'issued')).toHaveLength(4);
    expect(new Set(fates)).toEqual(new Set(['issued', 'has-one']));
    expect(await list(one)).toHaveLength(2);
    const { rows } = await api.database.query(
      `SELECT count(*)::int AS count FROM coupon_definitions WHERE rule = 'linger' AND target_id = ANY($1)`,
      [[a, b]],
    );
    expect(rows[0].count).toBe(2);
  });

  test('gives another when the first has expired or was used', async () => {
    const { customerId } = await api.person();
    const of = ruleCoupon({ rule: 'again', scope: { kind: 'all' } });
    const [first] = await give({ customerId, of });
    api.clock.advance(HOUR_MS);
    const [second] = await give({ customerId, of }, { customerId, of });
    expect([first, second].map(fate)).toEqual(['issued', 'issued']);
    expect(fate((await give({ customerId, of }))[0])).toBe('has-one');
    await use(second?.kind === 'issued' ? second.couponId : '', uuidv7());
    expect(fate((await give({ customerId, of }))[0])).toBe('issued');
  });

  test('gives none beside one that was given back, and takes none away by that', async () => {
    const person = await api.person();
    const { customerId } = person;
    const of = ruleCoupon({ rule: 'back', scope: { kind: 'all' } });
    const idOf = async () => {
      const [one] = await give({ customerId, of });
      return one?.kind === 'issued' ? one.couponId : fate(one);
    };
    const [couponId, orderId] = [await idOf(), uuidv7()];
    await use(couponId!, orderId);
    await giveBackCoupon(api.database, { couponId: couponId!, orderId });
    expect(await idOf()).toBe('has-one');
    await use(couponId!, orderId);
    expect(await idOf()).not.toBe('has-one');
    await giveBackCoupon(api.database, { couponId: couponId!, orderId });
    expect(await list(person, '?state=usable')).toHaveLength(2);
  });

  test('leaves nothing when what called for it fails', async () => {
    const person = await api.person();
    const failing = inTransaction(api.database, async (connection) => {
      await issueCoupons(connection, [{ customerId: person.customerId, of: ruleCoupon() }], api.clock.now());
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await list(person)).toEqual([]);
  });
});
