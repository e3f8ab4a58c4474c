import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { acquireLock, StackBusyError } from './lock.ts';
import { lockOrWait } from './wait-for-lock.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stampede-wait-'));
  // The waiting is `node:timers/promises`, which stays real; what is told follows the clock.
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(directory, { recursive: true, force: true });
});

test('who may not wait is told at once', async () => {
  const lock = acquireLock('peak-hour', { directory });
  await expect(lockOrWait('crowd', { wait: false }, { directory })).rejects.toThrow(StackBusyError);
  lock.release();
});

test('who waits is told for whom and how long still, and has the lock once it is free', async () => {
  const held = acquireLock('peak-hour', { directory, expectedSeconds: 60 });
  const said: string[] = [];
  const say = (line: string) => {
    said.push(line);
    // It is looked again after five seconds; then it is free.
    vi.setSystemTime(Date.now() + 5_000);
    if (said.length === 2) held.release();
  };
  const lock = await lockOrWait('crowd', { wait: true, say }, { directory });
  expect(said).toEqual([
    expect.stringMatching(/^Waiting for peak-hour \(pid \d+\): since .+, about 60 s still\.$/),
    expect.stringMatching(/^Still waiting for peak-hour \(pid \d+\): since .+, about 55 s still\.$/),
  ]);
  expect(() => acquireLock('third', { directory })).toThrow('crowd');
  lock.release();
});

test('a wait that is stopped ends with its reason', async () => {
  const held = acquireLock('peak-hour', { directory });
  const stop = new AbortController();
  const say = () => stop.abort(new Error('Ctrl-C'));
  await expect(lockOrWait('crowd', { wait: true, say, signal: stop.signal }, { directory })).rejects.toThrow(
    'Ctrl-C',
  );
  held.release();
});
