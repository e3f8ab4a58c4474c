// A crowd for the bench of the live counters: people who have a product's page open, each with a socket, as a generator's shoppers do.
import { Pool } from 'undici';
import { createSocketOpener, type ShopSocket } from '../../../sim/adapters/our-shop/sockets.ts';
import { forEachBounded } from '../../../sim/engine/timing/bounded.ts';
import { createMachineTimeline } from '../../../sim/engine/timing/timeline.ts';
import { signIn } from './sign-in.ts';

const AT_ONCE = 16;
const CONNECT_DEADLINE_MS = 30_000;

export type Watcher = {
  socket: ShopSocket;
  messageCount: number;
};

export type WatchingCrowd = {
  /** Opens a socket for each customer from `firstId` on. */
  open(firstId: number, count: number): Promise<Watcher[]>;
  /** From now on the times from a change to its arrival are kept, in ms. */
  keepSeen(): number[];
  close(): Promise<void>;
};

export function createWatchingCrowd({ url, seed }: { url: string; seed: number }): WatchingCrowd {
  const pool = new Pool(url, { connections: AT_ONCE });
  const timeline = createMachineTimeline();
  const openSocket = createSocketOpener({
    shopUrls: [url],
    connectDeadlineMs: CONNECT_DEADLINE_MS,
    timeline,
  });
  const opened: ShopSocket[] = [];
  let seenMs: number[] | null = null;

  function connect(accessToken: string): Promise<Watcher> {
    return new Promise((resolve, reject) => {
      const socket = openSocket({
        accessToken: () => accessToken,
        renewToken: async () => false,
        onConnect: () => resolve(watcher),
        onConnectError: (lacked) =>
          reject(new Error(`a socket did not connect: ${lacked ?? 'the shop refused it'}`)),
        onLists: () => undefined,
        onCoupon: () => undefined,
        onCounters(changedMs) {
          watcher.messageCount += 1;
          if (changedMs !== null) seenMs?.push(timeline.nowMs() - changedMs);
        },
      });
      const watcher: Watcher = { socket, messageCount: 0 };
      opened.push(socket);
    });
  }
  return {
    async open(firstId, count) {
      const watchers: Watcher[] = [];
      const ids = Array.from({ length: count }, (_, index) => firstId + index);
      await forEachBounded(ids, AT_ONCE, async (customerId) => {
        watchers.push(await connect(await signIn(pool, seed, customerId)));
      });
      return watchers;
    },
    keepSeen() {
      seenMs = [];
      return seenMs;
    },
    async close() {
      for (const socket of opened) socket.close();
      await pool.close();
    },
  };
}
