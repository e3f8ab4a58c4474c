import { describe, expect, it } from 'vitest';
import type { Stranger } from '../../model/newcomers.ts';
import { emailOf, refreshTokenHash, refreshTokenOf } from './accounts.ts';
import { describeNewcomers, describePerson } from './describe-person.ts';
import { seededPasswordHash } from './password-hash.ts';

describe('seeded accounts', () => {
  it('have refresh tokens of at least 40 characters that differ by seed and person', () => {
    const tokens = [refreshTokenOf(1, 1), refreshTokenOf(1, 2), refreshTokenOf(2, 1), refreshTokenOf(1, 11)];
    expect(new Set(tokens).size).toBe(4);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
    expect(refreshTokenOf(1, 1)).toBe(tokens[0]);
    expect(refreshTokenHash(tokens[0]!)).toHaveLength(32);
  });

  it('have e-mails in lower case', () => {
    expect(emailOf(17)).toBe('person-17@stampede.example');
  });

  it('share one password hash in the form the shop stores', async () => {
    const hash = await seededPasswordHash('secret');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await seededPasswordHash('secret')).toBe(hash);
    expect(await seededPasswordHash('other')).not.toBe(hash);
  });
});

describe('describePerson', () => {
  it('gives Korean names that follow from seed and id, in any order', () => {
    const person = { id: 5, gender: 'F', status: 'ACTIVE' } as const;
    const first = describePerson(person, 1);
    describePerson({ ...person, id: 6 }, 1);
    expect(describePerson(person, 1)).toEqual(first);
    expect(first.name).toMatch(/^[가-힣]{2,5}$/);
    expect(first.nickname).toMatch(/^[가-힣]+5$/);
    expect(describePerson(person, 2)).not.toEqual(first);
  });

  it('keeps withdrawn people anonymous', () => {
    expect(describePerson({ id: 5, gender: 'M', status: 'WITHDRAWN' }, 1).name).toBe('탈퇴 회원');
  });
});

describe('describeNewcomers', () => {
  const person = { gender: 'F' } as Stranger;
  const planned = [0, 1].map((index) => ({ index, startMs: 100 * index, person }));

  it('gives each an e-mail that nobody else has, and a Korean name, from the seed', () => {
    const [first, second] = describeNewcomers(planned, 7);
    expect(first).toMatchObject({ startMs: 0, email: 'newcomer-7-1@stampede.example' });
    expect(second?.email).toBe('newcomer-7-2@stampede.example');
    expect(first?.name).toMatch(/^[가-힣]{2,5}$/);
    expect(second?.nickname).toMatch(/^[가-힣]+2$/);
    expect(describeNewcomers(planned, 7)).toEqual([first, second]);
    expect(describeNewcomers(planned, 8)[0]?.name).not.toBe(first?.name);
  });
});
