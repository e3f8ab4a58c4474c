import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createMonitorDisplay, monitor, plainDisplay } from './monitor.ts';
import type { Look } from './monitor-line.ts';

const none = { hit: 0, miss: 0, bypass: 0 };
const look = (atMs: number): Look => ({
  atMs,
  shopNowMs: null,
  redis: { meta: null, figures: { usedMemoryBytes: atMs, maxMemoryBytes: 0, evictedCount: 0 } },
  shop: { reads: { product: { ...none, hit: 1 }, list: none, customer: none }, evictedCount: 0 },
});

test('on a terminal the lines are drawn over those of before', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 50 });
  const display = createMonitorDisplay(stream as unknown as NodeJS.WriteStream);
  display.show(look(1));
  const first = String(stream.read());
  expect(first).toContain('MEM: 1B');
  expect(first).toContain('product 100.0% of 1');
  display.show(look(2));
  const second = String(stream.read());
  expect(second).toContain('MEM: 2B');
  // Erases what stood there.
  expect(second).toContain('\u001b[');
  display.close();
});

test('a terminal without a size gets lines that stay', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 0, rows: 0 });
  createMonitorDisplay(stream as unknown as NodeJS.WriteStream).show(look(1));
  expect(String(stream.read())).toMatch(/^\[[\d:]+\] .* MEM: 1B .*\n$/);
});

test('elsewhere what has not changed is not said again', () => {
  const lines: string[] = [];
  const display = plainDisplay({ write: (text: string) => lines.push(text) > 0 });
  display.show(look(1));
  display.show(look(2));
  display.show({ ...look(3), redis: 'redis://x: ECONNREFUSED' });
  display.show(look(4));
  expect(lines).toHaveLength(3);
});

test('it ends when it is told to, and nothing is drawn after that', async () => {
  const stop = new AbortController();
  const shown: (number | 'closed')[] = [];
  await monitor({
    look: async () => {
      if (shown.length === 1) stop.abort();
      return look(shown.length);
    },
    display: { show: ({ atMs }) => shown.push(atMs), close: () => shown.push('closed') },
    signal: stop.signal,
  });
  expect(shown).toEqual([0, 'closed']);
});
