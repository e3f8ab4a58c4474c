import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Engine } from './engines/engine.ts';
import { REFITS_PER_ACTION, withRefits } from './refits.ts';
import { did } from './testing.ts';

const ACTIONS_PER_REFIT = 1 / REFITS_PER_ACTION;
const EARNED_AT_START = 1_000;

function world(waitingCount: number) {
  const seen = { refitCount: 0, waitingCount };
  let finishTaking: () => void = () => undefined;
  const engine: Engine = {
    take: () => new Promise((resolve) => (finishTaking = resolve)),
    close: async () => undefined,
  };
  const wrapped = withRefits(engine, () => {
    if (seen.waitingCount === 0) return false;
    seen.waitingCount -= 1;
    seen.refitCount += 1;
    return true;
  });
  const arrived = Array.from({ length: ACTIONS_PER_REFIT }, () => ({
    customerId: 1,
    report: did('click', 1),
    stages: { receivedMs: 0, consumedMs: 0 },
  }));
  const settle = async () => {
    for (let one = 0; one < 2 * EARNED_AT_START; one++) await turn();
  };
  return {
    seen,
    settle,
    close: wrapped.close,
    begin: (actions = arrived) => wrapped.take(actions),
    finish: () => finishTaking(),
  };
}

it('weights are worked out behind the lists, not while some are made', async () => {
  const { seen, settle, begin, finish } = world(5);
  const first = begin();
  await settle();
  expect(seen.refitCount).toBe(0);
  finish();
  await first;
  const second = begin();
  await settle();
  expect(seen.refitCount).toBe(0);
  finish();
  await second;
  await settle();
  expect(seen.refitCount).toBe(5);
});

it('an action earns a bounded share of them, and a stop lets the rest be', async () => {
  const { seen, settle, begin, finish, close } = world(10 * EARNED_AT_START);
  for (let taken = 1; taken <= 3; taken++) {
    const taking = begin();
    finish();
    await taking;
    await settle();
    // What the first has earned was there already: no more is kept.
    expect(seen.refitCount).toBe(EARNED_AT_START + taken - 1);
  }
  const last = begin();
  finish();
  await last;
  await close();
  await settle();
  expect(seen.refitCount).toBe(EARNED_AT_START + 2);
});
