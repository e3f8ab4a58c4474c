// Looks for a service that runs already: at the address that the environment names, or left by `npm run stack -- up`.
import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../programs/stack-error.ts';
import { needsEncoding, withoutPassword } from '../programs/without-password.ts';
import { judgeKafka } from './judging/judge-kafka.ts';
import { judgePostgres } from './judging/judge-postgres.ts';
import { judgeRedis } from './judging/judge-redis.ts';
import { accessWithoutBrokers, type KafkaAccess, kafkaAccess } from './judging/kafka-access.ts';
import { type Judgement, ServiceProblem } from './judging/service-problem.ts';
import { probeKafka, probePostgres, probeRedis } from './probes.ts';
import type { FoundService, ServiceFacts, ServiceName } from './stack-service.ts';
import { leftServices } from './stack-state.ts';

const VARIABLES = { postgres: 'DATABASE_URL', redis: 'REDIS_URL', kafka: 'KAFKA_BROKERS' } as const;
const TRIES = 3;
const BETWEEN_TRIES_MS = 300;

export type Search = {
  home: string;
  environment: NodeJS.ProcessEnv;
  /** How many brokers Kafka must have; undefined: any number. */
  brokerCount: number | undefined;
  /** Connections to PostgreSQL that the shop is going to hold; undefined: as many as usual. */
  shopConnections?: number | undefined;
};

/** Asks the service at an address who it is. Throws when it does not answer. */
export function probe(name: ServiceName, url: string, access: KafkaAccess = {}): Promise<ServiceFacts> {
  if (name === 'postgres') return probePostgres(url);
  return name === 'redis' ? probeRedis(url) : probeKafka(brokersOf(url), access);
}

/** The brokers in a comma-separated list. */
export function brokersOf(list: string): string[] {
  return list
    .split(',')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '');
}

/**
 * A service that runs already and is to be used; null: none. Throws when a named address does not answer, cannot bear a run, or
 * its Kafka has too few brokers: a wish that cannot be kept is not silently replaced.
 */
export async function findService(name: ServiceName, search: Search): Promise<FoundService | null> {
  return (await findInEnvironment(name, search)) ?? (await findLeftRunning(name, search));
}

async function findInEnvironment(name: ServiceName, search: Search): Promise<FoundService | null> {
  const variable = VARIABLES[name];
  const url = search.environment[variable];
  if (name === 'kafka') refuseAccessAlone(search.environment);
  if (!url) return null;
  const named = `${variable} is set to ${withoutPassword(url)}`;
  if (name !== 'kafka' && needsEncoding(url)) {
    throw new StackError(
      `${named}, whose password has characters that an address cannot hold. Encode them: % as %25, then / as %2F, ? as %3F, # as %23, : as %3A, @ as %40.`,
    );
  }
  const access = name === 'kafka' ? kafkaAccess(search.environment) : {};
  const refuse = (cause: unknown): never => {
    const [what, first] =
      cause instanceof ServiceProblem
        ? ['it cannot be used', 'Mend that']
        : ['nothing there answers as it should', 'Start it'];
    const why = reason(cause).replace(/\.$/, '');
    throw new StackError(
      `${named}, but ${what}: ${why}. ${first}, correct ${variable}, or unset it so that Stampede starts its own.`,
      { cause },
    );
  };
  const facts = await probeRepeatedly(name, url, access).catch(refuse);
  const found = Number(facts.settings.brokers);
  if (name === 'kafka' && found < (search.brokerCount ?? 1)) {
    throw new StackError(
      `${named}, a cluster of ${found} broker(s); this run needs ${search.brokerCount}. Name a larger cluster, or unset ${variable} so that Stampede starts its own.`,
    );
  }
  const judged = await judge(name, url, access, facts, search).catch(refuse);
  return {
    ...judged,
    service: { name, origin: 'environment', pid: null, pids: [], startedInMs: null, ...facts },
  };
}

/** Whether a service of somebody else can bear a run, before anything is built on it. */
function judge(
  name: ServiceName,
  url: string,
  access: KafkaAccess,
  { version, settings }: ServiceFacts,
  { shopConnections }: Search,
): Promise<Judgement> {
  if (name === 'postgres') return judgePostgres(url, { shopConnections });
  if (name === 'redis') return judgeRedis(url, version, settings);
  return judgeKafka(url, brokersOf(url), access, settings);
}

async function findLeftRunning(name: ServiceName, search: Search): Promise<FoundService | null> {
  const left = leftServices(search.home)[name];
  if (left === undefined) return null;
  const brokers = Number(left.service.settings.brokers);
  if (name === 'kafka' && brokers !== (search.brokerCount ?? brokers)) return null;
  try {
    const facts = await probeRepeatedly(name, left.url);
    const service = { ...left.service, origin: 'stack-up', settings: facts.settings } as const;
    return { url: left.url, service };
  } catch (cause) {
    throw new StackError(
      `The ${name} that \`npm run stack -- up\` left (pid ${left.service.pid}) runs but does not answer: ${reason(cause)}. Restart it: npm run stack -- down, then up. Its log: npm run stack -- logs ${name}`,
      { cause },
    );
  }
}

/** The shop's programs inherit these variables and would sign in at a Kafka of ours, which knows nobody. */
function refuseAccessAlone(environment: NodeJS.ProcessEnv): void {
  const names = accessWithoutBrokers(environment);
  if (names.length === 0) return;
  throw new StackError(
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} set, but KAFKA_BROKERS does not say which Kafka is meant. Set it, or unset the others so that Stampede starts its own.`,
  );
}

async function probeRepeatedly(
  name: ServiceName,
  url: string,
  access: KafkaAccess = {},
): Promise<ServiceFacts> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await probe(name, url, access);
    } catch (error) {
      if (tried === TRIES) throw error;
      await delay(BETWEEN_TRIES_MS);
    }
  }
}

/** An error's words; a refused connection to several addresses comes as a group without any of its own. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((one) => reason(one)).join('; ');
  return error instanceof Error ? error.message : String(error);
}
