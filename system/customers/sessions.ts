// Sessions of signed-in people. The access token lives in Redis (60 min), the refresh token in PostgreSQL (24 h by the
// shop's clock): a Redis that is flushed or evicts costs a refresh and nobody's session.
import type { Role } from '../contract/common.ts';
import type { SessionView } from '../contract/customers.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/postgres.ts';
import type { Redis } from '../platform/redis.ts';
import { createRefreshTokenStore } from './refresh-token-store.ts';
import { accessTokenKey, createToken, refreshTokenHash } from './tokens.ts';

export const ACCESS_TOKEN_SECONDS = 60 * 60;
const REFRESH_TOKEN_MS = 24 * 60 * 60 * 1_000;
/** Tokens have 43 characters; longer ones are not worth a look-up. */
const TOKEN_MAX_LENGTH = 200;

export type Session = { customerId: number; roles: Role[] };

/** What Redis holds: also which refresh token belongs to the session, so that ending it ends both. */
type StoredSession = Session & { refreshTokenHash: string };

export type Sessions = {
  /** The session of an access token, or null when there is none (any more). */
  read(accessToken: string): Promise<Session | null>;
  /** A new session for somebody who has just proved who they are. */
  issue(session: Session): Promise<SessionView>;
  /** Uses up the refresh token and gives a new session; null when it is unknown, used, expired or its person has gone. */
  refresh(refreshToken: string): Promise<SessionView | null>;
  /** Ends the session of an access token together with its refresh token. */
  end(accessToken: string): Promise<void>;
};

/** Sessions over Redis and PostgreSQL; both connections belong to the caller. */
export function createSessions(deps: { redis: Redis; database: Database; clock: Clock }): Sessions {
  const { redis, clock } = deps;
  const refreshTokens = createRefreshTokenStore(deps.database);
  const expiry = () => new Date(clock.now().getTime() + REFRESH_TOKEN_MS);

  async function createAccess(session: Session, refreshToken: string): Promise<SessionView> {
    const accessToken = createToken();
    const stored: StoredSession = {
      ...session,
      refreshTokenHash: refreshTokenHash(refreshToken).toString('base64url'),
    };
    await redis.set(accessTokenKey(accessToken), JSON.stringify(stored), 'EX', ACCESS_TOKEN_SECONDS);
    return {
      customerId: session.customerId,
      accessToken,
      accessTokenExpiresInSeconds: ACCESS_TOKEN_SECONDS,
      refreshToken,
    };
  }

  return {
    async read(accessToken) {
      if (accessToken.length > TOKEN_MAX_LENGTH) return null;
      const stored = await redis.get(accessTokenKey(accessToken));
      if (stored === null) return null;
      const { customerId, roles } = JSON.parse(stored) as StoredSession;
      return { customerId, roles };
    },

    async issue(session) {
      const view = await createAccess(session, createToken());
      await refreshTokens.add(refreshTokenHash(view.refreshToken), session.customerId, expiry());
      return view;
    },

    async refresh(refreshToken) {
      const usedHash = refreshTokenHash(refreshToken);
      const owner = await refreshTokens.findOwner(usedHash, clock.now());
      if (owner === null) return null;
      // Redis first: when it is away, the person keeps the refresh token they have. Should somebody else use the
      // token up in between, the access token just made is taken back unseen.
      const view = await createAccess(owner, createToken());
      const rotated = await refreshTokens.rotate({
        usedHash,
        newHash: refreshTokenHash(view.refreshToken),
        now: clock.now(),
        expiresAt: expiry(),
      });
      if (rotated) return view;
      await redis.del(accessTokenKey(view.accessToken));
      return null;
    },

    async end(accessToken) {
      const stored = await redis.getdel(accessTokenKey(accessToken));
      if (stored === null) return;
      const { refreshTokenHash: storedHash } = JSON.parse(stored) as StoredSession;
      await refreshTokens.remove(Buffer.from(storedHash, 'base64url'));
    },
  };
}
