// What is given of decisions, by a database that grants what it is told to grant.
import { expect, it } from 'vitest';
import type { CouponIssue } from '../coupons/issue.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { type Decision, decide } from './decide.ts';
import { createGive } from './give.ts';
import { createPerson } from './person.ts';
import { RULES } from './rules.ts';

const LATE = Date.parse('2026-03-02T23:58:00+09:00');
const MINUTE = 60_000;

const stream = { cork: () => undefined, uncork: () => undefined };
const client = { connection: { stream }, query: async () => ({ rows: [] }), release: () => undefined };
const database = { connect: async () => client } as unknown as Database;

/** A shop where the note of a firing is free or taken, and a coupon is issued or held already. */
function startGive(shop: { isFree: boolean; isIssued: boolean }) {
  const asked: string[][] = [];
  const counted: string[] = [];
  const told: string[] = [];
  const give = createGive({
    database,
    firings: {
      async take(_, decisions) {
        asked.push(decisions.map(({ key }) => key));
        return shop.isFree ? [...decisions] : [];
      },
    },
    issueCoupons: async (_, wanted) =>
      wanted.map(
        ({ customerId }): CouponIssue =>
          shop.isIssued
            ? { kind: 'issued', customerId, definitionId: 1, couponId: 'c', expiresAt: new Date(LATE) }
            : { kind: 'not-issued', customerId, definitionId: 1, reason: 'has-one' },
      ),
    notifications: {
      async add(_, added) {
        told.push(...added.map(({ content }) => content.kind));
        return [];
      },
    },
    facts: {
      products: async (ids) => ids.map((productId) => ({ productId, name: 'apple', stockCount: 9 })),
      categories: async () => new Map([[1, 'fruit']]),
    },
    push: () => undefined,
    clock: fixedClock(new Date(LATE)),
    metrics: {
      taken: () => undefined,
      given: (rule) => counted.push(rule),
      pushFailed: () => undefined,
      unreadable: () => undefined,
      watch: () => undefined,
      waited: () => undefined,
      watchWaiting: () => undefined,
    },
  });
  return { give, asked, counted, told };
}

/** Three lines of one category in somebody's cart: a coupon on it, once a day. */
function filledCart(atMs: number): Decision[] {
  const lines = [1, 2, 3].map((productId) => ({ productId, categoryId: 1, quantity: 1, unitPriceKrw: 100 }));
  return decide(
    RULES.filter(({ number }) => number === 2),
    { customerId: 7, person: createPerson() },
    { kind: 'cart-filled', lines },
    atMs,
  );
}

it('tells of a coupon and counts it, and asks no more until the next day', async () => {
  const { give, asked, counted, told } = startGive({ isFree: true, isIssued: true });
  for (const minutes of [0, 1]) await give(filledCart(LATE + minutes * MINUTE));
  expect(asked).toHaveLength(1);
  expect(told).toEqual(['coupon-issued']);
  expect(counted).toEqual(['cart-of-one-category']);
  await give(filledCart(LATE + 2 * MINUTE));
  expect(asked).toHaveLength(2);
});

it('tells of no coupon that somebody has already, and counts none', async () => {
  const { give, counted, told } = startGive({ isFree: true, isIssued: false });
  await give(filledCart(LATE));
  expect([told, counted]).toEqual([[], []]);
});

it('asks again for what another process gave when the day is over', async () => {
  const { give, asked } = startGive({ isFree: false, isIssued: true });
  for (const minutes of [0, 1]) await give(filledCart(LATE + minutes * MINUTE));
  expect(asked).toHaveLength(1);
  await give(filledCart(LATE + 2 * MINUTE));
  expect(asked).toHaveLength(2);
});
