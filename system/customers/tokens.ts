// Access and refresh tokens: 32 random bytes each, of which only the SHA-256 is ever stored.
import { hash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** base64url, 43 characters. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Key of an access token in Redis. */
export function accessTokenKey(accessToken: string): string {
  return `session:${hash('sha256', accessToken, 'base64url')}`;
}

/** What table refresh_tokens holds of a refresh token. */
export function refreshTokenHash(refreshToken: string): Buffer {
  return hash('sha256', refreshToken, 'buffer');
}
