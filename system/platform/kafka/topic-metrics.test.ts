import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { TOPICS } from '../../contract/topics.ts';
import { addTopicMetrics } from './topic-metrics.ts';
import { readTopics, type TopicReader, type TopicReading } from './topic-reading.ts';

function brokerWith(
  topics: Record<string, { high: number; low: number }[]>,
  committed: readonly number[],
): TopicReader {
  return {
    listTopics: async () => Object.keys(topics),
    fetchTopicOffsets: async (topic) =>
      (topics[topic] ?? []).map(({ high, low }, partition) => {
        const [highText, lowText] = [String(high), String(low)];
        return { partition, offset: highText, high: highText, low: lowText };
      }),
    fetchOffsets: async ({ groupId }) => [
      {
        topic: groupId,
        partitions: committed.map((offset, partition) => ({
          partition,
          offset: String(offset),
          metadata: null,
        })),
      },
    ],
  };
}

test('the lag is what is not committed: everything without a commit, nothing that retention took away', async () => {
  const broker = brokerWith(
    {
      'p-orders': [
        { high: 100, low: 0 },
        { high: 50, low: 40 },
        { high: 7, low: 0 },
      ],
      'p-orders.dead': [{ high: 2, low: 0 }],
    },
    [90, -1, 7],
  );
  const { written, reads } = await readTopics(broker, [TOPICS.orders], 'p-');
  expect(written).toEqual([
    { topic: 'orders', writtenCount: 157 },
    { topic: 'orders.dead', writtenCount: 2 },
  ]);
  expect(reads.map(({ committedCount, lagCount }) => [committedCount, lagCount])).toEqual([
    [90, 10],
    [40, 10],
    [7, 0],
  ]);
  expect(reads[0]).toMatchObject({ topic: 'orders', group: 'orders' });
});

test('a further group is told of from its first commit, as its role may not run', async () => {
  const topics = { behaviour: [{ high: 5, low: 0 }] };
  const groups = async (committed: readonly number[]) => {
    const { reads } = await readTopics(brokerWith(topics, committed), [TOPICS.behaviour], '');
    return reads.map(({ group, lagCount }) => `${group} ${lagCount}`);
  };
  expect(await groups([-1])).toEqual(['behaviour 5']);
  expect(await groups([3])).toEqual(['behaviour 2', 'recommendations 2', 'rules 2']);
});

test('a topic that is not there yet has no values', async () => {
  expect(await readTopics(brokerWith({}, []), [TOPICS.orders], '')).toEqual({ written: [], reads: [] });
});

const valuesOf = async (registry: Registry) =>
  (await registry.metrics()).split('\n').filter((line) => line.startsWith('shop_'));

test('the broker is asked once for an answer; when it fails no old value stays', async () => {
  const registry = new Registry();
  const failures: unknown[] = [];
  let readings = 0;
  let next: () => Promise<TopicReading> = async () => ({
    written: [{ topic: 'orders', writtenCount: 5 }],
    reads: [0, 1].map((partition) => ({
      topic: 'orders',
      group: 'orders',
      partition,
      committedCount: 1,
      lagCount: 3 * partition,
    })),
  });
  const read = () => {
    readings += 1;
    return next();
  };
  addTopicMetrics(registry, read, (error) => failures.push(error));
  for (const reading of [1, 2]) {
    expect(await valuesOf(registry)).toEqual([
      'shop_topic_written_total{topic="orders"} 5',
      'shop_topic_committed_total{topic="orders",group="orders"} 2',
      'shop_topic_lag{topic="orders",group="orders",partition="0"} 0',
      'shop_topic_lag{topic="orders",group="orders",partition="1"} 3',
      'shop_broker_reachable 1',
    ]);
    expect(readings).toBe(reading);
  }
  next = async () => {
    throw new Error('refused');
  };
  expect(await valuesOf(registry)).toEqual(['shop_broker_reachable 0']);
  expect(failures.map(String)).toEqual(['Error: refused']);
});

test('a process without a broker has the metrics and no values', async () => {
  const registry = new Registry();
  addTopicMetrics(registry, null, () => undefined);
  expect(await valuesOf(registry)).toEqual([]);
  expect(await registry.metrics()).toContain('# TYPE shop_topic_lag gauge');
});
