// `--wait`: a command that waits until the machine is free instead of ending.
import { setTimeout as delay } from 'node:timers/promises';
import { acquireLock, type Lock, type LockOptions, StackBusyError, stillText } from './lock.ts';

const LOOK_AGAIN_MS = 1_000;
const SAY_AGAIN_MS = 5_000;

export type Waiting = {
  /** Whether to wait; otherwise a lock that is held is an error. */
  wait: boolean;
  signal?: AbortSignal;
  say?: (line: string) => void;
};

/**
 * Takes the lock, at once or, with `wait`, as soon as nobody else has it. Who has it is said once, and every five seconds how
 * long that is still to take.
 * @throws StackBusyError without `wait`, the signal's reason once it is aborted
 */
export async function lockOrWait(
  purpose: string,
  { wait, signal, say = (line) => void process.stderr.write(`${line}\n`) }: Waiting,
  options: LockOptions = {},
): Promise<Lock> {
  let saidMs = -Infinity;
  let told = '';
  for (;;) {
    signal?.throwIfAborted();
    try {
      return acquireLock(purpose, options);
    } catch (error) {
      if (!wait || !(error instanceof StackBusyError)) throw error;
      const { holder } = error;
      const nowMs = Date.now();
      const who = `${holder.purpose} (pid ${holder.process.pid})`;
      if (who !== told) say(`Waiting for ${who}: ${stillText(holder, nowMs)}`);
      else if (nowMs - saidMs >= SAY_AGAIN_MS) say(`Still waiting for ${who}: ${stillText(holder, nowMs)}`);
      if (who !== told || nowMs - saidMs >= SAY_AGAIN_MS) saidMs = nowMs;
      told = who;
    }
    await delay(LOOK_AGAIN_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
}
