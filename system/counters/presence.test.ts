import { expect, test } from 'vitest';
import { createPresence, memberOf } from './presence.ts';

const [one, other] = [memberOf('viewing:1', 7), memberOf('shop', 7)];

function presenceAt() {
  let nowMs = 0;
  const presence = createPresence(() => nowMs);
  return { presence, at: (ms: number) => (nowMs = ms) };
}

test('somebody with two tabs is there once, until both are closed', () => {
  const { presence, at } = presenceAt();
  at(5);
  presence.enter(one);
  at(6);
  presence.enter(one);
  expect(presence.take()).toEqual({ entered: [one], left: [], changedMs: 5 });
  presence.leave(one);
  expect(presence.take()).toBeNull();
  at(9);
  presence.leave(one);
  expect(presence.take()).toEqual({ entered: [], left: [one], changedMs: 9 });
  presence.leave(one);
  expect(presence.take()).toBeNull();
});

test('who comes and goes between two looks, or goes and comes back, was never seen to', () => {
  const { presence } = presenceAt();
  presence.enter(one);
  presence.leave(one);
  presence.enter(other);
  expect(presence.take()).toMatchObject({ entered: [other], left: [] });
  presence.leave(other);
  presence.enter(other);
  expect(presence.take()).toBeNull();
});

test('what was forgotten is told again: those who are there, and nobody who left', () => {
  const { presence } = presenceAt();
  presence.enter(one);
  presence.enter(other);
  presence.take();
  presence.leave(one);
  presence.forget();
  expect(presence.take()).toMatchObject({ entered: [other], left: [] });
});
