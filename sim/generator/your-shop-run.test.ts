// The whole generator, as a process of its own, in a shop of somebody's own: real shoppers over strange items, what the audit is told
// of their checkouts, and what becomes of code that throws, hangs or blocks.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { CheckoutAttempt } from '../adapters/your-shop/attempts.ts';
import {
  type FakeShop,
  type Fault,
  fakeItems,
  startFakeShop,
} from '../adapters/your-shop/testing/fake-shop.ts';
import type { FromGenerator, GeneratorSecond, GeneratorSummary } from '../engine/protocol/protocol.ts';
import { DEFAULT_SETTINGS } from '../history/year/settings.ts';
import { generatePopulation } from '../model/population-testing.ts';
import type { RunPlan } from '../model/run-plan.ts';
import type { GeneratorInput } from './input.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const fakeAdapter = fileURLToPath(
  new URL('../adapters/your-shop/testing/fake-shop-adapter.ts', import.meta.url),
);
const folder = mkdtempSync(join(tmpdir(), 'stampede-your-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let shop: FakeShop | null = null;
let child: ChildProcess | null = null;
afterEach(async () => {
  child?.kill('SIGKILL');
  await shop?.close();
});

const people = generatePopulation({ seed: 1, peopleCount: 400, asOf: Date.UTC(2026, 10, 20) });

/** `count` sessions, evenly over the first 800 ms of the span, each of somebody else. */
function planOf(count: number): RunPlan {
  const sessions = people
    .slice(0, count)
    .map(({ id }, index) => ({ index, startMs: (index * 800) / count, personId: id }));
  return { seed: 1, sessions, candidates: [], people: people.slice(0, count) };
}

type Ran = {
  rows: GeneratorSecond[];
  checkouts: CheckoutAttempt[];
  summary: GeneratorSummary | null;
  failed: string | null;
};

async function run(count: number, file: string, input: Partial<GeneratorInput> = {}): Promise<Ran> {
  if (shop === null) throw new Error('no shop was started');
  const planFile = join(folder, 'plan.json');
  const itemsFile = join(folder, 'items.json');
  writeFileSync(planFile, JSON.stringify(planOf(count)));
  writeFileSync(itemsFile, JSON.stringify(shop.items));
  const started = fork(main, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child = started;
  const ran: Ran = { rows: [], checkouts: [], summary: null, failed: null };
  const whole: GeneratorInput = {
    shopUrls: [],
    seed: 1,
    history: { ...DEFAULT_SETTINGS, untilMs: Date.UTC(2026, 10, 20, 11) },
    yourShop: { file, url: shop.url, runId: 'run-7', version: '0.0.0', itemsFile },
    planFile,
    durationMs: 1_000,
    leadInMs: 0,
    warmUpOrderCount: 0,
    thinkTimeCompression: 10_000,
    passwordSignInRatio: 0.5,
    httpDeadlineMs: 5_000,
    outcomeDeadlineMs: 8_000,
    drainMs: 30_000,
    ...input,
  };
  return new Promise((resolve) => {
    started.on('message', (message: FromGenerator<CheckoutAttempt>) => {
      if (message.type === 'second') ran.rows.push(message.row);
      if (message.type === 'attempts') ran.checkouts.push(...message.attempts);
      if (message.type === 'failed') ran.failed = message.message;
      if (message.type === 'done') ran.summary = message.summary;
    });
    started.on('exit', () => resolve(ran));
    started.send({ type: 'start', input: whole });
  });
}

function writeAdapter(name: string, visit: string, before = ''): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    `import { defineShop, fromCsv } from 'stampede';
import fake from ${JSON.stringify(fakeAdapter)};
${before}
export default defineShop({
  ...fake,
  ${visit}
});
`,
  );
  return file;
}

const counted = ({ rows }: Ran, name: string): number =>
  rows.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);
const metricsOf = ({ rows }: Ran): Set<string> =>
  new Set(rows.flatMap(({ histograms }) => histograms.map(({ metric }) => metric)));

