// Password hashes: argon2id on libuv's thread pool, stored with their own cost (format in contract/tables.ts).
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  PASSWORD_HASH_BYTES,
  PASSWORD_HASH_COST,
  type PasswordHashCost,
  passwordHashText,
} from '../contract/tables.ts';

const SALT_BYTES = 16;

const STORED =
  /^\$argon2id\$v=19\$m=(?<memory>\d{1,7}),t=(?<passes>\d{1,2}),p=(?<parallelism>\d)\$(?<salt>[A-Za-z0-9+/]{11,86})\$(?<hash>[A-Za-z0-9+/]{43})$/;

function derive(password: string, salt: Buffer, cost: PasswordHashCost): Promise<Buffer> {
  const message = password.normalize('NFKC');
  const parameters = { ...cost, message, nonce: salt, tagLength: PASSWORD_HASH_BYTES };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function decode(stored: string): { cost: PasswordHashCost; salt: Buffer; hash: Buffer } {
  const parts = STORED.exec(stored)?.groups;
  if (parts === undefined) {
    throw new Error(
      'A stored password hash is not of the form $argon2id$v=19$m=KIB,t=PASSES,p=LANES$SALT$HASH: load the data set again',
    );
  }
  const { memory, passes, parallelism, salt = '', hash = '' } = parts;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

/** The text to store for a new password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return passwordHashText(salt, await derive(password, salt, PASSWORD_HASH_COST));
}

/** Stands in for the hash of somebody who does not exist; no password has it. */
const NOBODY = passwordHashText(Buffer.alloc(SALT_BYTES), Buffer.alloc(PASSWORD_HASH_BYTES));

/**
 * Whether the password belongs to the stored hash. `null` (no such person) is answered false after the same work, so
 * that the time of the answer does not tell who has an account.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const { cost, salt, hash } = decode(stored ?? NOBODY);
  const matches = timingSafeEqual(await derive(password, salt, cost), hash);
  return matches && stored !== null;
}
