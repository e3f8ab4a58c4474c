import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

test('hashing and checking a password leave the event loop free', async () => {
  const turns = async (work: Promise<unknown>) => {
    let count = 0;
    let isOver = false;
    const end = work.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      count += 1;
    }
    await end;
    return count;
  };
  // Hashed on the event loop itself, the work would be over after its first turn.
  expect(await turns(hashPassword('correct horse'))).toBeGreaterThan(100);
  expect(await turns(verifyPassword('correct horse', null))).toBeGreaterThan(100);
});
