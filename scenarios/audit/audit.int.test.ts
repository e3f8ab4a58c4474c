// Each rule sees a sound shop as sound, and fires when its fault is planted.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ActAttempt,
  ActionsAttempt,
  ArrivalAttempt,
  OrderAttempt,
  SignUpAttempt,
} from '../../sim/adapters/our-shop/attempts.ts';
import { packActions } from '../../sim/adapters/our-shop/packed-actions.ts';
import { dropDatabase, RUN_PREFIX, withClient, withDatabase } from '../data/databases.ts';
import { repositoryRoot } from '../data/repository.ts';
import { lastUnits } from '../questions/last-units.ts';
import { auditLastUnits, wantedInOurShop } from '../targets/our-shop/last-units.ts';
import { copyElsewhere, type StoredAction } from './actions/stored-elsewhere.ts';
import { auditRules, checkRules, loadAttempts } from './audit.ts';
import { noteBefore } from './before.ts';

const server = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const database = `${RUN_PREFIX}audit_${randomBytes(4).toString('hex')}`;
const url = withDatabase(server, database);
const startedAt = new Date('2026-11-20T11:00:00Z');

const CONFIRMED = '01980000-0000-7000-8000-000000000001';
const REJECTED = '01980000-0000-7000-8000-000000000002';
const CANCELLED = '01980000-0000-7000-8000-000000000003';
const REFUSED = '01980000-0000-7000-8000-000000000004';
const UNSEEN = '01980000-0000-7000-8000-000000000005';
const WITH_COUPON = '01980000-0000-7000-8000-000000000006';
const COUPON_BACK = '01980000-0000-7000-8000-000000000007';
const [COUPON, ANOTHER] = ['01980000-0000-7000-8000-0000000000c1', '01980000-0000-7000-8000-0000000000c2'];
const [RULE_COUPON, TOLD] = ['01980000-0000-7000-8000-0000000000c3', '01980000-0000-7000-8000-0000000000d1'];
const PAST = '01970000-0000-7000-8000-000000000001';

function attempt(orderId: string, changes: Partial<OrderAttempt>): OrderAttempt {
  return {
    kind: 'order',
    orderId,
    customerId: 1,
    attemptedAtMs: 0,
    phase: 'measure',
    lines: [{ productId: 1, quantity: 2 }],
    answer: 'accepted',
    httpStatus: 202,
    outcome: 'confirmed',
    refusedBecause: null,
    outcomeSeenBy: 'socket',
    outcomeAfterMs: 40,
    totalKrw: 22_500,
    cancel: null,
    coupon: null,
    ...changes,
  };
}

const attempts = [
  attempt(CONFIRMED, {}),
  attempt(REJECTED, {
    outcome: 'rejected',
    refusedBecause: 'sold-out',
    totalKrw: 0,
    lines: [{ productId: 2, quantity: 1 }],
  }),
  attempt(CANCELLED, { cancel: 'accepted' }),
  attempt(WITH_COUPON, { totalKrw: 15_000, coupon: { id: COUPON, quotedKrw: 7_500 } }),
  attempt(COUPON_BACK, { totalKrw: 17_500, cancel: 'accepted', coupon: { id: ANOTHER, quotedKrw: 5_000 } }),
  attempt(REFUSED, {
    answer: 'refused',
    httpStatus: 503,
    outcome: null,
    outcomeSeenBy: null,
    totalKrw: null,
  }),
  attempt(UNSEEN, { outcome: null, outcomeSeenBy: null, totalKrw: null }),
];

function signUp(changes: Partial<SignUpAttempt>): SignUpAttempt {
  return {
    kind: 'sign-up',
    email: 'New@example.com',
    name: '박서연',
    nickname: '졸린 "여우"\\1',
    gender: 'F',
    birthYear: 1994,
    region: 'Busan',
    marketingConsent: true,
    attemptedAtMs: 0,
    answer: 'accepted',
    httpStatus: 201,
    customerId: 10,
    ...changes,
  };
}

const nobody = { httpStatus: null, customerId: null };
const signUps = [
  signUp({}),
  signUp({ email: 'refused@example.com', answer: 'refused', httpStatus: 409, customerId: null }),
  signUp({ email: 'lost@example.com', answer: 'unknown', ...nobody }),
  signUp({ email: 'made@example.com', answer: 'unknown', ...nobody }),
];
/** The accepted one, and one whose answer got lost on the way. */
const SIGNED_UP = `
  INSERT INTO customers (id, name, nickname, gender, birth_year, region, email, marketing_consent, created_at)
  SELECT id, '박서연', '졸린 "여우"\\1', 'F', 1994, 'Busan', email, true, '2026-11-20T11:01:00Z'
    FROM (VALUES (10, 'New@example.com'), (11, 'made@example.com')) AS made(id, email);
  INSERT INTO sign_in_identities (customer_id, provider, subject, secret_hash)
  SELECT id, 'password', lower(email), 'x' FROM customers WHERE id >= 10;
`;

