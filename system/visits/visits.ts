// Visits of guests: who somebody without an account is, by the cookie of their browser. The secret of the signatures lies in Redis, where
// all instances of the API find it; should Redis forget it, guests are asked to begin a new visit, which they notice nothing of.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Redis } from '../platform/redis/redis.ts';
import { createVisitorToken, visitorIdOf } from './visitor-token.ts';

const SECRET_KEY = 'visits:secret';
const SECRET_BYTES = 32;

/** Sent with the socket's handshake alone, and gone with the browser. */
const COOKIE = 'visitor';
const ATTRIBUTES = 'Path=/socket.io/; HttpOnly; SameSite=Strict';

export type Visits = {
  /** The cookie of somebody new. Rejects when Redis is away, as `read` does. */
  begin(isSecure: boolean): Promise<string>;
  /** Who sends this request; null for whoever has begun no visit, or whose cookie is not of this shop. */
  read(request: Pick<IncomingMessage, 'headers'>): Promise<string | null>;
};

/** @param redis with the shop's key prefix. */
export function createVisits(redis: Pick<Redis, 'get' | 'set'>): Visits {
  async function secret(): Promise<string> {
    const kept = await redis.get(SECRET_KEY);
    if (kept !== null) return kept;
    const drawn = randomBytes(SECRET_BYTES).toString('base64url');
    // Another instance may have been first: its secret is everybody's.
    const isFirst = (await redis.set(SECRET_KEY, drawn, 'NX')) !== null;
    return isFirst ? drawn : ((await redis.get(SECRET_KEY)) ?? drawn);
  }
  return {
    async begin(isSecure) {
      const token = createVisitorToken(await secret());
      return `${COOKIE}=${token}; ${ATTRIBUTES}${isSecure ? '; Secure' : ''}`;
    },
    async read({ headers }) {
      const token = cookieOf(headers.cookie ?? '');
      return token === null ? null : visitorIdOf(token, await secret());
    },
  };
}

function cookieOf(header: string): string | null {
  for (const pair of header.split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === COOKIE && value !== undefined) return value;
  }
  return null;
}
