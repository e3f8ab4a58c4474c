import type { Admin } from 'kafkajs';
import { expect, it } from 'vitest';
import { beginLately } from './begin-lately.ts';

const NAMES = { topic: 'behaviour', consumerGroup: 'recommender' };
const SINCE = [{ partition: 0, offset: '7' }];

/** A broker that can be asked and nothing else. */
function asked(committedOffset: string) {
  const partitions = [{ partition: 0, offset: committedOffset, metadata: null }];
  const admin = {
    connect: async () => undefined,
    disconnect: async () => undefined,
    fetchOffsets: async () => [{ topic: NAMES.topic, partitions }],
    fetchTopicOffsetsByTimestamp: async () => SINCE,
  } satisfies Partial<Admin>;
  return beginLately({ admin: () => admin as unknown as Admin }, NAMES, 0);
}

it('a group that has read nothing begins with what is new enough, and joins nothing to know where that is', async () => {
  expect(await asked('-1')).toEqual(SINCE);
});

it('a group that has read something goes on where it was', async () => {
  expect(await asked('3')).toEqual([]);
});
