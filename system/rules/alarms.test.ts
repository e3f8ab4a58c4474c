import { expect, it } from 'vitest';
import { createAlarms } from './alarms.ts';

const START = Date.parse('2026-03-02T12:00:00+09:00');
const dueAt = (alarms: ReturnType<typeof createAlarms>, ms: number) =>
  alarms.takeDue(START + ms).map(({ customerId, kind }) => `${kind} of ${customerId}`);

it('gives each alarm once when its time has come, and none before', () => {
  const alarms = createAlarms();
  alarms.set({ customerId: 1, kind: 'page', dueMs: START + 3_000 });
  alarms.set({ customerId: 2, kind: 'page', dueMs: START + 1_000 });
  expect(dueAt(alarms, 999)).toEqual([]);
  expect(dueAt(alarms, 1_000)).toEqual(['page of 2']);
  expect(dueAt(alarms, 2_999)).toEqual([]);
  expect(dueAt(alarms, 60_000)).toEqual(['page of 1']);
  expect(dueAt(alarms, 120_000)).toEqual([]);
  expect(alarms.count()).toBe(0);
});

it('keeps one of each kind for each person: a new time replaces the old one', () => {
  const alarms = createAlarms();
  for (const ms of [1_000, 5_000]) alarms.set({ customerId: 1, kind: 'page', dueMs: START + ms });
  alarms.set({ customerId: 1, kind: 'cart', dueMs: START + 1_000 });
  expect(dueAt(alarms, 2_000)).toEqual(['cart of 1']);
  expect(dueAt(alarms, 5_000)).toEqual(['page of 1']);
});

it('forgets what is taken back, and gives what is overdue already', () => {
  const alarms = createAlarms();
  expect(dueAt(alarms, 0)).toEqual([]);
  alarms.set({ customerId: 1, kind: 'page', dueMs: START + 500 });
  alarms.cancel(1, 'page');
  alarms.cancel(2, 'page');
  alarms.set({ customerId: 3, kind: 'cart', dueMs: START - 60_000 });
  expect(dueAt(alarms, 250)).toEqual(['cart of 3']);
  expect(dueAt(alarms, 1_000)).toEqual([]);
});

it('gives all of them after hours in which nobody asked, the earliest first', () => {
  const alarms = createAlarms();
  alarms.takeDue(START);
  for (const customerId of [3, 1, 2])
    alarms.set({ customerId, kind: 'page', dueMs: START + customerId * 700 });
  expect(dueAt(alarms, 86_400_000)).toEqual(['page of 1', 'page of 2', 'page of 3']);
  alarms.set({ customerId: 4, kind: 'page', dueMs: START + 86_400_000 + 100 });
  alarms.clear();
  expect(dueAt(alarms, 2 * 86_400_000)).toEqual([]);
});
