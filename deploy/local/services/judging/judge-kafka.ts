// Whether somebody's Kafka can bear a run: brokers that are reached where they say, consumer groups that can be kept, topics that
// may be created. Creates nothing.
import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import kafkajs, { type Admin } from 'kafkajs';
import type { KafkaAccess } from './kafka-access.ts';
import { type Judgement, ServiceProblem } from './service-problem.ts';

const { Kafka, logLevel } = kafkajs;

const CONNECT_MS = 3_000;
const OFFSETS_TOPIC = '__consumer_offsets';
/** Runs name their topics so. */
const TOPIC_PREFIX = 'stampede-';

/**
 * Judges the cluster at these brokers; `settings` are those that a probe could read.
 * @throws ServiceProblem with everything that hinders a run
 */
export async function judgeKafka(
  url: string,
  brokers: readonly string[],
  access: KafkaAccess,
  settings: Readonly<Record<string, string>>,
): Promise<Judgement> {
  const kafka = new Kafka({
    ...access,
    brokers: [...brokers],
    clientId: 'stampede-judge',
    logLevel: logLevel.NOTHING,
    connectionTimeout: CONNECT_MS,
    retry: { retries: 0 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    const problems = [
      ...(await Promise.all(cluster.brokers.map(unreachable))),
      await groupProblem(admin, cluster.brokers.length, settings),
      await topicProblem(admin, cluster.brokers.length),
    ].filter((problem) => problem !== null);
    if (problems.length > 0) throw new ServiceProblem(problems.join(' '));
    return { url, notes: [] };
  } finally {
    await admin.disconnect();
  }
}

/** Why the address that a broker gives of itself leads nowhere from here; null: it leads somewhere. */
export async function unreachable(broker: { host: string; port: number }): Promise<string | null> {
  const { host, port } = broker;
  const failure = await reach(host, port).then(
    () => null,
    (error: NodeJS.ErrnoException) => error,
  );
  if (failure === null) return null;
  const how =
    failure.code === 'ENOTFOUND' || failure.code === 'EAI_AGAIN' ? 'does not resolve' : 'cannot be reached';
  return `A broker says that it is at ${host}:${port}, which ${how} from here (${failure.code ?? failure.message}); needed is an address in its advertised.listeners that this machine reaches.`;
}

async function reach(host: string, port: number): Promise<void> {
  await lookup(host);
  const socket = connect({ host, port });
  try {
    await new Promise<void>((settle, fail) => {
      socket.setTimeout(CONNECT_MS, () => fail(new Error(`no answer within ${CONNECT_MS / 1_000} s`)));
      socket.once('connect', settle);
      socket.once('error', fail);
    });
  } finally {
    socket.destroy();
  }
}

/** Why no consumer group could be kept: its topic cannot come to be, or cannot be written to. */
async function groupProblem(
  admin: Admin,
  brokerCount: number,
  settings: Readonly<Record<string, string>>,
): Promise<string | null> {
  const replication = Number(settings['offsets.topic.replication.factor'] ?? 1);
  const inSync = Number(settings['min.insync.replicas'] ?? 1);
  const isThere = (await admin.listTopics()).includes(OFFSETS_TOPIC);
  const brokers = `${brokerCount} ${brokerCount === 1 ? 'broker' : 'brokers'}`;
  if (replication > brokerCount && !isThere) {
    return `It wants ${replication} replicas of the topic of consumer groups and has ${brokers}, so no group can begin; needed is offsets.topic.replication.factor=${brokerCount}, or more brokers.`;
  }
  if (inSync <= brokerCount) return null;
  return `It wants ${inSync} replicas in sync and has ${brokers}, so no group can store how far it is; needed is min.insync.replicas=${brokerCount}, or more brokers.`;
}

async function topicProblem(admin: Admin, brokerCount: number): Promise<string | null> {
  const topic = `${TOPIC_PREFIX}probe-${randomBytes(6).toString('hex')}`;
  const replicationFactor = Math.min(3, brokerCount);
  try {
    await admin.createTopics({
      validateOnly: true,
      waitForLeaders: false,
      topics: [{ topic, numPartitions: 1, replicationFactor }],
    });
    return null;
  } catch (error) {
    return `It lets no topic be created that begins with ${TOPIC_PREFIX} (${reasonOf(error)}); needed is the right to create, write, read and delete such topics.`;
  }
}

/** kafkajs puts what was wrong with each topic into a list. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const errors: unknown = 'errors' in error ? error.errors : null;
  const first: unknown = Array.isArray(errors) ? errors[0] : null;
  return first instanceof Error ? first.message : error.message;
}
