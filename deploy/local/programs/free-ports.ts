// Finds ports on the loopback interface that nothing listens on. They lie below the range from which systems take the
// ports of outgoing connections, so that no client snatches one between the finding and the use.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const LOWEST = 15_000;
const HIGHEST = 32_000;
const TRIES = 200;

/** `count` different free TCP ports on 127.0.0.1. Throws when 200 tries find too few. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let tried = 0; tried < TRIES && found.size < count; tried += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) found.add(port);
  }
  if (found.size < count) {
    throw new Error(
      `Only ${found.size} of ${count} free ports found between ${LOWEST} and ${HIGHEST} on 127.0.0.1. End what listens there.`,
    );
  }
  return [...found];
}

/** Whether nothing listens on this port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => settle(true)));
  });
}
