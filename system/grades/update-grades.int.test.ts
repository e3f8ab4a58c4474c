// The SQL of the grades against the rule, told once more in plain words.
import fc from 'fast-check';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Grade } from '../contract/common.ts';
import { GRADE_WINDOW_DAYS, gradeOf } from '../contract/grades.ts';
import type { OrderState } from '../contract/orders.ts';
import { chooseCustomers } from '../hot-set/store.ts';
import { createMetrics } from '../platform/diagnostics/metrics.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { createTestDatabase, testLog } from '../platform/testing.ts';
import { createGradeMetrics } from './metrics.ts';
import { type GradeChange, updateGrades } from './update-grades.ts';
import { startGradeUpdater } from './updater.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const NOW = new Date('2026-07-01T00:00:00Z');

let database: Database;
beforeAll(async () => {
  ({ database } = await createTestDatabase());
});
beforeEach(async () => {
  await database.query('TRUNCATE customers, orders, grade_changes RESTART IDENTITY CASCADE');
});

type Order = { agoMs: number; totalKrw: number; state: OrderState };
type Person = { grade: Grade; status: string; orders: readonly Order[] };

async function store(people: readonly Person[]): Promise<void> {
  await database.query(
    `INSERT INTO customers (id, name, nickname, region, email, grade, status)
     SELECT place, 'name', 'nickname', 'Seoul', 'e@example.test', grade, status
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS p (grade, status, place)`,
    [people.map(({ grade }) => grade), people.map(({ status }) => status)],
  );
  const orders = people.flatMap((person, index) =>
    person.orders.map((order) => ({
      customer_id: index + 1,
      state: order.state,
      total_krw: order.totalKrw,
      placed_at: new Date(NOW.getTime() - order.agoMs),
    })),
  );
  await database.query(
    `INSERT INTO orders (id, customer_id, state, rejection_reason, payment_method, total_krw, placed_at, resolved_at, cancelled_at)
     SELECT gen_random_uuid(), customer_id, state, CASE state WHEN 'rejected' THEN 'sold-out' END, 'card', total_krw, placed_at,
            placed_at, CASE state WHEN 'cancelled' THEN placed_at END
       FROM jsonb_to_recordset($1) AS o (customer_id int, state text, total_krw bigint, placed_at timestamptz)`,
    [JSON.stringify(orders)],
  );
}

async function grades(): Promise<Grade[]> {
  const { rows } = await database.query<{ grade: Grade }>('SELECT grade FROM customers ORDER BY id');
  return rows.map(({ grade }) => grade);
}

const ignore = () => undefined;
const many = (count: number, own: Partial<Order> = {}): Order[] =>
  Array.from({ length: count }, () => ({ agoMs: DAY_MS, totalKrw: 200_000, state: 'confirmed', ...own }));
const person = (orders: readonly Order[], own: Partial<Person> = {}): Person => ({
  grade: 'BRONZE',
  status: 'ACTIVE',
  orders,
  ...own,
});
const WINDOW_MS = GRADE_WINDOW_DAYS * DAY_MS;

test.for<[string, Grade, Order[]]>([
  ['exactly 3,000,000 KRW and 15 orders', 'VIP', many(15)],
  ['1 KRW less', 'GOLD', [...many(14), ...many(1, { totalKrw: 199_999 })]],
  ['3,000,000 KRW with 14 orders', 'GOLD', [...many(13), ...many(1, { totalKrw: 400_000 })]],
  ['15 orders, the first exactly 180 days ago', 'VIP', [...many(14), ...many(1, { agoMs: WINDOW_MS })]],
  [
    '15 orders, the first a millisecond longer ago',
    'GOLD',
    [...many(14), ...many(1, { agoMs: WINDOW_MS + 1 })],
  ],
  ['15 orders, the first 181 days ago', 'GOLD', [...many(14), ...many(1, { agoMs: WINDOW_MS + DAY_MS })]],
  ['15 orders, one of them cancelled', 'GOLD', [...many(14), ...many(1, { state: 'cancelled' })]],
  ['15 orders, one of them refunded', 'GOLD', [...many(14), ...many(1, { state: 'refunded' })]],
  ['15 orders, one of them rejected', 'GOLD', [...many(14), ...many(1, { state: 'rejected' })]],
  [
    'orders that are shipped and delivered',
    'VIP',
    [...many(8, { state: 'shipped' }), ...many(7, { state: 'delivered' })],
  ],
  ['8 orders of 1,000,000 KRW together', 'GOLD', many(8, { totalKrw: 125_000 })],
  ['3 orders of 300,000 KRW together', 'SILVER', many(3, { totalKrw: 100_000 })],
  ['2 orders of whatever amount', 'BRONZE', many(2, { totalKrw: 9_000_000 })],
])('%s: %s', async ([, grade, orders]) => {
  await store([person(orders)]);
  await updateGrades(database, NOW, ignore);
  expect(await grades()).toEqual([grade]);
});

