// What a guest's browser keeps so that all its tabs are one person: a random id, which says nothing of anybody, with the shop's signature
// under it, so that nobody makes up people of their own.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const TOKEN = /^([0-9a-f]{32})\.([\w-]{43})$/;

const signatureOf = (id: string, secret: string): string =>
  createHmac('sha256', secret).update(`visitor ${id}`).digest('base64url');

/** Somebody nobody has seen before. */
export function createVisitorToken(secret: string): string {
  const id = randomBytes(ID_BYTES).toString('hex');
  return `${id}.${signatureOf(id, secret)}`;
}

/** Whose token it is, 32 hexadecimal digits; null where the shop did not make it. */
export function visitorIdOf(token: string, secret: string): string | null {
  const [, id = '', signature = ''] = TOKEN.exec(token) ?? [];
  if (id === '') return null;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(id, secret))) ? id : null;
}
