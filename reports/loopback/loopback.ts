// What servers of pages for this machine alone have in common: where they listen, whom they answer, and the headers that keep other
// pages out.
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const LOOPBACK_HOST = '127.0.0.1';

/** Beside a content security policy, which each page has of its own. */
export const LOOPBACK_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** The port that was asked for is taken, or needs rights. */
export class PortError extends Error {
  override name = 'PortError';
}

/**
 * Listens on the loopback address; gives the port.
 * @param port 0 for any free one
 * @param sentence what the error says, with why the port cannot be used: `is taken`
 * @throws PortError when the port cannot be listened on
 */
export async function listenOnLoopback(
  server: Server,
  port: number,
  sentence: (reason: string) => string,
): Promise<number> {
  server.listen(port, LOOPBACK_HOST);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new PortError(sentence(code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${code})`), { cause });
  }
  return (server.address() as AddressInfo).port;
}

/** The answer to a request under another host's name, which means that a page elsewhere had its name pointed here; null for ours. */
export function otherHostRefusal({
  headers,
}: Pick<IncomingMessage, 'headers'>): { status: 421; text: string } | null {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  return host === LOOPBACK_HOST || host === 'localhost'
    ? null
    : { status: 421, text: `found host "${host}", needed ${LOOPBACK_HOST} or localhost` };
}
