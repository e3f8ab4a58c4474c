// Access and refresh tokens: 32 random bytes each, of which only the SHA-256 is ever stored. An access token begins with
// the id of its family, which is no secret.
import { createHmac, hash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const SALT_BYTES = 16;
const FAMILY_ID_LENGTH = 36;
const ACCESS_TOKEN = /^[0-9a-f-]{36}[\w-]{43}$/;

/** base64url, 43 characters. */
export function createRefreshToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The family's id, then 43 characters of base64url. */
export function createAccessToken(familyId: string): string {
  return `${familyId}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

/** The family that an access token says it is of; null when the text is none. */
export function familyIdOf(accessToken: string): string | null {
  return ACCESS_TOKEN.test(accessToken) ? accessToken.slice(0, FAMILY_ID_LENGTH) : null;
}

/** The family of the refresh token that a session begins with: the first half of its hash, as table refresh_tokens has it. */
export function firstFamilyId(tokenHash: Buffer): string {
  return tokenHash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Key of an access token in Redis. */
export function accessTokenKey(accessToken: string): string {
  return `session:${hash('sha256', accessToken, 'base64url')}`;
}

/** Key in Redis of a family that has not ended; without it none of its access tokens is worth anything. */
export function familyKey(familyId: string): string {
  return `family:${familyId}`;
}

/** What table refresh_tokens holds of a refresh token. */
export function refreshTokenHash(refreshToken: string): Buffer {
  return hash('sha256', refreshToken, 'buffer');
}

export function createSuccessorSalt(): Buffer {
  return randomBytes(SALT_BYTES);
}

/**
 * The refresh token that follows one. It takes both the token and the salt that was drawn when it was used: neither the
 * database alone nor the holder of a used token alone can work it out, but the shop can give it again to who shows the
 * token again.
 */
export function successorOf(refreshToken: string, salt: Buffer): string {
  return createHmac('sha256', salt).update(refreshToken).digest('base64url');
}