const [PRODUCT, PERSON] = ['01980000-0000-7000-8000-0000000000a1', '01980000-0000-7000-8000-0000000000a2'];
const registeredAt = '2026-11-20T11:01:00.000Z';
const arrivals: ArrivalAttempt[] = [
  {
    kind: 'product-arrival',
    id: PRODUCT,
    product: {
      categoryId: 1,
      name: 'new paper',
      description: '',
      tags: ['new'],
      priceKrw: 3_000,
      listPriceKrw: 3_300,
      stockCount: 9,
      image: '',
      registeredAt,
    },
    attemptedAtMs: 0,
    answer: 'accepted',
  },
  {
    kind: 'user-arrival',
    id: PERSON,
    user: {
      email: 'Brought@example.com',
      name: 'Han',
      nickname: 'h',
      gender: null,
      birthYear: null,
      region: 'Jeju',
      status: 'ACTIVE',
      marketingConsent: false,
      registeredAt,
    },
    attemptedAtMs: 0,
    answer: 'accepted',
  },
];
const ARRIVED = `
  INSERT INTO products (id, category_id, name, tags, price_krw, list_price_krw, stock_count, stocked_count, registered_at)
  VALUES (50, 1, 'new paper', '{new}', 3000, 3300, 9, 9, '${registeredAt}');
  INSERT INTO product_arrivals (id, product_id) VALUES ('${PRODUCT}', 50);
  INSERT INTO customers (id, name, nickname, region, email, created_at)
  VALUES (50, 'Han', 'h', 'Jeju', 'Brought@example.com', '${registeredAt}');
  INSERT INTO user_arrivals (id, customer_id) VALUES ('${PERSON}', 50);
  INSERT INTO sign_in_identities (customer_id, provider, subject, secret_hash)
  VALUES (50, 'password', 'brought@example.com', 'x');
`;

const [CLICK, SEARCH, LOST_ANSWER, REFUSED_CLICK, PAST_CLICK] = ['1', '2', '3', '4', '5'].map(
  (end) => `01980000-0000-7000-8000-0000000000b${end}`,
);
const click = (id = '', product = 1) =>
  ({ id, action: 'click', target: { type: 'product', id: product } }) as const;
const SEARCHED = "종이 'A4\\";
const told = (
  answer: ActionsAttempt['answer'],
  ...reports: Parameters<typeof packActions>[0]
): ActionsAttempt => ({
  kind: 'actions',
  customerId: 1,
  attemptedAtMs: 0,
  answer,
  packed: packActions(reports),
});
const actions = [
  told('accepted', click(CLICK), {
    id: SEARCH ?? '',
    action: 'search',
    target: { type: 'text', text: SEARCHED },
  }),
  told('unknown', click(LOST_ANSWER)),
  told('refused', click(REFUSED_CLICK)),
];
const act = (actionId = '', changes: Partial<ActAttempt> = {}): ActAttempt => ({
  kind: 'act',
  actionId,
  customerId: 1,
  attemptedAtMs: 0,
  phase: 'measure',
  action: 'click',
  productId: 1,
  answer: 'accepted',
  shownAfterMs: 40,
  reflectedId: actionId,
  categoryReflectedId: actionId,
  categoryFirstProductId: 1,
  unknownIds: [],
  ...changes,
});
const PAST_ORDER = '01970000-0000-7000-8000-0000000000f1';
const nothing = { shownAfterMs: null, reflectedId: null, categoryReflectedId: null };
const acts = [
  act(CLICK),
  // What they did before came again with a push, which is no error.
  act(LOST_ANSWER, { unknownIds: [CLICK ?? ''] }),
  act(REFUSED_CLICK, { ...nothing, answer: 'refused', categoryFirstProductId: null }),
];
/** The list by category after each of the two, and the one that everybody sees. */
const RECOMMENDED = `
  SELECT recommendations_create_hours('2026-11-20T11:00:00Z', '2026-11-20T11:00:00Z');
  INSERT INTO recommendations (customer_id, kind, made_at, reflects_action_id, product_ids)
  VALUES (1, 'category', '2026-11-20T11:01:00.1Z', '${CLICK}', '{1}'),
         (1, 'category', '2026-11-20T11:01:02.1Z', '${LOST_ANSWER}', '{1,50}'),
         (0, 'trending', '2026-11-20T11:01:02.1Z', NULL, '{50}');
`;
const PAST_ACTION = `
  SELECT behaviour_create_days('2026-11-20', '2026-11-20');
  INSERT INTO behaviour_actions (id, customer_id, action, target_type, target_id, acted_at)
  VALUES ('${PAST_CLICK}', 2, 'click', 'product', 1, '2026-11-20T11:00:05Z');
`;
const ACTED = `
  INSERT INTO behaviour_actions (id, customer_id, action, target_type, target_id, target_text, acted_at)
  VALUES ('${CLICK}', 1, 'click', 'product', 1, NULL, '2026-11-20T11:01:00Z'),
         ('${SEARCH}', 1, 'search', 'text', NULL, '종이 ''A4\\', '2026-11-20T11:01:01Z'),
         ('${LOST_ANSWER}', 1, 'click', 'product', 1, NULL, '2026-11-20T11:01:02Z');
`;

