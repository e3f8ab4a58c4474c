import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignUpAttempt } from '../../sim/adapters/our-shop/attempts.ts';
import { createAttemptsFile } from './attempts-file.ts';
import { createOrderFates } from './order-fates.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stampede-attempts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const signUp = (name: string): SignUpAttempt => ({
  kind: 'sign-up',
  email: 'a@example.com',
  name,
  nickname: 'zwei\nZeilen\u2028',
  gender: null,
  birthYear: null,
  region: 'Seoul',
  marketingConsent: false,
  attemptedAtMs: 1.5,
  answer: 'accepted',
  httpStatus: 201,
  customerId: 7,
});

test('attempts are on disk when they were appended, and are read in their order as often as one likes', async () => {
  const file = createAttemptsFile(folder);
  const attempts = ['첫째', 'second', 'third'].map(signUp);
  file.append(attempts.slice(0, 2));
  file.append([]);
  expect(readFileSync(join(folder, 'attempts.ndjson'), 'utf8').split('\n')).toHaveLength(3);
  file.append(attempts.slice(2));
  for (let reading = 0; reading < 2; reading += 1) expect(await allOf(file.read())).toEqual(attempts);
  file.close();
  file.close();
  expect(await allOf(file.read())).toEqual(attempts);
});

test('nothing is kept in memory of an attempt that was appended and counted', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const file = createAttemptsFile(folder);
  const fates = createOrderFates(10_000);
  const refs = Array.from({ length: 50 }, (_, index) => {
    const attempt = signUp(`person ${index}`);
    file.append([attempt]);
    fates.add(attempt);
    return new WeakRef(attempt);
  });
  // What a weak reference was made of lives until its turn is over.
  await nextTurn();
  collect();
  expect(refs.filter((ref) => ref.deref() !== undefined)).toEqual([]);
  file.close();
});
