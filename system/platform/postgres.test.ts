import pg from 'pg';
import { expect, test } from 'vitest';
import { isTransient } from './postgres.ts';

function databaseError(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('server says no', 1, 'error');
  error.code = code;
  return error;
}

test.each(['08006', '57P01', '57P03', '40001', '40P01', '53300'])(
  'SQLSTATE %s is worth another try',
  (code) => {
    expect(isTransient(databaseError(code))).toBe(true);
  },
);

test.each(['23505', '22P02', '42601'])('SQLSTATE %s is not', (code) => {
  expect(isTransient(databaseError(code))).toBe(false);
});

test('a refused or lost connection and a full pool are worth another try', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(isTransient(refused)).toBe(true);
  expect(isTransient(new AggregateError([refused]))).toBe(true);
  expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isTransient(new Error('timeout exceeded when trying to connect'))).toBe(true);
});

test('a bug is not', () => {
  expect(isTransient(new TypeError('x is not a function'))).toBe(false);
  expect(isTransient('text')).toBe(false);
});