/** Two products, one customer; product 1 keeps 86 of 92: three orders of two pieces hold, two were called off. Before the
 * run customer 2 had ordered eight pieces; one past order's tender was never booked, which is not this run's doing. */
const SOUND_SHOP = `
  INSERT INTO categories (id, name) VALUES (1, 'tissue');
  INSERT INTO products (id, category_id, name, price_krw, list_price_krw, stock_count, stocked_count, order_count)
  VALUES (1, 1, 'paper', 10000, 10000, 92, 100, 7), (2, 1, 'gone', 5000, 5000, 0, 0, 0);
  INSERT INTO customers (id, name, nickname, region, email) VALUES (1, 'Kim', 'k', 'Seoul', 'k@example.com'), (2, 'Lee', 'l', 'Seoul', 'l@example.com');
  INSERT INTO orders (id, customer_id, state, payment_method, total_krw, placed_at, resolved_at)
  VALUES ('${PAST}', 2, 'delivered', 'card', 82500, '2026-11-10T11:00:00Z', '2026-11-10T11:00:01Z');
  INSERT INTO order_lines (order_id, product_id, quantity, unit_price_krw) VALUES ('${PAST}', 1, 8, 10000);
  INSERT INTO order_adjustments (order_id, type, amount_krw) VALUES ('${PAST}', 'shipping', 2500);
  UPDATE customers SET last_ordered_at = '2026-11-10T11:00:00Z' WHERE id = 2;
`;
const SOUND_ORDERS = `
  INSERT INTO orders (id, customer_id, state, rejection_reason, payment_method, total_krw, placed_at, resolved_at, cancelled_at)
  VALUES ('${CONFIRMED}', 1, 'confirmed', NULL, 'card', 22500, '2026-11-20T11:01:00Z', '2026-11-20T11:01:01Z', NULL),
         ('${REJECTED}', 1, 'rejected', 'sold-out', 'card', 0, '2026-11-20T11:02:00Z', '2026-11-20T11:02:01Z', NULL),
         ('${CANCELLED}', 1, 'cancelled', NULL, 'card', 22500, '2026-11-20T11:01:10Z', '2026-11-20T11:01:11Z', '2026-11-20T11:01:30Z'),
         ('${WITH_COUPON}', 1, 'confirmed', NULL, 'card', 15000, '2026-11-20T11:01:20Z', '2026-11-20T11:01:21Z', NULL),
         ('${COUPON_BACK}', 1, 'cancelled', NULL, 'card', 17500, '2026-11-20T11:01:40Z', '2026-11-20T11:01:41Z', '2026-11-20T11:01:50Z'),
         ('${UNSEEN}', 1, 'confirmed', NULL, 'card', 22500, '2026-11-20T11:03:00Z', '2026-11-20T11:03:01Z', NULL);
  INSERT INTO order_lines (order_id, product_id, quantity, unit_price_krw)
  SELECT id, 1, 2, 10000 FROM orders WHERE state <> 'rejected' AND id <> '${PAST}';
  INSERT INTO order_adjustments (order_id, type, amount_krw)
  SELECT id, 'shipping', 2500 FROM orders WHERE state <> 'rejected' AND id <> '${PAST}';
  INSERT INTO order_tenders (order_id, method, amount_krw, state)
  SELECT id, 'card', total_krw, CASE state WHEN 'cancelled' THEN 'refunded' ELSE 'approved' END FROM orders WHERE state <> 'rejected' AND id <> '${PAST}';
  UPDATE products SET stock_count = 86, order_count = 10 WHERE id = 1;
  UPDATE customers SET last_ordered_at = '2026-11-20T11:03:00Z' WHERE id = 1;
`;

/** One that took three eighths off the category's lines, and one whose order was called off. */
const WITH_COUPONS = `
  INSERT INTO coupon_definitions (id, name, source, scope, target_id, rate_ten_thousandths, amount_krw, valid_for_ms, created_at)
  VALUES (1, 'tissue', 'operator', 'category', 1, 3750, NULL, 1, now()), (2, 'all', 'operator', 'all', NULL, NULL, 5000, 1, now());
  INSERT INTO coupons (id, definition_id, customer_id, created_at, expires_at, used_at, order_id)
  VALUES ('${COUPON}', 1, 1, '2026-11-20T11:00:00Z', '2026-11-20T12:00:00Z', '2026-11-20T11:01:20Z', '${WITH_COUPON}'),
         ('${ANOTHER}', 2, 1, '2026-11-20T11:00:00Z', '2026-11-20T12:00:00Z', NULL, NULL);
  UPDATE orders SET coupon_id = '${COUPON}' WHERE id = '${WITH_COUPON}';
  UPDATE orders SET coupon_id = '${ANOTHER}' WHERE id = '${COUPON_BACK}';
  INSERT INTO order_adjustments (order_id, type, amount_krw)
  VALUES ('${WITH_COUPON}', 'coupon', -7500), ('${COUPON_BACK}', 'coupon', -5000);
`;

