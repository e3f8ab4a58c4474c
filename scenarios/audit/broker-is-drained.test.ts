import type { Client } from 'pg';
import { expect, test } from 'vitest';
import { brokerIsDrained } from './broker-is-drained.ts';
import type { BrokerFacts, TopicFacts } from './rules/rule.ts';

const drained: TopicFacts = { topic: 'orders', publishedCount: 4, committedCount: 4, deadLetterCount: 0 };
const check = (broker: BrokerFacts | null) => brokerIsDrained.check({ client: {} as Client, broker });

test('every topic in use is checked, and a violation names its topic', async () => {
  const coupons = { topic: 'coupons', publishedCount: 3, committedCount: 2, deadLetterCount: 1 };
  expect(await check({ topics: [drained, coupons] })).toEqual({
    checkedCount: 7,
    violationCount: 2,
    violations: [
      'topic coupons: 1 of 3 messages are not committed by its consumer group',
      'topic coupons: 1 messages are dead letters',
    ],
  });
});

test('what one topic has too few does not make up for what another has too many', async () => {
  const topics = [
    { ...drained, committedCount: 3 },
    { ...drained, topic: 'coupons', committedCount: 5 },
  ];
  expect((await check({ topics })).violationCount).toBe(2);
});

test('topics that nothing was published to are in order', async () => {
  const idle = { topic: 'orders', publishedCount: 0, committedCount: 0, deadLetterCount: 0 };
  expect(await check({ topics: [idle] })).toEqual({ checkedCount: 0, violationCount: 0, violations: [] });
});
