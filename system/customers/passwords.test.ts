import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

/** A hash takes a tenth of a second of a free core; there may be none for long. */
const DEADLINE_MS = 60_000;
const POOL_THREADS = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

/** Keeps every thread of libuv's pool busy, each with opening a pipe that nobody writes to, until released. */
function occupyThreadPool() {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-pipes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pipes = Array.from({ length: POOL_THREADS }, (_, index) => join(folder, String(index)));
  execFileSync('mkfifo', pipes);
  const opened: Promise<FileHandle>[] = pipes.map((pipe) => open(pipe, 'r'));
  return async function release() {
    // Opened for both ways a pipe does not wait, and lets those go on that do.
    const writers = pipes.map((pipe) => openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
    for (const handle of await Promise.all(opened)) await handle.close();
    for (const writer of writers) closeSync(writer);
  };
}

test.each([
  ['hashing', () => hashPassword('correct horse')],
  ['checking', () => verifyPassword('correct horse', null)],
])(
  '%s a password waits for a thread of the pool, while the event loop goes on',
  async (_name, work) => {
    const release = occupyThreadPool();
    let isOver = false;
    const result = work().finally(() => {
      isOver = true;
    });
    // Done on the event loop itself, it would be over by now.
    for (let count = 0; count < 10; count += 1) await turn();
    const wasOver = isOver;
    await release();
    await result;
    expect(wasOver).toBe(false);
  },
  DEADLINE_MS,
);
