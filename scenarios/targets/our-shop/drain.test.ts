import { expect, test } from 'vitest';
import type { TopicFacts } from '../../audit/rule.ts';
import { drainShop } from './drain.ts';

const idle: TopicFacts = { topic: 'orders', publishedCount: 0, committedCount: 0, deadLetterCount: 0 };
const coupons = (committedCount: number): TopicFacts => ({
  topic: 'coupons',
  publishedCount: 2,
  committedCount,
  deadLetterCount: 0,
});

/** A shop whose consumers commit one message of topic coupons between two looks at the broker. */
function slowShop(committedAtMost: number) {
  let looks = 0;
  let nowMs = 0;
  const done: string[] = [];
  return {
    done,
    deps: {
      broker: {
        async facts() {
          const committedCount = Math.min(looks++, committedAtMost);
          done.push(`${committedCount} committed`);
          return { topics: [idle, coupons(committedCount)] };
        },
      },
      shop: {
        async stop() {
          done.push('stopped');
        },
      },
      stop: new AbortController().signal,
      monotonicMs: () => {
        nowMs += 20_000;
        return nowMs;
      },
    },
  };
}

test('the shop stops when every topic in use is worked off, and the facts are those after it', async () => {
  const { deps, done } = slowShop(2);
  expect(await drainShop(deps)).toEqual({ topics: [idle, coupons(2)] });
  expect(done).toEqual(['0 committed', '1 committed', '2 committed', 'stopped', '2 committed']);
});

test('a topic that is never worked off is left to the audit', async () => {
  const { deps, done } = slowShop(1);
  expect((await drainShop(deps)).topics[1]?.committedCount).toBe(1);
  expect(done.at(-2)).toBe('stopped');
});
