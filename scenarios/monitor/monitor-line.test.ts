import { expect, test } from 'vitest';
import { memoryText, redisFiguresOf } from '../../system/contract/cache-figure-rules.ts';
import { changeKey, kindsLine, type Look, monitorLine } from './monitor-line.ts';

const at = new Date(2026, 2, 2, 11, 45, 35).getTime();
const meta = {
  version: 1,
  refreshedAt: new Date(at - 15_000).toISOString(),
  nextRefreshAt: new Date(at + 35_000).toISOString(),
  durationMs: 40,
  customerCount: 1_000,
  customersWithOrdersCount: 600,
  productCount: 1_000,
  popularProductCount: 700,
};
const none = { hit: 0, miss: 0, bypass: 0 };
const figures = { usedMemoryBytes: 2.25 * 1024 * 1024, maxMemoryBytes: 0, evictedCount: 0 };
const usual = {
  atMs: at,
  shopNowMs: null,
  redis: { meta, figures },
  shop: { reads: { product: { ...none, hit: 12 }, list: none, customer: none }, evictedCount: 0 },
} satisfies Look;

test('the line is that of the shop’s rules, with evictions behind it', () => {
  expect(monitorLine(usual)).toBe(
    '[11:45:35] [15/50s ######--------------] | MEM: 2.25M | HIT: 100.0% | CACHE: users=1000, products=1000 | refreshes: 1 | evictions: 0',
  );
});

test('hits are of all reads, those past Redis among them, over all kinds and by kind', () => {
  const reads = {
    product: { hit: 900, miss: 50, bypass: 50 },
    list: { hit: 0, miss: 1_000, bypass: 0 },
    customer: none,
  };
  const look = { ...usual, shop: { reads, evictedCount: 3 } };
  expect(monitorLine(look)).toContain('| HIT: 45.0% |');
  expect(monitorLine({ ...look, redis: { meta, figures: { ...figures, evictedCount: 4 } } })).toMatch(
    /evictions: 7$/,
  );
  expect(kindsLine(look)).toContain(
    'product 90.0% of 1,000 (50 past Redis) · list 0.0% of 1,000 · customer – of 0',
  );
});

test.each([
  [0, '[0/50s --------------------]'],
  [49_999, '[49/50s ###################-]'],
  [50_000, '[50/50s ####################]'],
  [173_000, '[173/50s ####################]'],
  [-2_000, '[0/50s --------------------]'],
])('%d ms after a refresh the bar is %s, full where a refresh is late', (afterMs, bar) => {
  const moved = { ...meta, refreshedAt: new Date(at - afterMs).toISOString() };
  const nextRefreshAt = new Date(at - afterMs + 50_000).toISOString();
  const look = { ...usual, redis: { meta: { ...moved, nextRefreshAt }, figures } };
  expect(monitorLine(look)).toContain(`] ${bar} |`);
});

test('what is away is said, and what the other tells stays', () => {
  const away = monitorLine({ ...usual, redis: 'connect ECONNREFUSED' });
  expect(away).toContain('| MEM: – | HIT: 100.0% | CACHE: – |');
  expect(away).toMatch(/Redis is away: connect ECONNREFUSED$/);
  const shopless = monitorLine({ ...usual, shop: 'fetch failed' });
  expect(shopless).toContain('| MEM: 2.25M | HIT: – |');
  expect(shopless).toMatch(/the shop is away: fetch failed$/);
  expect(kindsLine({ ...usual, shop: 'fetch failed' })).toBe('');
  expect(monitorLine({ ...usual, shop: null })).not.toContain('away');
});

test('the time to the next refresh is that of the shop’s clock where it is another one', () => {
  const shopNowMs = at - 5_000;
  expect(monitorLine({ ...usual, shopNowMs })).toContain('[11:45:35] [10/50s ####----------------]');
});

test('without a set the line says so', () => {
  expect(monitorLine({ ...usual, redis: { meta: null, figures } })).toContain(
    '[no set --------------------] | MEM: 2.25M | HIT: 100.0% | CACHE: users=0, products=0 | refreshes: 0',
  );
});

test('a line stays for each refresh and for each going away and coming back, for nothing else', () => {
  const same = { ...usual, atMs: at + 1_000, shop: { ...usual.shop, evictedCount: 9 } };
  expect(changeKey(same)).toBe(changeKey(usual));
  const others: Look[] = [
    { ...usual, redis: { meta: { ...meta, version: 2 }, figures } },
    { ...usual, redis: { meta: null, figures } },
    { ...usual, redis: 'away' },
    { ...usual, shop: 'away' },
  ];
  expect(new Set([usual, ...others].map(changeKey)).size).toBe(5);
});

test('memory is written as Redis writes it', () => {
  expect([512, 2_048, 256 * 1024 ** 2, 3 * 1024 ** 3].map(memoryText)).toEqual([
    '512B',
    '2.00K',
    '256.00M',
    '3.00G',
  ]);
});

test('INFO of Redis is read, and what it does not say is told', () => {
  const info =
    '# Memory\r\nused_memory:2359296\r\nused_memory_human:2.25M\r\nmaxmemory:0\r\nevicted_keys:5\r\n';
  expect(redisFiguresOf(info)).toEqual({ usedMemoryBytes: 2_359_296, maxMemoryBytes: 0, evictedCount: 5 });
  expect(() => redisFiguresOf('used_memory:1\r\n')).toThrow('INFO of Redis says no maxmemory');
});
