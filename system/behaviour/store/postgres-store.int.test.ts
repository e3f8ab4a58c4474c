import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/postgres/postgres.ts';
import { createTestDatabase } from '../../platform/testing.ts';
import { actionAt, NO_FILTER } from '../testing.ts';
import { createPostgresBehaviourStore, findStatement, histogramStatement } from './postgres-store.ts';
import type { BehaviourStore, LogFilter } from './store.ts';
import { testBehaviourStore } from './store-contract-testing.ts';

let database: Database;
let store: BehaviourStore;
beforeAll(async () => {
  ({ database } = await createTestDatabase());
  store = createPostgresBehaviourStore({ database, retentionDays: 60 });
});

describe('the behaviour log in PostgreSQL', () => {
  testBehaviourStore(() => store);

  test('has a partition for each day, today’s and those to come before anything is written', async () => {
    await store.upkeep(new Date('2026-05-01T12:00:00Z'));
    const { rows } = await database.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits
        WHERE inhparent = 'behaviour_actions'::regclass AND inhrelid::regclass::text > 'behaviour_actions_202605' ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(
      ['20260501', '20260502', '20260503'].map((day) => `behaviour_actions_${day}`),
    );
    expect(await store.upkeep(new Date('2026-05-01T12:00:00Z'))).toMatchObject({ addedDayCount: 0 });
  });

  test('makes one partition where several processes need the same day at once', async () => {
    const stores = Array.from({ length: 5 }, () =>
      createPostgresBehaviourStore({ database, retentionDays: 60 }),
    );
    const at = new Date('2026-07-01T12:00:00Z');
    await Promise.all(stores.map((one) => one.add([actionAt(at, { customerId: 71 })])));
    expect(await store.find({ ...NO_FILTER, customerId: 71 }, { after: null, limit: 10 })).toHaveLength(5);
  });

  test('says that an action is at fault where its data are, and not where the database is', async () => {
    const fault = await store.add([actionAt(NOON, { customerId: 2 ** 31 })]).catch((error) => error);
    expect(store.isActionFault(fault)).toBe(true);
    expect(store.isActionFault(new Error('Connection terminated'))).toBe(false);
  });
});

const NOON = new Date('2026-08-01T12:00:00Z');

describe('with many actions a look-up', () => {
  beforeAll(async () => {
    await database.query(`SELECT behaviour_create_days('2026-08-01', '2026-08-12')`);
    for (let day = 1; day <= 12; day += 1) {
      await database.query(
        `INSERT INTO behaviour_actions
         SELECT gen_random_uuid(), 1 + n % 1000,
                CASE WHEN n % 100 = 0 THEN 'search' WHEN n % 3 = 0 THEN 'hover' ELSE 'click' END,
                CASE WHEN n % 100 = 0 THEN 'text' ELSE 'product' END, CASE WHEN n % 100 <> 0 THEN 1 + n % 2000 END,
                CASE WHEN n % 100 = 0 THEN 'word' || n / 100 || ' 딸기' END,
                timestamptz '2026-08-01T00:00:00Z' + ($1 - 1) * interval '1 day' + n * interval '15 seconds'
           FROM generate_series(0, 5000) AS n`,
        [day],
      );
    }
    await database.query('ANALYZE behaviour_actions');
  });

  const place = { actedAt: new Date('2026-08-10T00:00:00Z'), id: 'ffffffff-ffff-7fff-bfff-ffffffffffff' };
  const week = { from: new Date('2026-08-03T00:00:00Z'), to: new Date('2026-08-10T00:00:00Z') };
  const questions: [string, Partial<LogFilter>, typeof place | null][] = [
    ['everything', {}, null],
    ['everything, a later page', {}, place],
    ['a customer', { customerId: 77 }, null],
    ['a customer, a later page', { customerId: 77 }, place],
    ['a product', { targetType: 'product', targetId: 123 }, null],
    ['an action', { action: 'hover' }, null],
    ['a customer’s searches in a week', { customerId: 100, action: 'search', ...week }, null],
    ['a rare word', { words: ['word33'] }, null],
    ['a range of time', week, null],
  ];

  test.each(questions)('for %s reads no partition from end to end', async (_, filter, after) => {
    const { text, values } = findStatement({ ...NO_FILTER, ...filter }, { after, limit: 51 });
    const scans = await scansOf(text, values);
    expect(scans.length).toBeGreaterThan(0);
    // Partitions of days with a handful of rows are read in one page, which is the quickest there is.
    expect(scans.filter(({ type, rows }) => type === 'Seq Scan' && rows > 1_000)).toEqual([]);
  });

  test('leaves the days out that its time leaves out', async () => {
    const hour = { from: new Date('2026-08-05T10:00:00Z'), to: new Date('2026-08-05T11:00:00Z') };
    const filter = { ...NO_FILTER, ...hour };
    for (const { text, values } of [
      findStatement(filter, { after: null, limit: 51 }),
      histogramStatement(filter, 60_000),
    ]) {
      const scans = await scansOf(text, values);
      expect(new Set(scans.map(({ relation }) => relation))).toEqual(new Set(['behaviour_actions_20260805']));
      expect(scans.every(({ type }) => type !== 'Seq Scan')).toBe(true);
    }
  });

  test('of the newest stops at the newest days', async () => {
    const { text, values } = findStatement(NO_FILTER, { after: null, limit: 51 });
    const touched = (await scansOf(text, values)).filter(({ loops }) => loops > 0);
    expect(touched.length).toBeLessThanOrEqual(3);
  });

  type Plan = {
    'Node Type': string;
    'Relation Name'?: string;
    'Actual Rows': number;
    'Rows Removed by Filter'?: number;
    'Actual Loops': number;
    Plans?: Plan[];
  };
  /** The scans of partitions in the plan that the statement really had. */
  async function scansOf(text: string, values: unknown[]) {
    const { rows } = await database.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      values,
    );
    const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];
    return flat(rows[0]!['QUERY PLAN'][0]!.Plan)
      .filter((plan) => plan['Relation Name'] !== undefined)
      .map((plan) => ({
        type: plan['Node Type'],
        relation: plan['Relation Name'],
        rows: plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0),
        loops: plan['Actual Loops'],
      }));
  }
});
