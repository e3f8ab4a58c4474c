// The history's last day joins the run's first minute: what the generator is told of people and products is what stands in
// the database that the shop opens on.
import { randomBytes } from 'node:crypto';
import type { Client, QueryResultRow } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emailOf, refreshTokenHash, refreshTokenOf } from '../../sim/history/rows/accounts.ts';
import { historyCatalogue } from '../../sim/history/year/year.ts';
import { type DataSet, ensureDataSet } from '../data/data-set.ts';
import { cloneTemplate, dropDatabase, RUN_PREFIX, withClient, withDatabase } from '../data/databases.ts';
import { planRun } from '../plan/plan.ts';
import { peakHour } from '../questions/peak-hour.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { shopStart } from '../scenario/shop-start.ts';
import { historySettings, worldOf } from '../scenario/world.ts';

const server = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const monotonicMs = (): number => performance.now();

describe.each(['korea', 'founding'] as const)('the seam between a %s history and a run', (preset) => {
  const seed = randomBytes(3).readUIntBE(0, 3);
  const scenario: Scenario = {
    ...peakHour,
    data: { ...peakHour.data, preset, seed, days: 20, people: 1_000, products: 400 },
    load: { ...peakHour.load, sessionsPerSecond: 3, durationSeconds: 10 },
  };
  const database = `${RUN_PREFIX}audit_seam_${randomBytes(4).toString('hex')}`;
  const url = server === '' ? '' : withDatabase(server, database);
  const startedAt = shopStart(scenario);
  const progress: string[] = [];
  const build = (): Promise<DataSet> =>
    ensureDataSet({
      postgresUrl: server,
      serverIsOurs: false,
      scenario,
      onProgress: (text) => progress.push(text),
      monotonicMs,
    });
  const query = <Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    withClient(url, async (client: Client) => (await client.query<Row>(sql, values)).rows);
  let dataSet: DataSet;

  beforeAll(async () => {
    if (server === '') throw new Error('STAMPEDE_TEST_DATABASE_URL is not set.');
    dataSet = await build();
    await withClient(server, (admin) => cloneTemplate(admin, dataSet.template, database, false));
  });
  afterAll(() =>
    withClient(server, async (admin) => {
      await dropDatabase(admin, database);
      await dropDatabase(admin, dataSet.template);
    }),
  );

  it('builds the data set once, and says how far it has come', async () => {
    expect(dataSet.builtInMs).toBeGreaterThan(0);
    expect(progress[0]).toBe('building 20 days of history, once');
    expect(progress.join('\n')).toMatch(/history: 100 %/);
    expect(await build()).toEqual({ ...dataSet, builtInMs: null });
  });

  it('plans with people as they stand in the database, grades and all', async () => {
    const planned = planRun(scenario, 1);
    if (planned.kind === 'mistakes') throw new Error(planned.mistakes.join(' '));
    const { people } = planned.plan;
    expect(people.length).toBeGreaterThan(100);
    const stored = await query(
      `SELECT id, gender, birth_year, region, email, status, marketing_consent, grade, points, created_at, last_ordered_at
           FROM customers WHERE id = ANY ($1) ORDER BY id`,
      [people.map(({ id }) => id)],
    );
    expect(
      people.map((person) => ({
        id: person.id,
        gender: person.gender,
        birth_year: person.birthYear,
        region: person.region,
        email: emailOf(person.id),
        status: person.status,
        marketing_consent: person.marketingConsent,
        grade: person.grade,
        points: person.points,
        created_at: new Date(person.createdAtMs),
        last_ordered_at: person.lastOrderedAtMs === null ? null : new Date(person.lastOrderedAtMs),
      })),
    ).toEqual(stored);
  });

  it('gives everybody who may come the session that the generator comes back with', async () => {
    const tokens = await query<{ customer_id: number; token_hash: Buffer; expires_at: Date }>(
      'SELECT customer_id, token_hash, expires_at FROM refresh_tokens ORDER BY customer_id',
    );
    expect(tokens.map(({ customer_id }) => customer_id)).toEqual(
      worldOf(scenario)
        .people.filter(({ status }) => status !== 'WITHDRAWN')
        .map(({ id }) => id),
    );
    for (const { customer_id, token_hash, expires_at } of tokens) {
      expect(token_hash).toEqual(refreshTokenHash(refreshTokenOf(seed, customer_id)));
      expect(expires_at.getTime()).toBeGreaterThan(startedAt.getTime());
    }
  });

  it('lets the generator know catalogue, prices and stock without a database', async () => {
    const stored = await query(
      'SELECT id, category_id, name, price_krw, stock_count, sold_out, registered_at FROM products ORDER BY id',
    );
    expect(
      historyCatalogue(historySettings(scenario)).map((product) => ({
        id: product.id,
        category_id: product.categoryId,
        name: product.name,
        price_krw: product.priceKrw,
        stock_count: product.stockCount,
        sold_out: product.soldOut,
        registered_at: new Date(product.registeredAtMs),
      })),
    ).toEqual(stored);
  });

  it('ends on the run’s own day, before its first minute', async () => {
    const [orders] = await query<{ count: number; newest: Date; resolved: Date }>(
      'SELECT count(*)::int, max(placed_at) AS newest, max(resolved_at) AS resolved FROM orders',
    );
    expect(orders?.count).toBe(worldOf(scenario).orderCount);
    expect(orders?.count).toBeGreaterThan(100);
    expect(orders?.resolved.getTime()).toBeLessThan(startedAt.getTime());
    expect(startedAt.getTime() - (orders?.newest.getTime() ?? 0)).toBeLessThan(20 * 3_600_000);
    const [young] = await query<{ newest: Date }>(
      `SELECT max(created_at) AS newest FROM customers WHERE 'customer' = ANY (roles)`,
    );
    expect(young?.newest.getTime()).toBeLessThan(startedAt.getTime());
  });

  it('lets ids that the shop gives itself go on behind those of the history', async () => {
    const [customer] = await query<{ id: number }>(
      `INSERT INTO customers (name, nickname, region, email) VALUES ('a', 'b', 'Seoul', 'c@d.example') RETURNING id`,
    );
    // After everybody and the operator.
    expect(customer?.id).toBe(1_002);
  });
});
