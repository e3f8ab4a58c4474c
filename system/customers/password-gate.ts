// How many passwords are hashed at a time and how many may wait for that. A hash takes a core for a tenth of a second
// or more, so a rush of sign-ins must neither fill libuv's thread pool nor grow a queue that nobody outlives; and one
// client's rush must not keep the others out.
import { unavailable } from '../platform/http/problems.ts';

export type PasswordGate = {
  /** Runs `work` as soon as its client's turn comes; throws 503 when too many are waiting. */
  run<T>(client: string, work: () => Promise<T>): Promise<T>;
};

export type PasswordGateLimits = {
  atOnceCount: number;
  waitingMaxCount: number;
};

/** One of libuv's four threads stays free for files and names; 32 wait about two seconds on two cores. */
export const PASSWORD_GATE_LIMITS: PasswordGateLimits = { atOnceCount: 3, waitingMaxCount: 32 };

type Waiting = { enter: () => void; leave: (reason: Error) => void };

/**
 * Clients take turns, each its own work in order. A full queue makes room for a client by sending the last of whoever has
 * most in it away, so that alone one may use all of it and in company nobody more than a fair share.
 */
export function createPasswordGate(limits: PasswordGateLimits = PASSWORD_GATE_LIMITS): PasswordGate {
  // In the order of turns: whoever had one goes to the end.
  const queues = new Map<string, Waiting[]>();
  let runningCount = 0;
  let waitingCount = 0;

  function makeRoomFor(client: string): void {
    const [largest = []] = [...queues.values()].toSorted((a, b) => b.length - a.length);
    const ownCount = queues.get(client)?.length ?? 0;
    const refusal = unavailable('Too many people are signing in at this moment.');
    const sent = largest.length > ownCount + 1 ? largest.pop() : undefined;
    if (sent === undefined) throw refusal;
    waitingCount -= 1;
    sent.leave(refusal);
  }

  async function turn(client: string): Promise<void> {
    if (runningCount < limits.atOnceCount) {
      runningCount += 1;
      return;
    }
    if (waitingCount >= limits.waitingMaxCount) makeRoomFor(client);
    waitingCount += 1;
    // Whoever finishes hands their place over, so the count of those running stays as it is.
    await new Promise<void>((enter, leave) => {
      const queue = queues.get(client) ?? [];
      queue.push({ enter, leave });
      queues.set(client, queue);
    });
  }

  function handOver(): void {
    for (const [client, queue] of queues) {
      const next = queue.shift();
      queues.delete(client);
      if (queue.length > 0) queues.set(client, queue);
      if (next === undefined) continue;
      waitingCount -= 1;
      next.enter();
      return;
    }
    runningCount -= 1;
  }

  return {
    async run(client, work) {
      await turn(client);
      try {
        return await work();
      } finally {
        handOver();
      }
    },
  };
}
