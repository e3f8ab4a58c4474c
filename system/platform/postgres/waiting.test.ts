import pg from 'pg';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Clock } from '../settings/clock.ts';
import { createWaiting } from './waiting.ts';

function refusal(code: string): Error {
  return Object.assign(new pg.DatabaseError('refused', 0, 'error'), { code });
}

function create() {
  const lines: { msg: string; cause?: string; attemptCount?: number }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  let nowMs = 0;
  const clock: Clock = { now: () => new Date(0), monotonicMs: () => nowMs };
  let isWaiting = () => false;
  const causes: string[] = [];
  const metrics = {
    waited: (cause: string) => void causes.push(cause),
    watchWaiting: (ask: () => boolean) => {
      isWaiting = ask;
    },
  };
  const waiting = createWaiting({ what: 'orders', metrics, clock, log });
  return {
    waiting,
    lines,
    causes,
    isWaiting: () => isWaiting(),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('a long wait is told once for each cause and once at its end', () => {
  const { waiting, lines, causes, isWaiting } = create();
  expect([waiting.reason(), isWaiting()]).toEqual([null, false]);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    waiting.failed('0', refusal('57P01'));
    waiting.failed('0', refusal('25006'));
  }
  expect([waiting.reason(), isWaiting()]).toEqual([expect.stringContaining('25006: refused'), true]);
  expect(causes).toHaveLength(200);
  expect(lines.map(({ cause }) => cause)).toEqual(['57P01', '25006']);
  waiting.succeeded('0');
  waiting.succeeded('0');
  expect(lines.at(-1)).toMatchObject({ msg: 'orders go on', attemptCount: 200 });
  expect([lines.length, waiting.reason(), isWaiting()]).toEqual([3, null, false]);
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
