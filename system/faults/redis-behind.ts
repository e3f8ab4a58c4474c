// Redis by another address, which can be away. Not used by the shop itself.
import { type AddressInfo, connect as connectTo, createServer, type Socket as TcpSocket } from 'node:net';

export type RedisBehind = { url: string; setAway(isAway: boolean): void; close(): void };

/** @param redisUrl of the one that is always there. */
export async function startRedisBehind(redisUrl: string): Promise<RedisBehind> {
  const target = new URL(redisUrl);
  const open = new Set<TcpSocket>();
  let isAway = false;
  const server = createServer((near) => {
    if (isAway) return void near.destroy();
    const far = connectTo(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    setAway(away) {
      isAway = away;
      if (away) cut();
    },
    close() {
      cut();
      server.close();
    },
  };
}
