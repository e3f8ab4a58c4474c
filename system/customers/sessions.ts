// Sessions of signed-in people. The access token lives in Redis (60 min), the refresh token in PostgreSQL (24 h by the
// shop's clock): a Redis that is flushed or evicts costs a refresh and nobody's session. All tokens that follow from one
// sign-in are a family, which ends as a whole.
import type { Role } from '../contract/common.ts';
import type { SessionView } from '../contract/customers.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Redis } from '../platform/redis/redis.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { createRefreshTokenStore, type FoundToken } from './refresh-token-store.ts';
import {
  accessTokenKey,
  createAccessToken,
  createRefreshToken,
  createSuccessorSalt,
  familyIdOf,
  familyKey,
  firstFamilyId,
  refreshTokenHash,
  successorOf,
} from './tokens.ts';

export const ACCESS_TOKEN_SECONDS = 60 * 60;
const REFRESH_TOKEN_MS = 24 * 60 * 60 * 1_000;

/**
 * A refresh token that was used is answered with the same successor for this long, as long as that one has not been
 * used: the answer may have been lost, or two tabs of one browser asked at once. Longer than a request may take.
 */
export const REPEAT_MS = 20_000;

export type Session = { customerId: number; roles: Role[] };
export type LiveSession = Session & { familyId: string };

/** Why a family was ended before its time. `reuse`: somebody else may hold a token of it. */
export type FamilyEnd = { familyId: string; customerId: number; reason: 'sign-out' | 'reuse' };

export type Sessions = {
  /** The session of an access token, or null when there is none (any more). */
  read(accessToken: string): Promise<LiveSession | null>;
  /** A new session for somebody who has just proved who they are. */
  issue(session: Session): Promise<SessionView>;
  /**
   * Uses up the refresh token and gives the tokens that follow; null when it is unknown, expired or its person has gone,
   * and when it was used before (see REPEAT_MS), which ends the family.
   */
  refresh(refreshToken: string): Promise<SessionView | null>;
  /** Ends the family of a token: an access token that still works, or any of its refresh tokens. False for others. */
  end(token: string): Promise<boolean>;
};

export type SessionsDeps = {
  /** Both stay the caller's. */
  redis: Redis;
  database: Database;
  clock: Clock;
  /** Hears of every family that was ended, after its tokens are gone. */
  onEnd?: (end: FamilyEnd) => void;
};

/** Sessions over Redis and PostgreSQL. */
export function createSessions(deps: SessionsDeps): Sessions {
  const { redis, clock } = deps;
  const refreshTokens = createRefreshTokenStore(deps.database);
  const expiry = () => new Date(clock.now().getTime() + REFRESH_TOKEN_MS);

  async function createAccess({ customerId, roles, familyId }: LiveSession): Promise<string> {
    const accessToken = createAccessToken(familyId);
    const stored: Session = { customerId, roles };
    await Promise.all([
      redis.set(accessTokenKey(accessToken), JSON.stringify(stored), 'EX', ACCESS_TOKEN_SECONDS),
      redis.set(familyKey(familyId), '1', 'EX', ACCESS_TOKEN_SECONDS),
    ]);
    return accessToken;
  }

  async function endFamily(end: FamilyEnd): Promise<void> {
    // The database first: should Redis fail, the access token still works and the end can be asked for again.
    await refreshTokens.removeFamily(end.familyId);
    await redis.del(familyKey(end.familyId));
    deps.onEnd?.(end);
  }

  // Redis first: when it is away, the person keeps the refresh token they have. Should somebody else use the token up or
  // end the family in between, the access token just made is taken back unseen.
  async function spend(refreshToken: string, found: FoundToken): Promise<SessionView | null> {
    const usedHash = refreshTokenHash(refreshToken);
    const salt = createSuccessorSalt();
    const successor = successorOf(refreshToken, salt);
    const accessToken = await createAccess(found);
    const newHash = refreshTokenHash(successor);
    const now = clock.now();
    const rotated = await refreshTokens.rotate({ usedHash, salt, newHash, now, expiresAt: expiry() });
    if (rotated) return viewOf(found.customerId, accessToken, successor);
    await redis.del(accessTokenKey(accessToken));
    const again = await refreshTokens.find(usedHash, now);
    if (again?.spent) return repeat(refreshToken, again, again.spent);
    await redis.del(familyKey(found.familyId));
    return null;
  }

  async function repeat(
    refreshToken: string,
    found: FoundToken,
    spent: NonNullable<FoundToken['spent']>,
  ): Promise<SessionView | null> {
    const { familyId, customerId } = found;
    const now = clock.now();
    const successor = successorOf(refreshToken, spent.salt);
    const isEarly = now.getTime() - spent.at.getTime() <= REPEAT_MS;
    if (!isEarly || !(await refreshTokens.isUnused(refreshTokenHash(successor), now))) {
      await endFamily({ familyId, customerId, reason: 'reuse' });
      return null;
    }
    const accessToken = await createAccess(found);
    if (await refreshTokens.isAlive(familyId, now)) return viewOf(customerId, accessToken, successor);
    await redis.del(accessTokenKey(accessToken), familyKey(familyId));
    return null;
  }

  async function read(accessToken: string): Promise<LiveSession | null> {
    const familyId = familyIdOf(accessToken);
    if (familyId === null) return null;
    const [stored, family] = await redis.mget(accessTokenKey(accessToken), familyKey(familyId));
    if (!stored || !family) return null;
    return { ...(JSON.parse(stored) as Session), familyId };
  }

  return {
    read,
    async issue(session) {
      const refreshToken = createRefreshToken();
      const tokenHash = refreshTokenHash(refreshToken);
      const familyId = firstFamilyId(tokenHash);
      const accessToken = await createAccess({ ...session, familyId });
      const { customerId } = session;
      await refreshTokens.add({ tokenHash, customerId, expiresAt: expiry() });
      return viewOf(customerId, accessToken, refreshToken);
    },
    async refresh(refreshToken) {
      const found = await refreshTokens.find(refreshTokenHash(refreshToken), clock.now());
      if (found === null) return null;
      return found.spent === null ? spend(refreshToken, found) : repeat(refreshToken, found, found.spent);
    },
    async end(token) {
      const live = (await read(token)) ?? (await refreshTokens.find(refreshTokenHash(token), clock.now()));
      if (live === null) return false;
      await endFamily({ familyId: live.familyId, customerId: live.customerId, reason: 'sign-out' });
      return true;
    },
  };
}

function viewOf(customerId: number, accessToken: string, refreshToken: string): SessionView {
  return { customerId, accessToken, accessTokenExpiresInSeconds: ACCESS_TOKEN_SECONDS, refreshToken };
}
