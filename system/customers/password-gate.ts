// How many passwords are hashed at a time and how many may wait for that. A hash takes a core for a tenth of a second
// or more, so a rush of sign-ins must neither fill libuv's thread pool nor grow a queue that nobody outlives.
import { unavailable } from '../platform/problems.ts';

export type PasswordGate = {
  /** Runs `work` as soon as its turn comes; throws 503 at once when too many are waiting already. */
  run<T>(work: () => Promise<T>): Promise<T>;
};

export type PasswordGateLimits = {
  atOnceCount: number;
  waitingMaxCount: number;
};

/** One of libuv's four threads stays free for files and names; 32 wait about two seconds on two cores. */
export const PASSWORD_GATE_LIMITS: PasswordGateLimits = { atOnceCount: 3, waitingMaxCount: 32 };

/** First come, first served. */
export function createPasswordGate(limits: PasswordGateLimits = PASSWORD_GATE_LIMITS): PasswordGate {
  const waiting: (() => void)[] = [];
  let runningCount = 0;

  async function turn(): Promise<void> {
    if (runningCount < limits.atOnceCount) {
      runningCount += 1;
      return;
    }
    if (waiting.length >= limits.waitingMaxCount) {
      throw unavailable('Too many people are signing in at this moment.');
    }
    // Whoever finishes hands their place over, so the count stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  return {
    async run(work) {
      await turn();
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else runningCount -= 1;
      }
    },
  };
}
