// The fresh world of one cell or measurement: a database, topics, Redis keys and indexes that nobody else uses, known by one mark in
// all their names. They are taken away again by the clean-up that they are opened on.
import type { CleanUp, Remains } from '../../../deploy/local/programs/clean-up.ts';
import { cloneTemplate, dropDatabase, withClient, withDatabase } from '../../data/databases.ts';
import { newMark, RUN_PREFIX } from '../../data/run-mark.ts';
import { type BrokerWatch, watchBroker } from './broker-watch.ts';
import { indexPrefixOf, removeIndexes } from './opensearch-indexes.ts';
import { forgetMark, keyPrefixOf, noteMark, removeKeys } from './redis-keys.ts';
import type { ShopSurroundings } from './shop-environment.ts';
import type { Places } from './sweep.ts';

/** All that a shop of one cell needs of the services, and what the broker knows of it. */
export type Surroundings = Omit<ShopSurroundings, 'generatorHasPriority' | 'reachableAt' | 'logFolder'> & {
  broker: BrokerWatch;
  /** Removes the run's keys, as a flush would. */
  flushRedis(): Promise<void>;
};

const SWEPT = 'The next run on these services removes it';

/** That a database of ours could not be dropped. */
export function databaseRemains(database: string): Remains {
  return {
    what: `database ${database}`,
    remedy: `${SWEPT}; at once: DROP DATABASE ${database} WITH (FORCE)`,
  };
}

/** Beside what is planned: warm-up, drain and audit on a slow machine, and clocks that disagree. */
const LEASE_MARGIN_MS = 6 * 3_600_000;

/** Opens them; whoever finds them later than `usedForMs` and six hours from now may take them for abandoned. */
export async function openSurroundings(
  cleanUp: CleanUp,
  input: {
    places: Places;
    template: string;
    serverIsOurs: boolean;
    kind: 'cell' | 'bench';
    usedForMs: number;
    nowMs: number;
  },
): Promise<Surroundings> {
  const { postgresUrl, redisUrl, kafkaBrokers, opensearchUrl = null } = input.places;
  const mark = newMark(input.nowMs, input.usedForMs + LEASE_MARGIN_MS);
  const database = `${RUN_PREFIX}${input.kind === 'bench' ? 'bench_' : ''}${mark}`;
  const redisKeyPrefix = keyPrefixOf(mark);
  const kafkaPrefix = `stampede-${mark}-`;
  cleanUp.later(databaseRemains(database), () =>
    withClient(postgresUrl, (admin) => dropDatabase(admin, database)),
  );
  await withClient(postgresUrl, (admin) =>
    cloneTemplate(admin, input.template, database, input.serverIsOurs),
  );
  cleanUp.later(
    { what: `keys ${redisKeyPrefix}* in Redis`, remedy: `${SWEPT}; at once: delete the keys that begin so.` },
    async () => {
      await removeKeys(redisUrl, redisKeyPrefix);
      await forgetMark(redisUrl, mark);
    },
  );
  await noteMark(redisUrl, mark);
  const broker = await watchBroker(kafkaBrokers, kafkaPrefix);
  cleanUp.later({ what: 'a connection to Kafka', remedy: 'It ends with this process.' }, () =>
    broker.close(),
  );
  cleanUp.later(
    {
      what: `topics and consumer groups ${kafkaPrefix}* in Kafka`,
      remedy: `${SWEPT}; at once: kafka-topics.sh --delete --topic '${kafkaPrefix}.*'`,
    },
    () => broker.removeAll(),
  );
  const opensearch = opensearchUrl === null ? null : { url: opensearchUrl, prefix: indexPrefixOf(mark) };
  if (opensearch !== null)
    cleanUp.later(
      {
        what: `indexes ${opensearch.prefix}* in OpenSearch`,
        remedy: `${SWEPT}; at once: DELETE /${opensearch.prefix}*`,
      },
      async () => {
        await removeIndexes(opensearch.url, (name) => name.startsWith(opensearch.prefix));
      },
    );
  return {
    opensearch,
    databaseUrl: withDatabase(postgresUrl, database),
    redisUrl,
    kafkaBrokers,
    redisKeyPrefix,
    kafkaPrefix,
    broker,
    async flushRedis() {
      await removeKeys(redisUrl, redisKeyPrefix);
    },
  };
}
