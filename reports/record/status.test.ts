import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { observerAt, type RunStatus, stateOfRun } from './status.ts';

const running: RunStatus = {
  schemaVersion: 1,
  state: 'running',
  scenario: 'peak-hour',
  startedAt: '2025-11-21T11:00:00.000Z',
  finishedAt: null,
  reason: null,
};
const writtenAt = new Date('2025-11-21T11:10:00Z');
const after = (minutes: number, isAlive = false) => ({
  now: new Date(writtenAt.getTime() + minutes * 60_000),
  host: 'here',
  isAlive: () => isAlive,
});

test('a run whose writer is unknown or elsewhere counts as killed after half an hour of silence', () => {
  for (const writer of [undefined, { host: 'elsewhere', processId: 7 }]) {
    const status = { ...running, ...(writer && { writer }) };
    expect(stateOfRun(status, writtenAt, after(29))).toBe('running');
    expect(stateOfRun(status, writtenAt, after(31, true))).toBe('killed');
  }
});

test('a run whose writer is on this host lives as long as its process', () => {
  const status = { ...running, writer: { host: 'here', processId: 7 } };
  expect(stateOfRun(status, writtenAt, after(600, true))).toBe('running');
  expect(stateOfRun(status, writtenAt, after(0))).toBe('killed');
  const own = { ...running, writer: { host: hostname(), processId: process.pid } };
  expect(stateOfRun(own, writtenAt, observerAt(new Date()))).toBe('running');
  const gone = { ...running, writer: { host: hostname(), processId: 2 ** 30 } };
  expect(stateOfRun(gone, writtenAt, observerAt(new Date()))).toBe('killed');
});

test('a run that ended stays what it said', () => {
  expect(stateOfRun({ ...running, state: 'aborted' }, writtenAt, after(0, true))).toBe('aborted');
});
