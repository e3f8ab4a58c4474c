// Password hashes: scrypt on libuv's thread pool, stored with their own cost (format in contract/tables.ts).
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { PASSWORD_HASH_COST, PASSWORD_HASH_FORMAT } from '../contract/tables.ts';

const SALT_BYTES = 16;
const HASH_BYTES = 32;

type Cost = { N: number; r: number; p: number };

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  // 128·N·r bytes is what scrypt needs; Node refuses costs above its own default of 32 MiB unless told.
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

const encode = (cost: Cost, salt: Buffer, hash: Buffer): string =>
  [PASSWORD_HASH_FORMAT, cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join(
    '$',
  );

function decode(stored: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [format, N, r, p, salt = '', hash = ''] = stored.split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const decoded = { cost, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') };
  if (format !== PASSWORD_HASH_FORMAT || decoded.hash.length !== HASH_BYTES) {
    throw new Error('A stored password hash is not of the form scrypt$N$r$p$SALT$HASH');
  }
  return decoded;
}

/** The text to store for a new password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return encode(PASSWORD_HASH_COST, salt, await derive(password, salt, PASSWORD_HASH_COST));
}

/** Stands in for the hash of somebody who does not exist; no password has it. */
const NOBODY = encode(PASSWORD_HASH_COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

/**
 * Whether the password belongs to the stored hash. `null` (no such person) is answered false after the same work, so
 * that the time of the answer does not tell who has an account.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const { cost, salt, hash } = decode(stored ?? NOBODY);
  const matches = timingSafeEqual(await derive(password, salt, cost), hash);
  return matches && stored !== null;
}