/** One that a rule gave customer 2, who was told of it. */
const BY_RULE = `
  INSERT INTO coupon_definitions (id, name, source, rule, scope, target_id, rate_ten_thousandths, valid_for_ms, created_at)
  VALUES (3, '10 % off', 'rule', 'category-clicked-today', 'category', 1, 1000, 1, now());
  INSERT INTO coupons (id, definition_id, customer_id, created_at, expires_at)
  VALUES ('${RULE_COUPON}', 3, 2, '2026-11-20T11:02:00Z', '2026-11-27T11:02:00Z');
  INSERT INTO notifications (id, customer_id, content, created_at)
  VALUES ('${TOLD}', 2, '{"kind": "coupon-issued", "coupon": {"id": "${RULE_COUPON}"}}', '2026-11-20T11:02:00Z');
  INSERT INTO notification_deliveries (notification_id, channel, customer_id, state)
  VALUES ('${TOLD}', 'socket', 2, 'pending');
`;

/** What breaks each rule, and a word its violation must say. */
const faults: Record<string, { plant: string; says: string }> = {
  'accepted-orders-are-resolved': {
    plant: `DELETE FROM orders WHERE id = '${CONFIRMED}'`,
    says: `order ${CONFIRMED} of customer 1 was accepted and is not in the database`,
  },
  'orders-happen-once': {
    plant: `UPDATE order_lines SET quantity = 4 WHERE order_id = '${CONFIRMED}'`,
    says: `order ${CONFIRMED} holds 4 of product 1; asked for: 2`,
  },
  'stored-orders-were-attempted': {
    plant: `INSERT INTO orders (id, customer_id, state, payment_method, total_krw, placed_at)
            VALUES ('01980000-0000-7000-8000-00000000000f', 2, 'reserved', 'card', 1, '2026-11-20T11:05:00Z')`,
    says: 'of customer 2 was placed by nobody',
  },
  'refused-orders-left-nothing': {
    plant: `INSERT INTO orders (id, customer_id, state, payment_method, total_krw, placed_at)
            VALUES ('${REFUSED}', 1, 'reserved', 'card', 1, '2026-11-20T11:05:00Z')`,
    says: `order ${REFUSED} was refused with HTTP 503 and is stored as reserved`,
  },
  'stock-is-never-oversold': {
    plant: 'UPDATE products SET stock_count = 90 WHERE id = 1',
    says: 'product 1: 92 in stock before the run, 0 stocked since, 90 left, 6 held by the run’s orders',
  },
  'sums-are-right': {
    plant: `UPDATE order_tenders SET amount_krw = 22499 WHERE order_id = '${CONFIRMED}'`,
    says: 'adjustments 2500, tenders 22499',
  },
  'shoppers-saw-the-truth': {
    plant: `UPDATE rehearsal.attempts SET total_krw = 19000 WHERE order_id = '${CONFIRMED}'`,
    says: 'saw confirmed, 19000 KRW',
  },
  'outcomes-are-seen-or-retrievable': {
    plant: `UPDATE orders SET customer_id = 2 WHERE id = '${UNSEEN}'`,
    says: `order ${UNSEEN} of customer 1: nobody saw an outcome`,
  },
  'counters-follow-orders': {
    plant: 'UPDATE products SET order_count = 8 WHERE id = 1',
    says: 'product 1: order count 8, was 7 before the run and 3 orders came',
  },
  'coupons-are-as-asked': {
    plant: `UPDATE rehearsal.attempts SET coupon_id = NULL WHERE order_id = '${WITH_COUPON}'`,
    says: `order ${WITH_COUPON} of customer 1 was asked for with coupon none and is stored with ${COUPON}`,
  },
  'coupons-are-their-customers': {
    plant: `UPDATE coupons SET customer_id = 2 WHERE id = '${COUPON}'`,
    says: `order ${WITH_COUPON} of customer 1 has 7500 KRW off for coupon ${COUPON} of customer 2`,
  },
  'coupons-are-used-once': {
    plant: `DROP INDEX orders_coupon; UPDATE orders SET coupon_id = '${COUPON}' WHERE id = '${CONFIRMED}'`,
    says: `coupon ${COUPON} is used by 2 orders: ${CONFIRMED}, ${WITH_COUPON}`,
  },
  'coupon-sums-are-right': {
    plant: `UPDATE order_adjustments SET amount_krw = -7499 WHERE order_id = '${WITH_COUPON}' AND type = 'coupon'`,
    says: '7499 KRW off for its coupon, due are 7500',
  },
  'coupons-come-back': {
    plant: `UPDATE coupons SET order_id = '${COUPON_BACK}', used_at = now() WHERE id = '${ANOTHER}'`,
    says: `coupon ${ANOTHER} is kept as used by order ${COUPON_BACK}, which is cancelled`,
  },
  'rule-coupons-are-told': {
    plant: `UPDATE notifications SET customer_id = 1 WHERE id = '${TOLD}'`,
    says: `coupon ${RULE_COUPON} of rule category-clicked-today for customer 2 is told of by 1 notifications: ${TOLD} to customer 1`,
  },
  'sign-ups-happen-once': {
    plant: `UPDATE customers SET email = 'other@example.com' WHERE id = 11`,
    says: 'customer 11 (other@example.com) was registered at 2026-11-20',
  },
  'products-arrive-once': {
    plant: `INSERT INTO products (id, category_id, name, price_krw, list_price_krw, stock_count, stocked_count)
            SELECT 51, category_id, name, price_krw, list_price_krw, stock_count, stocked_count FROM products WHERE id = 50`,
    says: 'product 51 (new paper) is in the shop and nobody sent it so',
  },
  'people-arrive-once': {
    plant: `UPDATE customers SET region = 'Seoul' WHERE id = 50`,
    says: 'Brought@example.com Han h Seoul f',
  },
  'lists-answer-own-acts': {
    plant: `DELETE FROM behaviour_actions WHERE id = '${CLICK}'`,
    says: `act ${CLICK} of customer 1 was answered by lists and is not in the log as theirs`,
  },
  'pushed-lists-are-stored': {
    plant: `UPDATE recommendations SET product_ids = '{50,1}' WHERE reflects_action_id = '${CLICK}'`,
    says: `customer 1 saw for act ${CLICK} (reflecting ${CLICK}, product 1 first) is not stored`,
  },
  'newest-lists-reflect-newest-acts': {
    plant: `DELETE FROM recommendations WHERE reflects_action_id = '${LOST_ANSWER}'`,
    says: `shown lists for act ${LOST_ANSWER}, and the newest stored list by category reflects ${CLICK}`,
  },
  'category-lists-follow-the-log': {
    plant: `INSERT INTO categories (id, name) VALUES (2, 'golf');
            INSERT INTO products (id, category_id, name, price_krw, list_price_krw, stock_count, stocked_count)
            VALUES (52, 2, 'club', 9, 9, 1, 1);
            UPDATE recommendations SET product_ids = '{52,1}' WHERE reflects_action_id = '${LOST_ANSWER}'`,
    says: `customer 1 begins with product 52 of category 2; by the log up to ${LOST_ANSWER} it is 1`,
  },
  'actions-happen-once': {
    plant: `DELETE FROM behaviour_actions WHERE id = '${CLICK}'`,
    says: `click ${CLICK} of customer 1 was accepted and is in the log 0 times`,
  },
};

