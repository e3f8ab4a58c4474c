// How long Redis is waited for, by the time in which this process could have heard it.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { testLog } from '../platform/testing.ts';
import { createBoundedWait } from './bounded-wait.ts';

function bounded(waitMs: number) {
  const failures: string[] = [];
  const wait = createBoundedWait({
    waitMs,
    clock: { monotonicMs: () => performance.now() },
    log: testLog,
    onFailure: () => failures.push('failed'),
  });
  return { wait, failures };
}

it('takes an answer that came while this process was busy with other things', async () => {
  const { wait, failures } = bounded(50);
  const answer = wait(async () => {
    const reading = readFile(import.meta.filename, 'utf8');
    const untilMs = performance.now() + 300;
    // Nothing is heard meanwhile.
    while (performance.now() < untilMs);
    return (await reading).length;
  });
  expect(await answer).toBeGreaterThan(0);
  expect(failures).toEqual([]);
});

it('gives up on what never answers, and then leaves it alone', async () => {
  const { wait, failures } = bounded(50);
  expect(await wait(() => new Promise(() => undefined))).toBe('away');
  expect(await wait(async () => 'asked')).toBe('away');
  expect(failures).toEqual(['failed']);
});
