// SQL of table refresh_tokens.
import type { Role } from '../contract/common.ts';
import type { Database } from '../platform/postgres/postgres.ts';

export type FoundToken = {
  customerId: number;
  roles: Role[];
  familyId: string;
  /** When it was used, and with which salt its successor was made; null while it has not been used. */
  spent: { at: Date; salt: Buffer } | null;
};

export type RefreshTokenStore = {
  /** Adds the first token of a family; `firstFamilyId` of tokens.ts says which that is. */
  add(token: { tokenHash: Buffer; customerId: number; expiresAt: Date }): Promise<void>;
  /** A token, used or not; null when it is unknown, expired, or of a person who has withdrawn. */
  find(tokenHash: Buffer, now: Date): Promise<FoundToken | null>;
  /** Uses an unused token and adds its successor, at most once however many try at the same time. */
  rotate(tokens: {
    usedHash: Buffer;
    salt: Buffer;
    newHash: Buffer;
    now: Date;
    expiresAt: Date;
  }): Promise<boolean>;
  /** Whether a token is there that nobody has used. */
  isUnused(tokenHash: Buffer, now: Date): Promise<boolean>;
  /** Whether a family has a token that nobody has used. */
  isAlive(familyId: string, now: Date): Promise<boolean>;
  /** Removes all tokens of a family, also one that is being added at the same moment. */
  removeFamily(familyId: string): Promise<void>;
  /** Deletes at most so many of those that have expired, the oldest first; gives how many it deleted. */
  removeExpired(now: Date, limit: number): Promise<number>;
};

const ADD = `
  INSERT INTO refresh_tokens (token_hash, customer_id, expires_at) VALUES ($1, $2, $3)`;

const FIND = `
  SELECT customer.id AS "customerId", customer.roles, token.family_id AS "familyId",
         token.spent_at AS "spentAt", token.successor_salt AS salt
    FROM refresh_tokens AS token
    JOIN customers AS customer ON customer.id = token.customer_id
   WHERE token.token_hash = $1 AND token.expires_at > $2 AND customer.status <> 'WITHDRAWN'`;

// One statement, so one transaction: of two that present the same token only one finds it unused.
const ROTATE = `
  WITH used AS (
    UPDATE refresh_tokens SET spent_at = $4, successor_salt = $2
     WHERE token_hash = $1 AND spent_at IS NULL AND expires_at > $4
    RETURNING family_id, customer_id
  )
  INSERT INTO refresh_tokens (token_hash, began_family_id, customer_id, expires_at)
  SELECT $3, used.family_id, used.customer_id, $5
    FROM used
    JOIN customers AS customer ON customer.id = used.customer_id
   WHERE customer.status <> 'WITHDRAWN'`;

const IS_UNUSED = `
  SELECT FROM refresh_tokens WHERE token_hash = $1 AND spent_at IS NULL AND expires_at > $2`;

const IS_ALIVE = `
  SELECT FROM refresh_tokens WHERE family_id = $1 AND spent_at IS NULL AND expires_at > $2 LIMIT 1`;

const REMOVE_FAMILY = 'DELETE FROM refresh_tokens WHERE family_id = $1';

// Rows that somebody else is deleting, another process's sweep for one, are theirs.
const REMOVE_EXPIRED = `
  DELETE FROM refresh_tokens WHERE token_hash IN (
    SELECT token_hash FROM refresh_tokens WHERE expires_at <= $1
     ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
  )`;

type FoundRow = Omit<FoundToken, 'spent'> & { spentAt: Date | null; salt: Buffer | null };

export function createRefreshTokenStore(database: Database): RefreshTokenStore {
  const count = async (name: string, text: string, values: unknown[]): Promise<number> =>
    (await database.query({ name: `refresh-token-${name}`, text, values })).rowCount ?? 0;
  return {
    async add({ tokenHash, customerId, expiresAt }) {
      await count('add', ADD, [tokenHash, customerId, expiresAt]);
    },
    async find(tokenHash, now) {
      const { rows } = await database.query<FoundRow>({
        name: 'refresh-token-find',
        text: FIND,
        values: [tokenHash, now],
      });
      if (!rows[0]) return null;
      const { spentAt, salt, ...token } = rows[0];
      return { ...token, spent: spentAt === null || salt === null ? null : { at: spentAt, salt } };
    },
    rotate: async ({ usedHash, salt, newHash, now, expiresAt }) =>
      (await count('rotate', ROTATE, [usedHash, salt, newHash, now, expiresAt])) === 1,
    isUnused: async (tokenHash, now) => (await count('is-unused', IS_UNUSED, [tokenHash, now])) === 1,
    isAlive: async (familyId, now) => (await count('is-alive', IS_ALIVE, [familyId, now])) === 1,
    async removeFamily(familyId) {
      // Whoever uses a token at this moment adds a row that the statement waiting for it does not see; the next one does.
      while ((await count('remove-family', REMOVE_FAMILY, [familyId])) > 0);
    },
    removeExpired: (now, limit) => count('remove-expired', REMOVE_EXPIRED, [now, limit]),
  };
}
