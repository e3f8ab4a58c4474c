import { expect, it } from 'vitest';
import { counted, judged, lacking, notRun, reported } from '../bench.ts';
import { checkLine, checkRows, failedCheck } from './bench-check.ts';

const slow = judged('drain.rate', 1, 'orders/s', { atLeast: 1_000 });

it('judges no limit of a measured figure, only that the work went through', () => {
  const check = checkRows('drain', [
    slow,
    reported('drain.sql', 3, 'orders/s'),
    counted('stored', 9, 9, 'orders'),
  ]);
  expect(check).toEqual({ name: 'drain', figureCount: 2, countCount: 1, mistakes: [] });
  expect(checkLine(check)).toBe('✓ drain: 2 figures, 1 count');
});

it('names a count that is not what was sent', () => {
  const check = checkRows('drain', [slow, counted('drain.ordersStored', 65_311, 50_000, 'orders')]);
  expect(checkLine(check)).toBe('✗ drain: drain.ordersStored is 65311, needed is 50000');
});

it('takes a figure that is missing or no number for a mistake, but not one that this machine has no means for', () => {
  const stored = counted('stored', 9, 9, 'orders');
  const busy = notRun('engine.cpu', '×', { atMost: 1.4 }, 'the machine is too busy');
  expect(checkRows('engine', [slow, busy, stored]).mistakes).toEqual([
    'engine.cpu was not run: the machine is too busy',
  ]);
  expect(checkRows('engine', [reported('engine.cpu', Number.NaN, '×'), stored]).mistakes).toEqual([
    'engine.cpu is NaN, needed is a number',
  ]);
  const k6 = lacking('engine.k6', '×', { atMost: 0.4 }, 'no k6 on PATH');
  expect(checkRows('engine', [slow, k6, stored]).mistakes).toEqual([]);
});

it('does not believe a bench without figures or without a count', () => {
  expect(checkRows('page', []).mistakes).toEqual([
    'it counts nothing that went through',
    'it gave no figure',
  ]);
  expect(checkRows('page', [slow]).mistakes).toEqual(['it counts nothing that went through']);
});

it('says why a bench did not come to its end', () => {
  expect(checkLine(failedCheck('direct', new Error('The shop ended.')))).toBe('✗ direct: The shop ended.');
});
