import pg from 'pg';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createMetrics } from '../platform/diagnostics/metrics.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { createOrderMetrics } from './metrics.ts';
import { createOrdersWaiting } from './waiting.ts';

function refusal(code: string): Error {
  return Object.assign(new pg.DatabaseError('refused', 0, 'error'), { code });
}

function create() {
  const lines: { msg: string; cause?: string; attemptCount?: number }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  let nowMs = 0;
  const clock: Clock = { now: () => new Date(0), monotonicMs: () => nowMs };
  const { registry } = createMetrics();
  const waiting = createOrdersWaiting({ metrics: createOrderMetrics(registry), clock, log });
  const gauge = async () =>
    /^shop_orders_waiting (\d)$/m.exec(await registry.getSingleMetricAsString('shop_orders_waiting'))?.[1];
  return {
    waiting,
    lines,
    gauge,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('a long wait is told once for each cause and once at its end', async () => {
  const { waiting, lines, gauge } = create();
  expect([waiting.reason(), await gauge()]).toEqual([null, '0']);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    waiting.failed('0', refusal('57P01'));
    waiting.failed('0', refusal('25006'));
  }
  expect([waiting.reason(), await gauge()]).toEqual([expect.stringContaining('25006: refused'), '1']);
  expect(lines.map(({ cause }) => cause)).toEqual(['57P01', '25006']);
  waiting.succeeded('0');
  waiting.succeeded('0');
  expect(lines.at(-1)).toMatchObject({ msg: 'orders go on', attemptCount: 200 });
  expect([lines.length, waiting.reason(), await gauge()]).toEqual([3, null, '0']);
});

test('it is over when the last lane goes on', () => {
  const { waiting, lines } = create();
  waiting.failed('0', refusal('42P01'));
  waiting.failed('1', refusal('42P01'));
  waiting.succeeded('0');
  expect(waiting.reason()).not.toBeNull();
  waiting.succeeded('1');
  expect([waiting.reason(), lines.length]).toEqual([null, 2]);
});

test('what nobody tries any more is forgotten, so that whoever refuses orders gets some again', () => {
  const { waiting, pass } = create();
  waiting.failed('direct', refusal('42501'));
  pass(31_000);
  expect(waiting.reason()).toBeNull();
});
