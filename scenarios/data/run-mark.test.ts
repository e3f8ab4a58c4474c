import { expect, test } from 'vitest';
import { isAbandoned, markIn, markObserver, newMark, RUN_PREFIX } from './run-mark.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 11);
const HOUR_MS = 3_600_000;
const mark = newMark(NOW_MS, HOUR_MS);
const here = markObserver(NOW_MS);

test('a mark is found in names of every kind, and a name of PostgreSQL holds it', () => {
  expect(markIn('database', `${RUN_PREFIX}${mark}`)).toBe(mark);
  expect(markIn('database', `${RUN_PREFIX}bench_${mark}_copy`)).toBe(mark);
  expect(markIn('topic', `stampede-${mark}-orders.DLQ`)).toBe(mark);
  expect(markIn('bare', mark)).toBe(mark);
  expect(`${RUN_PREFIX}bench_${mark}_copy`.length).toBeLessThanOrEqual(63);
});

test.for([
  ['a database of somebody else', 'stampede_run_of_the_finance_team'],
  ['one of a former version', 'stampede_run_mgx3k2ab12f4'],
  ['one that only looks like it', `${RUN_PREFIX}m1_012345_2s_89abcd_h5k2q_abcd_0000`],
  ['one that has it further behind', `backup_of_${RUN_PREFIX}${mark}`],
  ['one that goes on', `${RUN_PREFIX}${mark}0`],
])('%s carries no mark', ([, name]) => {
  expect(markIn('database', name!)).toBeNull();
});

test('what belongs to a process that lives is kept, however old it is', () => {
  expect(isAbandoned(mark, here)).toBe(false);
  expect(isAbandoned(mark, { ...here, nowMs: NOW_MS + 100 * HOUR_MS })).toBe(false);
});

test('what belongs to a process that ended is abandoned at once, also when its number was given anew', () => {
  expect(isAbandoned(mark, { ...here, startOf: () => null })).toBe(true);
  expect(isAbandoned(mark, { ...here, startOf: () => '012345' })).toBe(true);
});

test('of another machine, container or user only the end of the lease tells anything', () => {
  const elsewhere = { ...here, space: '012345', startOf: () => null };
  expect(isAbandoned(mark, elsewhere)).toBe(false);
  expect(isAbandoned(mark, { ...elsewhere, nowMs: NOW_MS + HOUR_MS })).toBe(false);
  expect(isAbandoned(mark, { ...elsewhere, nowMs: NOW_MS + HOUR_MS + 120_000 })).toBe(true);
});
