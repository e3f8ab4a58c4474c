import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock, busyText, StackBusyError } from './lock.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stampede-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function startHolder() {
  const script = `
    import { acquireLock } from '${import.meta.dirname}/lock.ts';
    acquireLock('peak-hour', '${directory}');
    setInterval(() => {}, 1000);
    console.log('held');`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: holder.stdout }), 'line');
  return holder;
}

test('a second run is told who runs', async () => {
  const holder = await startHolder();
  expect(() => acquireLock('crowd', directory)).toThrow(StackBusyError);
  expect(() => acquireLock('crowd', directory)).toThrow(
    new RegExp(
      `^Another run is under way: peak-hour, pid ${holder.pid}, since \\d\\d:\\d\\d:\\d\\d\\. Wait for it or stop it\\.$`,
    ),
  );
  holder.kill('SIGKILL');
  await once(holder, 'exit');
});

test('the lock of a process that was killed is taken over', async () => {
  const holder = await startHolder();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = acquireLock('crowd', directory);
  lock.release();
  expect(readdirSync(directory)).toEqual([]);
});

test('a lock that names nobody is taken over', () => {
  writeFileSync(join(directory, `stampede-${process.getuid?.()}.lock`), '{"proc');
  acquireLock('crowd', directory).release();
  expect(readdirSync(directory)).toEqual([]);
});

test('a released lock is free', () => {
  acquireLock('first', directory).release();
  const second = acquireLock('second', directory);
  expect(() => acquireLock('third', directory)).toThrow('second');
  second.release();
});

test('the text names purpose, process and time of day', () => {
  const sinceMs = new Date(2026, 10, 21, 20, 13, 5).getTime();
  expect(busyText({ process: { pid: 123, startedAt: '' }, purpose: 'peak-hour', sinceMs })).toBe(
    'Another run is under way: peak-hour, pid 123, since 20:13:05. Wait for it or stop it.',
  );
});
