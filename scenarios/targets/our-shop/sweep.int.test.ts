// Leftovers on real services: what is swept, and what is left alone.
import { Redis } from 'ioredis';
import kafkajs from 'kafkajs';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { dropDatabase, withClient } from '../../data/databases.ts';
import { type MarkObserver, markObserver, newMark, RUN_PREFIX } from '../../data/run-mark.ts';
import { forgetMark, keyPrefixOf, notedMarks, noteMark, removeKeys } from './redis-keys.ts';
import { sweepAbandoned } from './sweep.ts';

const HOUR_MS = 3_600_000;
const places = {
  postgresUrl: process.env.STAMPEDE_TEST_DATABASE_URL ?? '',
  redisUrl: process.env.STAMPEDE_TEST_REDIS_URL ?? '',
  kafkaBrokers: (process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '').split(','),
};
const redis = new Redis(places.redisUrl);
const admin = new kafkajs.Kafka({
  brokers: places.kafkaBrokers,
  logLevel: kafkajs.logLevel.NOTHING,
}).admin();

let mark: string;
let database: string;
let topic: string;
beforeEach(async () => {
  mark = newMark(Date.now(), HOUR_MS);
  database = `${RUN_PREFIX}bench_${mark}`;
  topic = `stampede-${mark}-orders`;
  await withClient(places.postgresUrl, (client) => client.query(`CREATE DATABASE ${database}`));
  await admin.connect();
  await admin.createTopics({ topics: [{ topic }], waitForLeaders: true });
  await noteMark(places.redisUrl, mark);
  await redis.set(`${keyPrefixOf(mark)}session:1`, '1');
});
afterEach(async () => {
  await withClient(places.postgresUrl, (client) => dropDatabase(client, database));
  await admin.deleteTopics({ topics: [topic] }).catch(() => undefined);
  await removeKeys(places.redisUrl, keyPrefixOf(mark));
  await forgetMark(places.redisUrl, mark);
});
afterAll(async () => {
  redis.disconnect();
  await admin.disconnect();
});

async function left(): Promise<string[]> {
  const { rows } = await withClient(places.postgresUrl, (client) =>
    client.query('SELECT datname FROM pg_database WHERE datname = $1', [database]),
  );
  const topics = (await admin.listTopics()).filter((name) => name === topic);
  const marks = (await notedMarks(places.redisUrl)).filter((noted) => noted === mark);
  const keys = await redis.keys(`${keyPrefixOf(mark)}*`);
  return [...rows.map(({ datname }) => datname), ...topics, ...marks, ...keys];
}

const sweep = async (observer: Partial<MarkObserver>): Promise<string[]> => {
  const said: string[] = [];
  await sweepAbandoned(places, { ...markObserver(Date.now()), ...observer }, (line) => said.push(line));
  return said;
};
/** As if this very process had ended; those of other tests live on. */
const withoutUs: Partial<MarkObserver> = {
  startOf: (pid) => (pid === process.pid ? null : markObserver(0).startOf(pid)),
};
/** As another machine sees it. */
const elsewhere = (laterMs: number): Partial<MarkObserver> => ({
  space: 'abcdef',
  nowMs: Date.now() + laterMs,
});

it('leaves alone what a living process of this machine uses', async () => {
  await sweep({});
  expect(await left()).toHaveLength(4);
});

it('removes all that a dead process of this machine left, and says what', async () => {
  const said = await sweep(withoutUs);
  await expect.poll(left).toEqual([]);
  const line = said.find((one) => one.startsWith('Removed what killed runs had left: '));
  for (const name of [`database ${database}`, `topic ${topic}`]) expect(line).toContain(name);
  expect(said.join('\n')).toContain('a key of Redis');
});

it('leaves alone what another machine may be using, until nobody can be any more', async () => {
  await sweep(elsewhere(HOUR_MS / 2));
  expect(await left()).toHaveLength(4);
  await sweep(elsewhere(HOUR_MS + 2 * 60_000));
  await expect.poll(left).toEqual([]);
});

it('says what it cannot remove and goes on with the rest', async () => {
  await withClient(places.postgresUrl, (client) =>
    client.query(`ALTER DATABASE ${database} IS_TEMPLATE true`),
  );
  const said = await sweep(withoutUs);
  await withClient(places.postgresUrl, (client) =>
    client.query(`ALTER DATABASE ${database} IS_TEMPLATE false`),
  );
  expect(said.join('\n')).toContain(`! Left behind by a killed run: database ${database} (`);
  await expect.poll(left).toEqual([database]);
});

it('keeps no run from running where a service does not answer', async () => {
  const said: string[] = [];
  const silent = { ...places, postgresUrl: 'postgresql://nobody@127.0.0.1:1/nothing' };
  await sweepAbandoned(silent, markObserver(Date.now()), (line) => said.push(line));
  expect(said[0]).toContain('! What killed runs left in PostgreSQL could not be removed (');
});
