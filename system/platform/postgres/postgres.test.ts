import pg from 'pg';
import { expect, test } from 'vitest';
import { causeOf, isDataFault, isEnvironmentFault, UnconfirmedCommitError } from './statement-faults.ts';

function databaseError(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('server says no', 1, 'error');
  error.code = code;
  return error;
}

test.each([
  ['08006', 'a lost connection'],
  ['57P01', 'a server that stops'],
  ['40001', 'a lost race'],
  ['40P01', 'a deadlock'],
  ['53300', 'too many connections'],
  ['53100', 'a full disk'],
  ['25006', 'a read-only standby'],
  ['28P01', 'a rotated password'],
  ['28000', 'an account that may not sign in'],
  ['3D000', 'a database that is gone'],
  ['42P01', 'a missing table'],
  ['42703', 'a missing column'],
  ['42501', 'a missing right'],
  ['26000', 'a forgotten prepared statement'],
  ['0A000', 'a plan that went stale'],
  ['58030', 'a broken disk'],
  ['XX000', 'a bug of the server'],
])('SQLSTATE %s, %s, is not the fault of what was sent', (code) => {
  expect([isEnvironmentFault(databaseError(code)), isDataFault(databaseError(code))]).toEqual([true, false]);
});

test.each(['22P02', '22008', '22021', '23502', '23505', '23514'])(
  'SQLSTATE %s is the fault of what was sent',
  (code) => {
    expect([isEnvironmentFault(databaseError(code)), isDataFault(databaseError(code))]).toEqual([
      false,
      true,
    ]);
  },
);

test('a refused or lost connection, a full pool and an unconfirmed commit are none of it either', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  for (const error of [
    refused,
    new AggregateError([refused]),
    new UnconfirmedCommitError(refused),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
  ])
    expect([isEnvironmentFault(error), isDataFault(error)]).toEqual([true, false]);
});

test('a bug is neither', () => {
  for (const bug of [new TypeError('x is not a function'), 'text'])
    expect([isEnvironmentFault(bug), isDataFault(bug)]).toEqual([false, false]);
});

test('causes have short names', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(
    [
      databaseError('25006'),
      new AggregateError([refused]),
      new UnconfirmedCommitError(refused),
      new Error('Connection terminated unexpectedly'),
      new TypeError('bug'),
    ].map(causeOf),
  ).toEqual(['25006', 'ECONNREFUSED', 'ECONNREFUSED', 'connection', 'TypeError']);
});
