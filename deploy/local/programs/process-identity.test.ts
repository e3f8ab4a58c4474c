import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { identify, isRunning, ownIdentity, processTree } from './process-identity.ts';

test('a process that runs is recognised, one that ended is not', async () => {
  const child = spawn('sleep', ['100']);
  const identity = identify(child.pid!);
  expect(identity).not.toBeNull();
  expect(isRunning(identity!)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isRunning(identity!)).toBe(false);
});

test('another process with the same number is not taken for the first one', () => {
  expect(isRunning({ ...ownIdentity(), startedAt: 'another boot:1' })).toBe(false);
});

test('the tree of a process holds what it started', async () => {
  const child = spawn('sleep', ['100']);
  expect(processTree(process.pid)).toEqual(expect.arrayContaining([process.pid, child.pid]));
  child.kill('SIGKILL');
  await once(child, 'exit');
});
