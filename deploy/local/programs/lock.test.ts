import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

async function startHolder(account: { uid?: number; gid?: number } = {}) {
  const script = `
    import { acquireLock } from '${import.meta.dirname}/lock.ts';
    acquireLock('peak-hour', { directory: '${directory}' });
    setInterval(() => {}, 1000);
    console.log('held');`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...account,
  });
  await once(createInterface({ input: holder.stdout }), 'line');
  return holder;
}

test('a second run is told who runs', async () => {
  const holder = await startHolder();
  expect(() => acquireLock('crowd', { directory })).toThrow(StackBusyError);
  expect(() => acquireLock('crowd', { directory })).toThrow(
    new RegExp(
      `^Another run is under way: peak-hour, pid ${holder.pid}, since \\d\\d:\\d\\d:\\d\\d, how long still is not known\\. Add --wait .+ kill ${holder.pid}$`,
    ),
  );
  holder.kill('SIGKILL');
  await once(holder, 'exit');
});

test('the lock of a process that was killed is taken over', async () => {
  const holder = await startHolder();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = acquireLock('crowd', { directory });
  lock.release();
  expect(readdirSync(directory)).toEqual([]);
});

test('a lock that names nobody is taken over', () => {
  writeFileSync(join(directory, 'stampede.lock'), '{"proc');
  acquireLock('crowd', { directory }).release();
  expect(readdirSync(directory)).toEqual([]);
});

const asRoot = test.runIf(process.getuid?.() === 0);

/** Takes and frees the lock of a directory as somebody without a name; gives what it said and its exit code. */
function acquireAs(uid: number, umask: string) {
  const script = `
    import { acquireLock } from '${import.meta.dirname}/lock.ts';
    acquireLock('of uid ${uid}', { directory: '${directory}' });
    console.log('held');
    if (process.argv[1] === 'stay') process.kill(process.pid, 'SIGKILL');`;
  return (...words: string[]) =>
    spawnSync(
      'sh',
      ['-c', `umask ${umask}; exec "$0" --input-type=module -e "$@"`, process.execPath, script, ...words],
      { uid, gid: uid, encoding: 'utf8', cwd: '/', env: { PATH: process.env.PATH } },
    );
}

asRoot('root and a user do not measure each other', () => {
  chmodSync(directory, 0o1777);
  const lock = acquireLock('peak-hour', { directory });
  expect(acquireAs(12_345, '077')().stderr).toContain('Another run is under way: peak-hour');
  lock.release();
  expect(acquireAs(12_345, '077')()).toMatchObject({ status: 0, stdout: 'held\n' });
});

asRoot('what another user left in a shared directory blocks nobody', () => {
  chmodSync(directory, 0o1777);
  expect(acquireAs(12_345, '077')('stay').signal).toBe('SIGKILL');
  expect(readdirSync(directory)).toContain('stampede.lock');
  expect(acquireAs(12_346, '022')()).toMatchObject({ status: 0, stdout: 'held\n' });
  // The lock beside what was left counts for everybody.
  expect(acquireAs(12_346, '022')('stay').signal).toBe('SIGKILL');
  acquireLock('crowd', { directory }).release();
});

asRoot('a file that may not be read blocks nobody', () => {
  chmodSync(directory, 0o1777);
  writeFileSync(join(directory, 'stampede.lock'), '{"process":{"pid":1}}', { mode: 0o600 });
  expect(acquireAs(12_345, '022')()).toMatchObject({ status: 0, stdout: 'held\n' });
});

asRoot('a lock beside a file that could not be removed is seen by who can remove it', async () => {
  chmodSync(directory, 0o1777);
  writeFileSync(join(directory, 'stampede.lock'), '{', { mode: 0o600 });
  const holder = await startHolder({ uid: 12_345, gid: 12_345 });
  expect(() => acquireLock('crowd', { directory })).toThrow('Another run is under way: peak-hour');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
});

test('the number of an ended process that another one got holds nothing', () => {
  const holder = { process: { pid: process.pid, startedAt: 'boot:1' }, purpose: 'old', sinceMs: 0 };
  writeFileSync(join(directory, 'stampede.lock'), JSON.stringify(holder));
  acquireLock('crowd', { directory }).release();
  expect(readdirSync(directory)).toEqual([]);
});

test('a pipe in the place of the lock keeps nobody waiting', () => {
  spawnSync('mkfifo', [join(directory, 'stampede.lock')]);
  acquireLock('crowd', { directory }).release();
  expect(readdirSync(directory)).toEqual([]);
});

test('a released lock is free', () => {
  acquireLock('first', { directory }).release();
  const second = acquireLock('second', { directory });
  expect(() => acquireLock('third', { directory })).toThrow('second');
  second.release();
});

test('the text names purpose, process, since when, how long still, and what to do', () => {
  const sinceMs = new Date(2026, 10, 21, 20, 13, 5).getTime();
  const holder = { process: { pid: 123, startedAt: '' }, purpose: 'peak-hour', sinceMs, expectedEndMs: null };
  const next = 'Add --wait to begin when it is done, or stop it: kill 123';
  const text = (expectedEndMs: number | null, nowMs = sinceMs) =>
    busyText({ ...holder, expectedEndMs }, nowMs);
  expect(text(null)).toBe(
    `Another run is under way: peak-hour, pid 123, since 20:13:05, how long still is not known. ${next}`,
  );
  expect(text(sinceMs + 170_000, sinceMs + 50_000)).toContain(', since 20:13:05, about 2 min still. Add');
  expect(text(sinceMs + 60_000, sinceMs + 18_000)).toContain(', about 42 s still.');
  expect(text(sinceMs + 60_000, sinceMs + 70_000)).toContain(', expected to end 10 s ago.');
});

test('a holder says until when', async () => {
  const lock = acquireLock('first', { directory, expectedSeconds: 600 });
  expect(() => acquireLock('second', { directory })).toThrow(/about 10 min still/);
  lock.release();
});
