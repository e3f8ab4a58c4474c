// Takes away what runs left that were killed: databases, topics, consumer groups, keys and indexes whose mark says that nobody uses
// them any more. On a server of one's own and on one that others use alike; whatever carries no mark of ours stays.
import { Kafka, logLevel } from 'kafkajs';
import { wordsOf } from '../../../deploy/local/programs/process-end.ts';
import { kafkaAccess } from '../../../deploy/local/services/judging/kafka-access.ts';
import type { Stack } from '../../../deploy/local/services/stack.ts';
import { dropDatabase, withClient } from '../../data/databases.ts';
import { isAbandoned, type MarkObserver, markIn, RUN_PREFIX } from '../../data/run-mark.ts';
import { deleteGroups, FORGOTTEN_WITHIN_MS } from './consumer-groups.ts';
import { removeIndexes } from './opensearch-indexes.ts';
import { forgetMark, keyPrefixOf, notedMarks, removeKeys } from './redis-keys.ts';

export type Places = Pick<Stack, 'postgresUrl' | 'redisUrl' | 'kafkaBrokers'> &
  Partial<Pick<Stack, 'opensearchUrl'>>;

/**
 * Sweeps all services; `say` gets a line about what was removed and one about each that could not be. Never throws:
 * a leftover keeps no run from running.
 */
export async function sweepAbandoned(
  places: Places,
  observer: MarkObserver,
  say: (line: string) => void,
): Promise<void> {
  const isLeft = (mark: string | null): boolean => mark !== null && isAbandoned(mark, observer);
  const removed: string[] = [];
  const services = [
    ['PostgreSQL', () => sweepDatabases(places.postgresUrl, isLeft, removed, say)],
    ['Kafka', () => sweepTopics(places.kafkaBrokers, isLeft, removed)],
    ['Redis', () => sweepKeys(places.redisUrl, isLeft, removed)],
    ['OpenSearch', () => sweepIndexes(places.opensearchUrl ?? null, isLeft, removed)],
  ] as const;
  for (const [name, sweep] of services)
    await sweep().catch((error: unknown) =>
      say(
        `! What killed runs left in ${name} could not be removed (${wordsOf(error)}); the next run tries again.`,
      ),
    );
  if (removed.length > 0) say(`Removed what killed runs had left: ${removed.join(', ')}.`);
}

type IsLeft = (mark: string | null) => boolean;

async function sweepDatabases(
  url: string,
  isLeft: IsLeft,
  removed: string[],
  say: (line: string) => void,
): Promise<void> {
  await withClient(url, async (admin) => {
    const { rows } = await admin.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname',
      [RUN_PREFIX],
    );
    for (const { datname } of rows.filter((row) => isLeft(markIn('database', row.datname)))) {
      try {
        await dropDatabase(admin, datname);
        removed.push(`database ${datname}`);
      } catch (error) {
        // Another role may own it.
        say(
          `! Left behind by a killed run: database ${datname} (${wordsOf(error)}). Its owner removes it: DROP DATABASE ${datname} WITH (FORCE)`,
        );
      }
    }
  });
}

async function sweepTopics(brokers: readonly string[], isLeft: IsLeft, removed: string[]): Promise<void> {
  const admin = new Kafka({
    ...kafkaAccess(),
    clientId: 'stampede-sweep',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => isLeft(markIn('topic', topic)));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    removed.push(...topics.map((topic) => `topic ${topic}`));
    const { groups } = await admin.listGroups();
    const left = groups.map(({ groupId }) => groupId).filter((group) => isLeft(markIn('topic', group)));
    // Consumers that a killed run left were ended a moment ago. A group that has members even then waits for the next run.
    const counted = new Set(await deleteGroups(admin, left, FORGOTTEN_WITHIN_MS));
    const deleted = left.filter((group) => !counted.has(group));
    removed.push(...deleted.map((group) => `consumer group ${group}`));
  } finally {
    await admin.disconnect();
  }
}

async function sweepIndexes(url: string | null, isLeft: IsLeft, removed: string[]): Promise<void> {
  if (url === null) return;
  const names = await removeIndexes(url, (name) => isLeft(markIn('topic', name)));
  removed.push(...names.map((name) => `index ${name}`));
}

async function sweepKeys(url: string, isLeft: IsLeft, removed: string[]): Promise<void> {
  for (const mark of (await notedMarks(url)).filter((noted) => isLeft(markIn('bare', noted)))) {
    const count = await removeKeys(url, keyPrefixOf(mark));
    await forgetMark(url, mark);
    if (count > 0) removed.push(count === 1 ? 'a key of Redis' : `${count} keys of Redis`);
  }
}