beforeAll(async () => {
  await withClient(server, (admin) => admin.query(`CREATE DATABASE ${database}`));
  await promisify(execFile)(process.execPath, [join(repositoryRoot, 'system/main.ts'), 'migrate'], {
    env: { ...process.env, DATABASE_URL: url },
  });
  await withClient(url, async (client) => {
    await client.query(SOUND_SHOP);
    await client.query(PAST_ACTION);
    await noteBefore(client, startedAt);
    await client.query(SOUND_ORDERS);
    await client.query(WITH_COUPONS);
    await client.query(BY_RULE);
    await client.query(SIGNED_UP);
    await client.query(ARRIVED);
    await client.query(ACTED);
    await client.query(RECOMMENDED);
    await loadAttempts(client, () => [...attempts, ...signUps, ...arrivals, ...actions, ...acts]);
  });
});

afterAll(() => withClient(server, (admin) => dropDatabase(admin, database)));

const orders = { topic: 'orders', publishedCount: 4, committedCount: 4, deadLetterCount: 0 };
const drained = { topics: [orders] };

async function* oneByOne<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** Audits within a transaction that is taken back, so that each fault stands alone. */
async function auditWith(plant: string, broker = drained, elsewhere: readonly StoredAction[] = []) {
  return withClient(url, async (client: Client) => {
    await client.query('BEGIN');
    await client.query(plant);
    await copyElsewhere(client, oneByOne(elsewhere));
    const findings = await checkRules({ client, broker });
    await client.query('ROLLBACK');
    return findings;
  });
}

