// Consumer groups of a real broker, with and without members.
import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteGroups } from './consumer-groups.ts';

const name = `test-${randomBytes(6).toString('hex')}`;
const kafka = new kafkajs.Kafka({
  brokers: (process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '').split(','),
  logLevel: kafkajs.logLevel.NOTHING,
});
const admin = kafka.admin();
const member = kafka.consumer({ groupId: name });
beforeAll(async () => {
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: name }], waitForLeaders: true });
  const joined = new Promise((resolve) => member.on(member.events.GROUP_JOIN, resolve));
  await member.subscribe({ topic: name });
  await member.run({ eachMessage: async () => undefined });
  await joined;
});
afterAll(async () => {
  await member.disconnect();
  await admin.deleteTopics({ topics: [name] });
  await admin.disconnect();
});

it('gives back a group that keeps its members, and deletes it when they leave within its patience', async () => {
  expect(await deleteGroups(admin, [name], 0)).toEqual([name]);
  const deleted = deleteGroups(admin, [name], 60_000);
  await member.disconnect();
  expect(await deleted).toEqual([]);
  expect((await admin.listGroups()).groups.map(({ groupId }) => groupId)).not.toContain(name);
});

it('throws when Kafka refuses for another reason', async () => {
  await expect(deleteGroups(admin, [`${name}-of-nobody`], 60_000)).rejects.toThrow('DeleteGroups');
});