it('shoppers go all the way through strange verbs, and every order is found again', async () => {
  shop = await startFakeShop();
  const ran = await run(300, fakeAdapter, { warmUpOrderCount: 6, warmUpReadCount: 30 });
  expect(ran.failed).toBeNull();
  expect(ran.summary).toMatchObject({ startedCount: 300, requestsFailedCount: 0, failures: {} });
  const bought = ran.checkouts.filter(({ end }) => end === 'ok');
  expect(bought.filter(({ phase }) => phase === 'warm-up')).toHaveLength(6);
  expect(bought.length).toBeGreaterThan(8);
  expect(new Set(bought.map(({ orderId }) => orderId)).size).toBe(bought.length);
  for (const { found, lines, totalShown, email } of bought) {
    expect(found).toMatchObject({ total: totalShown });
    expect(found !== null && found !== 'missing' && found.lines.map(({ id }) => id).sort()).toEqual(
      lines.map(({ id }) => id).sort(),
    );
    expect(email).toMatch(/^shopper-run-7-[0-9a-f]{8}-\d+@stampede\.example$/);
  }
  expect(shop.orders).toHaveLength(bought.length);
  expect(counted(ran, 'ordersConfirmed')).toBe(bought.length - 6);
  for (const metric of [
    'http.response/product',
    'http.service/cart line',
    'order.confirmed',
    'order.accepted',
  ])
    expect(metricsOf(ran)).toContain(metric);
});

it('an order that is pending is asked for until it is decided', async () => {
  shop = await startFakeShop({ isPending: true });
  const { decidePending, orders } = shop;
  const deciding = setInterval(decidePending, 50);
  const ran = await run(40, fakeAdapter, { sessionKind: 'order' }).finally(() => clearInterval(deciding));
  expect(orders).toHaveLength(40);
  expect(ran.checkouts.map(({ end, endWasLookedUp }) => `${end} ${endWasLookedUp}`)).toEqual(
    orders.map(() => 'ok false'),
  );
});

it('a checkout whose end nobody heard is looked up', async () => {
  shop = await startFakeShop({ faults: ['never-answers-checkouts'] });
  const ran = await run(10, fakeAdapter, {
    sessionKind: 'order',
    httpDeadlineMs: 2_000,
    outcomeDeadlineMs: 6_000,
  });
  expect(ran.checkouts).toHaveLength(10);
  for (const checkout of ran.checkouts)
    expect(checkout).toMatchObject({ end: 'ok', endWasLookedUp: true, found: { state: 'stands' } });
  expect(Object.keys(ran.summary?.failures ?? {})).toEqual(['timeout checkout']);
});

it('checkouts that the end of the run cuts off are looked up as well', async () => {
  shop = await startFakeShop({ faults: ['never-answers-checkouts'] });
  const ran = await run(10, fakeAdapter, {
    sessionKind: 'order',
    httpDeadlineMs: 20_000,
    outcomeDeadlineMs: 20_000,
    drainMs: 3_000,
  });
  expect(ran.summary?.failures).toEqual({ 'unfinished checkout': 10 });
  expect(ran.checkouts.map(({ end, endWasLookedUp }) => `${end} ${endWasLookedUp}`)).toEqual(
    shop.orders.map(() => 'ok true'),
  );
  expect(shop.orders).toHaveLength(10);
});

it('of everybody who wants the last pieces of one item, the others are told no', async () => {
  shop = await startFakeShop({ items: [...fakeItems(3), ...fakeItems(4, 5).slice(3)] });
  const ran = await run(30, fakeAdapter, { sessionKind: 'order', wantedItem: 'item-4' });
  const sold = ran.checkouts.filter(({ end }) => end === 'ok');
  expect(sold).toHaveLength(5);
  expect(shop.items[3]?.stock).toBe(0);
  for (const { lines } of sold) expect(lines).toEqual([{ id: 'item-4', quantity: 1 }]);
});

it('an account is never used twice at once, however many come', async () => {
  shop = await startFakeShop();
  writeFileSync(join(folder, 'people.csv'), 'email,password,name\na@x,1,A\nb@x,2,B\n');
  const inside = `
const inside = new Map<string, number>();
let most = 0;`;
  const file = writeAdapter(
    'accounts.ts',
    `people: fromCsv('people.csv'),
  visit: (http, person) => ({
    ...fake.visit(http, person),
    product: async (item) => {
      const count = (inside.get(person.email) ?? 0) + 1;
      inside.set(person.email, count);
      most = Math.max(most, count);
      await http.get('seen ' + person.email + ' ' + most, '/products/' + item.id);
      inside.set(person.email, count - 1);
    },
  }),`,
    inside,
  );
  const ran = await run(60, file, { sessionKind: 'request' });
  const seen = [...metricsOf(ran)].filter((metric) => metric.startsWith('http.response/seen '));
  expect(seen.sort()).toEqual(['http.response/seen a@x 1', 'http.response/seen b@x 1']);
  expect(ran.summary?.startedCount).toBeGreaterThan(2);
});

