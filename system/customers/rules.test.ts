import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';
import { birthYearProblem, emailSubject } from './rules.ts';
import {
  accessTokenKey,
  createAccessToken,
  createRefreshToken,
  createSuccessorSalt,
  familyIdOf,
  refreshTokenHash,
  successorOf,
} from './tokens.ts';

test('e-mail addresses are compared without case', () => {
  expect(emailSubject('Kim@Example.KR')).toBe('kim@example.kr');
});

test('nobody is born in the future', () => {
  expect(birthYearProblem({ birthYear: 2027 }, 2026)).toBe('body.birthYear must be <= 2026');
  expect(birthYearProblem({ birthYear: 2026 }, 2026)).toBeNull();
  expect(birthYearProblem({ birthYear: null }, 2026)).toBeNull();
});

test('a password is proved by its hash and by nothing else', async () => {
  const stored = await hashPassword('correct horse');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  expect(await verifyPassword('correct house', stored)).toBe(false);
  expect(await verifyPassword('correct horse', null)).toBe(false);
});

test('a hash of another form is a broken assumption', async () => {
  for (const stored of ['md5$1$2$3$c2FsdA$aGFzaA', `scrypt$16384$8$5$${'a'.repeat(22)}$${'a'.repeat(43)}`])
    await expect(verifyPassword('x', stored)).rejects.toThrow(/not of the form \$argon2id/);
});

test('tokens are long, different, and stored only as their hash', () => {
  const token = createRefreshToken();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(createRefreshToken()).not.toBe(token);
  expect(accessTokenKey(token)).not.toContain(token);
  expect(refreshTokenHash(token)).toHaveLength(32);
});

test('an access token tells its family, and nothing else does', () => {
  const familyId = '3f0c9d52-58a4-4a9e-9f5b-1c6a3c9f0b11';
  expect(familyIdOf(createAccessToken(familyId))).toBe(familyId);
  for (const text of ['', familyId, createRefreshToken(), `${createAccessToken(familyId)}x`])
    expect(familyIdOf(text)).toBeNull();
});

test('a successor takes both the token and the salt', () => {
  const [token, salt] = [createRefreshToken(), createSuccessorSalt()];
  expect(successorOf(token, salt)).toMatch(/^[\w-]{43}$/);
  expect(successorOf(token, salt)).toBe(successorOf(token, salt));
  expect(successorOf(token, createSuccessorSalt())).not.toBe(successorOf(token, salt));
  expect(successorOf(createRefreshToken(), salt)).not.toBe(successorOf(token, salt));
});
