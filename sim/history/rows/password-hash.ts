// The one password hash that all seeded people share: computed once per load, in the form that the shop stores.
import { argon2 } from 'node:crypto';
import {
  PASSWORD_HASH_BYTES,
  PASSWORD_HASH_COST,
  passwordHashText,
} from '../../../system/contract/tables.ts';

/** Constant, so that the same data set has the same rows; seeded accounts hold nothing worth a salt of their own. */
const SALT = Buffer.from('stampede-seeded!');

/** Of a password, at the shop's own cost. */
export async function seededPasswordHash(password: string): Promise<string> {
  const message = password.normalize('NFKC');
  const parameters = { ...PASSWORD_HASH_COST, message, nonce: SALT, tagLength: PASSWORD_HASH_BYTES };
  const hash = await new Promise<Buffer>((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)));
  });
  return passwordHashText(SALT, hash);
}
