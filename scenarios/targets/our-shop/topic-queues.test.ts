import { expect, test } from 'vitest';
import type { TopicFacts } from '../../audit/rules/rule.ts';
import { topicQueues } from './topic-queues.ts';

const idle: TopicFacts = { topic: 'orders', publishedCount: 0, committedCount: 0, deadLetterCount: 0 };
const coupons = (committedCount: number): TopicFacts => ({
  topic: 'coupons',
  publishedCount: 2,
  committedCount,
  deadLetterCount: 0,
});

/** Queues whose consumers commit one message of topic coupons between two looks at the broker. */
function slowQueues(committedAtMost: number) {
  let looks = 0;
  let nowMs = 0;
  const seen: number[] = [];
  const broker = {
    async facts() {
      const committedCount = Math.min(looks++, committedAtMost);
      seen.push(committedCount);
      return { topics: [idle, coupons(committedCount)] };
    },
  };
  const monotonicMs = () => {
    nowMs += 10_000;
    return nowMs;
  };
  return { seen, queues: topicQueues(broker, monotonicMs) };
}

const { signal } = new AbortController();

test('a drain waits until every topic in use is worked off', async () => {
  const { seen, queues } = slowQueues(2);
  await queues.drain(signal);
  expect(seen).toEqual([0, 1, 2]);
});

test('a topic that is never worked off is left to the audit', async () => {
  const { seen, queues } = slowQueues(1);
  await queues.drain(signal);
  expect(seen.at(-1)).toBe(1);
});

test('the backlog is of all topics together, and unknown while the broker is silent', async () => {
  expect(await slowQueues(0).queues.backlogCount()).toBe(2);
  const silent = { facts: () => Promise.reject(new Error('no leader')) };
  expect(await topicQueues(silent, () => 0).backlogCount()).toBeNull();
});

test('a broker that has not elected yet who keeps the offsets is asked again', async () => {
  const electing = Object.assign(new Error('not the coordinator'), { retriable: true });
  let asked = 0;
  const facts = async () => {
    asked += 1;
    if (asked === 1) throw electing;
    return { topics: [idle, coupons(2)] };
  };
  const queues = topicQueues({ facts }, () => 0);
  await queues.drain(signal);
  expect(asked).toBe(2);
  asked = 0;
  expect(await queues.facts()).toEqual({ topics: [idle, coupons(2)] });
});

test('a broker that cannot say anything ends the drain with its reason', async () => {
  const silent = { facts: () => Promise.reject(new Error('connection refused')) };
  await expect(topicQueues(silent, () => 0).drain(signal)).rejects.toThrow('connection refused');
});
