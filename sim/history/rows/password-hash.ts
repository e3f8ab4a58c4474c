// The one password hash that all seeded people share: computed once per load, in the form that the shop stores.
import { scrypt } from 'node:crypto';
import { PASSWORD_HASH_COST, PASSWORD_HASH_FORMAT } from '../../../system/contract/tables.ts';

/** Constant, so that the same data set has the same rows; seeded accounts hold nothing worth a salt of their own. */
const SALT = Buffer.from('stampede-seeded!');
const HASH_BYTES = 32;

/** `scrypt$N$r$p$SALT$HASH` of a password, at the shop's own cost. */
export async function seededPasswordHash(password: string): Promise<string> {
  const { N, r, p } = PASSWORD_HASH_COST;
  const options = { N, r, p, maxmem: 256 * N * r };
  const hash = await new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFKC'), SALT, HASH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
  return [PASSWORD_HASH_FORMAT, N, r, p, SALT.toString('base64url'), hash.toString('base64url')].join('$');
}
