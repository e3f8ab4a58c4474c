// SQL of table refresh_tokens.
import type { Role } from '../contract/common.ts';
import type { Database } from '../platform/postgres.ts';

export type RefreshTokenStore = {
  add(tokenHash: Buffer, customerId: number, expiresAt: Date): Promise<void>;
  /** Whose live token this is; null when unknown, expired or of a person who has withdrawn. */
  findOwner(tokenHash: Buffer, now: Date): Promise<{ customerId: number; roles: Role[] } | null>;
  /** Replaces a live token by a new one, at most once however many try at the same time. */
  rotate(tokens: { usedHash: Buffer; newHash: Buffer; now: Date; expiresAt: Date }): Promise<boolean>;
  remove(tokenHash: Buffer): Promise<void>;
  /** Deletes at most so many of those that have expired, the oldest first; gives how many it deleted. */
  removeExpired(now: Date, limit: number): Promise<number>;
};

const ADD = `
  INSERT INTO refresh_tokens (token_hash, customer_id, expires_at) VALUES ($1, $2, $3)`;

const FIND_OWNER = `
  SELECT customer.id AS "customerId", customer.roles
    FROM refresh_tokens AS token
    JOIN customers AS customer ON customer.id = token.customer_id
   WHERE token.token_hash = $1 AND token.expires_at > $2 AND customer.status <> 'WITHDRAWN'`;

// One statement, so one transaction: of two that present the same token only one finds a row to delete.
const ROTATE = `
  WITH used AS (
    DELETE FROM refresh_tokens WHERE token_hash = $1 RETURNING customer_id, expires_at
  )
  INSERT INTO refresh_tokens (token_hash, customer_id, expires_at)
  SELECT $2, used.customer_id, $4
    FROM used
    JOIN customers AS customer ON customer.id = used.customer_id
   WHERE used.expires_at > $3 AND customer.status <> 'WITHDRAWN'`;

const REMOVE = `DELETE FROM refresh_tokens WHERE token_hash = $1`;

// Rows that somebody else is deleting, another process's sweep for one, are theirs.
const REMOVE_EXPIRED = `
  DELETE FROM refresh_tokens WHERE token_hash IN (
    SELECT token_hash FROM refresh_tokens WHERE expires_at <= $1
     ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
  )`;

export function createRefreshTokenStore(database: Database): RefreshTokenStore {
  return {
    async add(tokenHash, customerId, expiresAt) {
      await database.query({
        name: 'refresh-token-add',
        text: ADD,
        values: [tokenHash, customerId, expiresAt],
      });
    },
    async findOwner(tokenHash, now) {
      const { rows } = await database.query<{ customerId: number; roles: Role[] }>({
        name: 'refresh-token-find-owner',
        text: FIND_OWNER,
        values: [tokenHash, now],
      });
      return rows[0] ?? null;
    },
    async rotate({ usedHash, newHash, now, expiresAt }) {
      const { rowCount } = await database.query({
        name: 'refresh-token-rotate',
        text: ROTATE,
        values: [usedHash, newHash, now, expiresAt],
      });
      return rowCount === 1;
    },
    async remove(tokenHash) {
      await database.query({ name: 'refresh-token-remove', text: REMOVE, values: [tokenHash] });
    },
    async removeExpired(now, limit) {
      const { rowCount } = await database.query({
        name: 'refresh-token-remove-expired',
        text: REMOVE_EXPIRED,
        values: [now, limit],
      });
      return rowCount ?? 0;
    },
  };
}