test('the grades of any people are those of the rule, with a row for each change and no other', async () => {
  const grade = fc.constantFrom<Grade>('BRONZE', 'SILVER', 'GOLD', 'VIP');
  const order = fc.record<Order>({
    agoMs: fc.oneof(
      fc.integer({ min: 1, max: 200 * DAY_MS }),
      fc.constantFrom(0, 1, WINDOW_MS - 1, WINDOW_MS, WINDOW_MS + 1, WINDOW_MS + DAY_MS),
    ),
    totalKrw: fc.constantFrom(99_999, 100_000, 125_000, 199_999, 200_000, 400_000),
    state: fc.constantFrom<OrderState>(
      'confirmed',
      'confirmed',
      'confirmed',
      'delivered',
      'cancelled',
      'refunded',
      'rejected',
      'reserved',
    ),
  });
  const people = fc.array(
    fc.record<Person>({
      grade,
      status: fc.constantFrom('ACTIVE', 'ACTIVE', 'DORMANT', 'WITHDRAWN'),
      orders: fc.array(order, { maxLength: 24, size: 'max' }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(people, async (given) => {
      await database.query('TRUNCATE customers, orders, grade_changes RESTART IDENTITY CASCADE');
      await store(given);
      const told: GradeChange[] = [];
      await updateGrades(database, NOW, (changes) => told.push(...changes));
      const expected = given.map(({ grade: before, status, orders }) => {
        if (status === 'WITHDRAWN') return before;
        const counted = orders.filter(
          ({ agoMs, state }) =>
            agoMs > 0 && agoMs <= WINDOW_MS && ['confirmed', 'shipped', 'delivered'].includes(state),
        );
        return gradeOf(
          counted.length,
          counted.reduce((sum, { totalKrw }) => sum + totalKrw, 0),
        );
      });
      expect(await grades()).toEqual(expected);
      const changes = given.flatMap(({ grade: fromGrade }, index) => {
        const toGrade = expected[index]!;
        return fromGrade === toGrade ? [] : [{ customerId: index + 1, fromGrade, toGrade }];
      });
      expect(told).toEqual(changes);
      const { rows } = await database.query<GradeChange>(
        `SELECT customer_id AS "customerId", from_grade AS "fromGrade", to_grade AS "toGrade"
           FROM grade_changes WHERE changed_at = $1 ORDER BY customer_id`,
        [NOW],
      );
      expect(rows).toEqual(changes);
    }),
    { numRuns: 40 },
  );
});

test('more changes than a batch holds are all made, and a second update finds nothing to do', async () => {
  await store(Array.from({ length: 2_500 }, () => person([], { grade: 'GOLD' })));
  expect(await updateGrades(database, NOW, ignore)).toEqual({ changedCount: 2_500 });
  expect(await updateGrades(database, new Date(NOW.getTime() + 1), ignore)).toEqual({ changedCount: 0 });
  expect(new Set(await grades())).toEqual(new Set(['BRONZE']));
});

test('of several one updates at a time, and a lost session gives its right back', async () => {
  const holder = await database.connect();
  await holder.query(`SELECT pg_advisory_lock(hashtextextended('shop grades', 0))`);
  expect(await updateGrades(database, NOW, ignore)).toBe('another updates');
  holder.release(true);
  await expect.poll(() => updateGrades(database, NOW, ignore)).toEqual({ changedCount: 0 });
});

test('the updater tells each customer, goes on after a failure, and the next hot set knows the grade', async () => {
  await store([person(many(15)), person([], { grade: 'GOLD' }), person(many(3))]);
  const pushed: unknown[][] = [];
  const { registry } = createMetrics();
  await database.query('ALTER TABLE orders RENAME TO orders_away');
  const updater = startGradeUpdater({
    database,
    clock: fixedClock(NOW),
    log: testLog,
    metrics: createGradeMetrics(registry),
    push: (...push) => {
      pushed.push(push);
    },
    everyMs: 50,
  });
  onTestFinished(updater.close);
  await expect.poll(updater.check).toMatch(/the last update failed: .*orders/);
  await database.query('ALTER TABLE orders_away RENAME TO orders');
  await expect.poll(updater.check).toBeNull();
  const changedAt = NOW.toISOString();
  expect(pushed).toEqual([
    [1, 'grade:changed', { fromGrade: 'BRONZE', toGrade: 'VIP', changedAt }],
    [2, 'grade:changed', { fromGrade: 'GOLD', toGrade: 'BRONZE', changedAt }],
    [3, 'grade:changed', { fromGrade: 'BRONZE', toGrade: 'SILVER', changedAt }],
  ]);
  const { customers } = await chooseCustomers(database, 10);
  expect(Object.fromEntries(customers.map(({ id, grade }) => [id, grade]))).toEqual({
    1: 'VIP',
    2: 'BRONZE',
    3: 'SILVER',
  });
});