describe('the audit', () => {
  it('finds nothing wrong with a sound run, and says how much it checked', async () => {
    const findings = await auditWith('SELECT 1');
    expect(findings.filter((finding) => !finding.ok)).toEqual([]);
    for (const finding of findings) expect(finding.checkedCount, finding.rule).toBeGreaterThan(0);
    const checked = Object.fromEntries(findings.map(({ rule, checkedCount }) => [rule, checkedCount]));
    // The run's orders, not those of the history.
    expect(checked).toMatchObject({ 'stored-orders-were-attempted': 6, 'sums-are-right': 5 });
  });

  it.each(Object.entries(faults))(
    'fires rule %s when its fault is planted',
    async (rule, { plant, says }) => {
      const finding = (await auditWith(plant)).find((candidate) => candidate.rule === rule);
      expect(finding).toMatchObject({ ok: false, violationCount: 1 });
      expect(finding?.violations[0]).toContain(says);
    },
  );

  it('counts the last pieces by the run’s orders, whatever the stock says is left', async () => {
    const scenario = { ...lastUnits, data: { ...lastUnits.data, products: 100, people: 1_000, days: 1 } };
    const found = await withClient(url, async (client) => {
      await client.query('BEGIN');
      await checkRules({ client, broker: drained });
      await client.query('UPDATE products SET stock_count = 0 WHERE id = 1');
      const finding = await auditLastUnits(client, { productId: 1, pieceCount: 5 }, scenario, () => attempts);
      await client.query('ROLLBACK');
      return finding;
    });
    expect(found).toMatchObject({ ok: false, violationCount: 1 });
    // Two confirmed, two cancelled of those confirmed; one rejected, one refused, one never heard of.
    expect(found.lastUnits).toMatchObject({
      pieceCount: 5,
      soldCount: 6,
      shopperCount: 100,
      unheardCount: 1,
    });
  });

  it('lets everybody want the product in stock whose pieces are nearest to those asked for', async () => {
    const wanted = await withClient(url, async (client) => {
      await client.query('BEGIN');
      await client.query(
        'UPDATE products SET stocked_count = 100, stock_count = CASE id WHEN 1 THEN 7 WHEN 2 THEN 0 ELSE 90 END',
      );
      const found = await wantedInOurShop(client, 2);
      await client.query('ROLLBACK');
      return found;
    });
    expect(wanted).toEqual({ productId: 1, pieceCount: 7 });
  });

  it('fires rule broker-is-drained for messages without a commit and for dead letters', async () => {
    const broker = { topics: [{ ...orders, committedCount: 3, deadLetterCount: 1 }] };
    const finding = (await auditWith('SELECT 1', broker)).find(({ rule }) => rule === 'broker-is-drained');
    expect(finding).toMatchObject({ ok: false, violationCount: 2 });
    expect(finding?.violations.join()).toContain('1 of 4 messages are not committed');
  });

  it('sees a customer whose last order time was forgotten, and money kept of a cancelled order', async () => {
    const forgotten = await auditWith('UPDATE customers SET last_ordered_at = NULL WHERE id = 1');
    expect(forgotten.find(({ rule }) => rule === 'counters-follow-orders')?.violations[0]).toContain('never');
    const moved = await auditWith(
      "UPDATE customers SET last_ordered_at = '2026-11-20T11:04:00Z' WHERE id = 2",
    );
    expect(moved.find(({ rule }) => rule === 'counters-follow-orders')?.violations[0]).toContain(
      'customer 2',
    );
    const kept = await auditWith(
      `UPDATE order_tenders SET state = 'approved' WHERE order_id = '${CANCELLED}'`,
    );
    expect(kept.find(({ rule }) => rule === 'sums-are-right')?.ok).toBe(false);
  });

  it.each([
    [
      'a coupon that had expired',
      `UPDATE coupons SET expires_at = '2026-11-20T11:01:20Z' WHERE id = '${COUPON}'`,
      'coupons-are-their-customers',
      `which ends at 2026-11-20 11:01:20`,
    ],
    [
      'a coupon that was used and is kept as unused',
      `UPDATE coupons SET order_id = NULL, used_at = NULL WHERE id = '${COUPON}'`,
      'coupons-are-their-customers',
      'is used by none',
    ],
    [
      'money taken off for no coupon',
      `UPDATE orders SET coupon_id = NULL WHERE id = '${WITH_COUPON}'`,
      'coupons-are-their-customers',
      'has 7500 KRW off for no coupon',
    ],
    [
      'a coupon that is gone and nothing taken off for it',
      `DELETE FROM order_adjustments WHERE type = 'coupon'`,
      'coupons-are-their-customers',
      'has nothing KRW off for coupon',
    ],
    [
      'another sum than the one that was quoted',
      `UPDATE rehearsal.attempts SET quoted_krw = 7000 WHERE order_id = '${WITH_COUPON}'`,
      'coupon-sums-are-right',
      'due are 7500 (covered 20000 of 20000, off for the grade 0), quoted 7000',
    ],
    [
      'a coupon of a rule that nobody was told of',
      `DELETE FROM notifications WHERE id = '${TOLD}'`,
      'rule-coupons-are-told',
      'is told of by 0 notifications: none',
    ],
    [
      'a notification of a coupon that is gone',
      `DELETE FROM coupons WHERE id = '${RULE_COUPON}'`,
      'rule-coupons-are-told',
      `tells customer 2 of coupon ${RULE_COUPON}, which there is not`,
    ],
    [
      'a coupon kept as used by an order that took another',
      `UPDATE coupons SET order_id = '${CONFIRMED}' WHERE id = '${COUPON}'`,
      'coupons-come-back',
      `order ${CONFIRMED}, which is not placed with it`,
    ],
  ])('sees %s', async (_, plant, rule, says) => {
    const finding = (await auditWith(plant)).find((candidate) => candidate.rule === rule);
    expect(finding?.violations.join('\n')).toContain(says);
  });

  it('sees a shopper who was told another reason than the shop keeps', async () => {
    const findings = await auditWith(
      `UPDATE orders SET rejection_reason = 'payment-declined' WHERE id = '${REJECTED}'`,
    );
    expect(findings.find(({ rule }) => rule === 'shoppers-saw-the-truth')?.violations).toEqual([
      `order ${REJECTED}: its shopper saw rejected as sold-out, 0 KRW, cancel not asked; stored is rejected as payment-declined, 0 KRW`,
    ]);
  });

  it.each([
    [
      'an account that was lost',
      'DELETE FROM sign_in_identities; DELETE FROM customers WHERE id = 10',
      'stored 0 times',
    ],
    [
      'an account made twice',
      `INSERT INTO customers (id, name, nickname, gender, birth_year, region, email, marketing_consent)
       SELECT 12, name, nickname, gender, birth_year, region, email, marketing_consent FROM customers WHERE id = 10`,
      'New@example.com: the sign-up was accepted (HTTP 201) and is stored 2 times',
    ],
    [
      'an account that was refused and made',
      `INSERT INTO customers (id, name, nickname, region, email) VALUES (12, 'Lee', 'l', 'Seoul', 'refused@example.com')`,
      'refused@example.com: the sign-up was refused (HTTP 409) and is stored 1 times',
    ],
    ['somebody else’s data', `UPDATE customers SET region = 'Jeju' WHERE id = 10`, 'F 1994 Jeju t'],
    [
      'an account without a way to sign in',
      'DELETE FROM sign_in_identities WHERE customer_id = 10',
      'who signs in by nothing',
    ],
    [
      'a wrong id',
      'UPDATE rehearsal.sign_ups SET customer_id = 9 WHERE customer_id = 10',
      'told to be customer 9',
    ],
  ])('sees %s', async (_, plant, says) => {
    const finding = (await auditWith(plant)).find(({ rule }) => rule === 'sign-ups-happen-once');
    expect(finding?.ok).toBe(false);
    expect(finding?.violations.join('\n')).toContain(says);
  });

  it.each([
    [
      'a product that was lost',
      'DELETE FROM product_arrivals; DELETE FROM products WHERE id = 50',
      'products-arrive-once',
      `product ${PRODUCT} (new paper) was acknowledged and is not stored`,
    ],
    [
      'a product at another price',
      'UPDATE products SET price_krw = 2999 WHERE id = 50',
      'products-arrive-once',
      'new paper 1 2999',
    ],
    [
      'a product that nobody sent',
      'DELETE FROM rehearsal.product_arrivals',
      'products-arrive-once',
      'product 50 (new paper) is in the shop and nobody sent it so',
    ],
    [
      'a person who was lost',
      'DELETE FROM user_arrivals; DELETE FROM sign_in_identities WHERE customer_id = 50; DELETE FROM customers WHERE id = 50',
      'people-arrive-once',
      `${PERSON} (Brought@example.com) was acknowledged and is stored 0 times`,
    ],
    [
      'a person who was stored twice',
      `INSERT INTO customers (id, name, nickname, region, email) VALUES (51, 'Han', 'h', 'Jeju', 'brought@example.com')`,
      'people-arrive-once',
      'is stored 2 times',
    ],
    [
      'a person without a way to sign in',
      'DELETE FROM sign_in_identities WHERE customer_id = 50',
      'people-arrive-once',
      'who signs in by nothing',
    ],
    [
      'a person whom nobody sent',
      'DELETE FROM rehearsal.user_arrivals',
      'people-arrive-once',
      'customer 50 (Brought@example.com) was brought along and nobody sent them so',
    ],
  ])('sees %s', async (_, plant, rule, says) => {
    const finding = (await auditWith(plant)).find((candidate) => candidate.rule === rule);
    expect(finding?.ok).toBe(false);
    expect(finding?.violations.join('\n')).toContain(says);
  });

  it.each([
    [
      'an action stored twice',
      `INSERT INTO behaviour_actions (id, customer_id, action, target_type, target_id, acted_at)
       VALUES ('${CLICK}', 1, 'click', 'product', 1, '2026-11-20T11:01:09Z')`,
      `click ${CLICK} of customer 1 was accepted and is in the log 2 times`,
    ],
    [
      'an action that was refused and stored',
      `INSERT INTO behaviour_actions (id, customer_id, action, target_type, target_id, acted_at)
       VALUES ('${REFUSED_CLICK}', 1, 'click', 'product', 1, '2026-11-20T11:01:09Z')`,
      'was refused and is in the log 1 times',
    ],
    [
      'an action under somebody else’s name',
      `UPDATE behaviour_actions SET customer_id = 2 WHERE id = '${CLICK}'`,
      `action ${CLICK} was click product 1 of customer 1; the log has click product 1 of customer 2`,
    ],
    [
      'an action on something else',
      `UPDATE behaviour_actions SET target_id = 2 WHERE id = '${CLICK}'`,
      'the log has click product 2',
    ],
    [
      'a search with another text',
      `UPDATE behaviour_actions SET target_text = '종이' WHERE id = '${SEARCH}'`,
      'the log has search text 종이 of customer 1',
    ],
    [
      'an action that nobody did',
      `INSERT INTO behaviour_actions (id, customer_id, action, target_type, target_id, acted_at)
       VALUES ('01980000-0000-7000-8000-0000000000bf', 2, 'hover', 'product', 1, '2026-11-20T11:01:09Z')`,
      'hover 01980000-0000-7000-8000-0000000000bf of customer 2 is in the log and nobody did it',
    ],
  ])('sees %s', async (_, plant, says) => {
    const finding = (await auditWith(plant)).find(({ rule }) => rule === 'actions-happen-once');
    expect(finding).toMatchObject({ ok: false, checkedCount: expect.any(Number) });
    expect(finding?.violations.join('\n')).toContain(says);
  });

  describe('where actions are kept in another store', () => {
    const kept = (changes: Partial<StoredAction>): StoredAction => ({
      id: CLICK ?? '',
      customerId: 1,
      action: 'click',
      targetType: 'product',
      target: '1',
      ...changes,
    });
    const sound = [
      kept({}),
      kept({ id: SEARCH ?? '', action: 'search', targetType: 'text', target: SEARCHED }),
      kept({ id: LOST_ANSWER ?? '' }),
    ];
    const emptied = `DELETE FROM behaviour_actions WHERE id <> '${PAST_CLICK}'`;
    const findingOf = async (plant: string, elsewhere: readonly StoredAction[]) =>
      (await auditWith(plant, drained, elsewhere)).find(({ rule }) => rule === 'actions-happen-once');

    it('finds them there', async () => {
      const broken = (await auditWith(emptied, drained, sound)).filter(({ ok }) => !ok);
      expect(broken).toEqual([]);
    });

    it.each([
      [
        'one that was lost',
        emptied,
        sound.slice(1),
        `click ${CLICK} of customer 1 was accepted and is in the log 0 times`,
      ],
      [
        'one that is doubled',
        emptied,
        [...sound, kept({})],
        `click ${CLICK} of customer 1 was accepted and is in the log 2 times`,
      ],
      [
        'one that is in both',
        'SELECT 1',
        [kept({})],
        `click ${CLICK} of customer 1 was accepted and is in the log 2 times`,
      ],
      [
        'one on something else',
        emptied,
        [kept({ target: '2' }), ...sound.slice(1)],
        'the log has click product 2 of customer 1',
      ],
      [
        'one that nobody did',
        emptied,
        [...sound, kept({ id: PAST })],
        `click ${PAST} of customer 1 is in the log and nobody did it`,
      ],
    ])('sees %s', async (_, plant, elsewhere, says) => {
      const finding = await findingOf(plant, elsewhere);
      expect(finding?.ok).toBe(false);
      expect(finding?.violations.join('\n')).toContain(says);
    });
  });

  it.each([
    [
      'a push that answers what somebody else did',
      `INSERT INTO rehearsal.answers_to_strangers VALUES ('${PAST_CLICK}', 1, '${CLICK}')`,
      `customer 1 was pushed lists for action ${PAST_CLICK}, which they did not do`,
    ],
    [
      'lists that do not know of the act that they were pushed for',
      `UPDATE rehearsal.acts SET reflected_id = '${CLICK}' WHERE id = '${LOST_ANSWER}'`,
      `act ${LOST_ANSWER} of customer 1 was answered by lists that know nothing after ${CLICK}`,
    ],
  ])('sees %s', async (_, plant, says) => {
    const finding = (await auditWith(plant)).find(({ rule }) => rule === 'lists-answer-own-acts');
    expect(finding?.ok).toBe(false);
    expect(finding?.violations.join('\n')).toContain(says);
  });

  it('sees a list that leaves out what its customer did before the run', async () => {
    const plant = `
      INSERT INTO categories (id, name) VALUES (2, 'golf');
      INSERT INTO products (id, category_id, name, price_krw, list_price_krw, stock_count, stocked_count)
      VALUES (52, 2, 'club', 9, 9, 1, 1);
      INSERT INTO behaviour_actions (id, customer_id, action, target_type, target_id, acted_at)
      VALUES ('${PAST_ORDER}', 1, 'order-create', 'product', 52, '2026-11-20T09:30:00Z')`;
    const finding = (await auditWith(plant)).find(({ rule }) => rule === 'category-lists-follow-the-log');
    expect(finding?.violations.join('\n')).toContain(
      `customer 1 begins with product 1 of category 1; by the log up to ${LOST_ANSWER} it is 2`,
    );
  });

  it('has a planted fault for every rule', () => {
    expect(auditRules.map(({ name }) => name).sort()).toEqual(
      [...Object.keys(faults), 'broker-is-drained'].sort(),
    );
  });
});
