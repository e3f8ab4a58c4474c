import { expect, test } from 'vitest';
import { createCleanUp } from './clean-up.ts';
import { unlessStopped } from './unless-stopped.ts';

async function worked(closings: readonly [string, () => Promise<void>][], work: () => string) {
  const done: string[] = [];
  const left: string[] = [];
  async function run(): Promise<string> {
    await using cleanUp = createCleanUp((sentence) => left.push(sentence));
    for (const [what, close] of closings) {
      cleanUp.later({ what, remedy: `Remove ${what} by hand.` }, async () => {
        await close();
        done.push(what);
      });
    }
    return work();
  }
  const outcome = await run().catch((error: Error) => error.message);
  return { outcome, done, left };
}

const closes = async () => undefined;
const fails = () => Promise.reject(new Error('no\nroute'));

test('everything is closed in reverse order', async () => {
  expect(
    await worked(
      [
        ['first', closes],
        ['second', closes],
      ],
      () => 'the verdict',
    ),
  ).toEqual({
    outcome: 'the verdict',
    done: ['second', 'first'],
    left: [],
  });
});

test('one that cannot be closed keeps neither the others nor the outcome, and is told with its remedy on one line', async () => {
  const closings: [string, () => Promise<void>][] = [
    ['database', closes],
    ['topics', fails],
    ['shop', closes],
  ];
  expect(await worked(closings, () => 'the verdict')).toEqual({
    outcome: 'the verdict',
    done: ['shop', 'database'],
    left: ['Left behind: topics (no route). Remove topics by hand.'],
  });
});

test('a failure of the work itself is not hidden by those of the closing', async () => {
  const { outcome, left } = await worked(
    [
      ['topics', fails],
      ['keys', fails],
    ],
    () => {
      throw new Error('the audit could not be made');
    },
  );
  expect(outcome).toBe('the audit could not be made');
  expect(left).toHaveLength(2);
});

test('work is let go as soon as it is to stop, also when it already was', async () => {
  const stop = new AbortController();
  const never = new Promise<string>(() => undefined);
  const waiting = unlessStopped(stop.signal, never);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(unlessStopped(stop.signal, never)).rejects.toThrow('enough');
});

test('work that ends by itself gives what it comes to', async () => {
  const { signal } = new AbortController();
  expect(await unlessStopped(signal, Promise.resolve(7))).toBe(7);
  await expect(unlessStopped(signal, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});