it('what throws is counted as failed, and named with verb and line', async () => {
  shop = await startFakeShop();
  const file = writeAdapter(
    'throws.ts',
    `visit: (http, person) => ({
    ...fake.visit(http, person),
    product: async (item) => {
      const found = (await http.get('product', '/products/' + item.id)).json<{ variants?: string[] }>();
      return { stock: found.variants!.length };
    },
  }),`,
  );
  const ran = await run(20, file, { sessionKind: 'request' });
  expect(ran.failed).toBeNull();
  expect(ran.summary).toMatchObject({ requestsFailedCount: 20, requestsSucceededCount: 20 });
  expect(Object.keys(ran.summary?.failures ?? {})).toEqual([
    "adapter threw in product (throws.ts:10): TypeError: Cannot read properties of undefined (reading 'length')",
  ]);
});

it('what fails and was not awaited ends the run, named with its line', async () => {
  shop = await startFakeShop();
  const file = writeAdapter(
    'floats.ts',
    `visit: (http, person) => ({
    ...fake.visit(http, person),
    product: async () => {
      void Promise.reject(new Error('nobody waits'));
    },
  }),`,
  );
  const ran = await run(5, file, { sessionKind: 'request' });
  expect(ran.failed).toBe(
    'an error that nobody caught (floats.ts:9: is something not awaited there?): nobody waits',
  );
});

it('a visit that cannot be given fails the session and not the run', async () => {
  shop = await startFakeShop();
  const file = writeAdapter(
    'throws-at-once.ts',
    `visit: (http, person) => {
    if (person.name !== 'Nobody') throw new Error('no token left');
    return fake.visit(http, person);
  },`,
  );
  const ran = await run(10, file);
  expect(ran.failed).toBeNull();
  const kinds = Object.keys(ran.summary?.failures ?? {});
  expect(kinds).toEqual(['adapter threw in arrive (throws-at-once.ts:7): no token left']);
});

it('a verb that never ends is given up at its deadline', async () => {
  shop = await startFakeShop();
  const file = writeAdapter(
    'hangs.ts',
    'visit: (http, person) => ({ ...fake.visit(http, person), product: () => new Promise(() => {}) }),',
  );
  const ran = await run(5, file, { sessionKind: 'request', outcomeDeadlineMs: 300 });
  expect(ran.summary).toMatchObject({ requestsFailedCount: 5, failures: { 'timeout in verb product': 5 } });
});

it('a verb that blocks the process ends the run, named with its line', async () => {
  shop = await startFakeShop();
  const file = writeAdapter(
    'blocks.ts',
    `visit: (http, person) => ({
    ...fake.visit(http, person),
    setLine: async (item, quantity) => {
      while (quantity > 0) item.name.trim();
      return undefined;
    },
  }),`,
  );
  const ran = await run(10, file, { sessionKind: 'order' });
  expect(ran.summary).toBeNull();
  expect(ran.failed).toMatch(
    /^setLine \(blocks\.ts:9\): it has kept the process busy for 5 s without a pause/,
  );
});

it('without the verbs that nobody needs, people do without', async () => {
  shop = await startFakeShop();
  const file = writeAdapter(
    'bare.ts',
    `visit: (http, person) => {
    const { product, setLine, checkout } = fake.visit(http, person);
    return { product, setLine, checkout };
  },`,
  );
  const ran = await run(300, file);
  expect(ran.summary).toMatchObject({ requestsFailedCount: 0, startedCount: 300 });
  const routes = [...metricsOf(ran)].filter((metric) => metric.startsWith('http.response/')).sort();
  expect(routes).toEqual(['cart line', 'checkout', 'product'].map((name) => `http.response/${name}`));
  const bought = ran.checkouts.filter(({ end }) => end === 'ok');
  expect(bought.length).toBeGreaterThan(3);
  expect(bought.every(({ found }) => found === null)).toBe(true);
});

it.each<[Fault, string]>([
  ['is-overloaded', 'product 503'],
  ['answers-html', 'product is no JSON'],
])('a shop that %s fails under load as it does in the walk', async (fault, kind) => {
  shop = await startFakeShop({ faults: [fault] });
  const ran = await run(10, fakeAdapter, { sessionKind: 'request' });
  expect(ran.summary).toMatchObject({ requestsFailedCount: 10, failures: { [kind]: 10 } });
});
