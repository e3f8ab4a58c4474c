// `npm run monitor` away from a terminal: a line for each refresh and for whatever goes away or comes back, until Ctrl-C ends it
// in order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type OwnRedis, startOwnRedis } from '../../deploy/local/testing/own-redis.ts';
import { HOT_SET_KEYS, type HotSetMeta } from '../../system/contract/cache.ts';

const WITHIN = { timeout: 60_000, interval: 50 };
const METRICS =
  'shop_cache_reads_total{kind="product",outcome="hit"} 3\nshop_cache_reads_total{kind="list",outcome="miss"} 1\n';

let own: OwnRedis;
beforeAll(async () => {
  own = await startOwnRedis();
});
afterAll(() => own?.close());

async function laySet(version: number): Promise<void> {
  const nowMs = Date.now();
  const meta: HotSetMeta = {
    version,
    refreshedAt: new Date(nowMs).toISOString(),
    nextRefreshAt: new Date(nowMs + 600_000).toISOString(),
    durationMs: 12,
    customerCount: 7,
    customersWithOrdersCount: 4,
    productCount: 9,
    popularProductCount: 6,
  };
  await own.redis.hset(`watched:${HOT_SET_KEYS.meta}`, 'set', JSON.stringify(meta));
}

/** A shop that tells its metrics and nothing else. */
async function openShop() {
  const server = createServer((_request, response) => void response.end(METRICS));
  onTestFinished(() => void server.close());
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
    open: () => listen(port),
  };
}

function startMonitor(args: readonly string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  return { lines: () => said.split('\n').filter(Boolean), ended, interrupt: () => child.kill('SIGINT') };
}

test('draws a line a refresh, says who is away, goes on, and ends in order', async () => {
  const shop = await openShop();
  await laySet(1);
  const { lines, ended, interrupt } = startMonitor([
    ...['--redis', own.url, '--prefix', 'watched:', '--url', shop.url],
  ]);
  // What a slow machine cannot tell at the first look is a line of its own.
  await expect.poll(() => lines().at(-1) ?? '', WITHIN).toMatch(/MEM: \d.* HIT: 75\.0% .*refreshes: 1 /);
  const before = lines().length - 1;
  const seen = () => lines().slice(before);
  const untilLine = (count: number) => expect.poll(() => seen().length, WITHIN).toBe(count);
  await laySet(2);
  await untilLine(2);
  for (const [index, line] of seen().entries()) {
    expect(line).toMatch(
      /^\[\d\d:\d\d:\d\d\] \[\d+\/600s [#-]{20}\] \| MEM: \d+\.\d\d[KM] \| HIT: 75\.0% \|/,
    );
    expect(line).toContain(`| CACHE: users=7, products=9 | refreshes: ${index + 1} | evictions: 0`);
  }
  await shop.close();
  await untilLine(3);
  expect(seen()[2]).toMatch(/HIT: – .*the shop is away: http:\/\/127\.0\.0\.1:\d+: .+/);
  await shop.open();
  await untilLine(4);
  process.kill(own.pid, 'SIGSTOP');
  try {
    await untilLine(5);
  } finally {
    process.kill(own.pid, 'SIGCONT');
  }
  expect(seen()[4]).toMatch(/MEM: – \| HIT: 75\.0% .*Redis is away: redis:\/\/@127\.0\.0\.1:\d+: /);
  await untilLine(6);
  expect(seen()[5]).toContain('refreshes: 2');
  interrupt();
  expect(await ended).toEqual([0, null]);
});
