// Starts Kafka in KRaft mode, each node broker and controller at once: one node, or three with replication 3 of which
// 2 must have a message before it counts as written. Topics do not stay between runs.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { freePorts } from '../programs/free-ports.ts';
import { refuseSecondUse } from '../programs/program-records.ts';
import { type Program, startProgram } from '../programs/programs.ts';
import { findJava, javaEnvironment } from './java.ts';
import { KAFKA_CLASS_PATH, kafkaLibs, kafkaVersion, layOutClassPath, runKafkaTool } from './kafka-libs.ts';
import { type KafkaExtras, type KafkaNode, NO_EXTRAS, nodeSettings } from './kafka-settings.ts';
import { probeKafka } from './probes.ts';
import { untilReady } from './readiness.ts';
import {
  type Account,
  emptyOwnDirectory,
  giveTo,
  reachableDirectory,
  serviceAccount,
} from './service-account.ts';
import type { StackService, StartContext, StartedService } from './stack-service.ts';

export type BrokerCount = 1 | 3;

/** The settings that Kafka's own start script gives the virtual machine. */
const JAVA_OPTIONS = [
  '-server',
  '-Xmx512m',
  '-Xms256m',
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:InitiatingHeapOccupancyPercent=35',
  '-XX:+ExplicitGCInvokesConcurrent',
  '-Djava.awt.headless=true',
];

/** Starts one or three nodes on free ports of 127.0.0.1, with an empty data directory; waits until all answer. */
export async function startKafka(
  context: StartContext,
  brokerCount: BrokerCount,
  extras = NO_EXTRAS,
): Promise<StartedService> {
  const name = `kafka-${brokerCount}`;
  const account = serviceAccount(join(context.dataDirectory, name));
  const libs = await kafkaLibs(context, account);
  const java = findJava(account);
  const startedMs = performance.now();
  const root = join(reachableDirectory(context.dataDirectory, account), name);
  const nodes = await layOut({ home: context.home, root, libs, account, brokerCount, extras });
  const brokers = nodes.map(({ brokerPort }) => `127.0.0.1:${brokerPort}`);
  context.report(
    'starting',
    `Kafka ${kafkaVersion()}, ${brokerCount === 1 ? 'one node' : 'three nodes'} at ${brokers.join(', ')}`,
  );
  const clusterId = randomBytes(16).toString('base64url');
  const programs: Program[] = [];
  try {
    const outcomes = await Promise.allSettled(
      nodes.map(async (node) => {
        // An id may begin with a dash, so it is part of its option's word.
        const format = [
          'format',
          `--cluster-id=${clusterId}`,
          '-c',
          node.configFile,
          ...extras.formatArguments,
        ];
        await runKafkaTool(java, ['kafka.tools.StorageTool', ...format], { cwd: root, account });
        context.signal.throwIfAborted();
        programs.push(await startNode({ home: context.home, java, root, node, account }));
      }),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    const facts = await untilReady({
      what: 'Kafka',
      programs,
      probe: () => probeAll(brokers),
      deadlineMs: 60_000,
      signal: context.signal,
    });
    const pids = programs.map(({ pid }) => pid);
    const startedInMs = Math.round(performance.now() - startedMs);
    const version = kafkaVersion();
    const service: StackService = {
      name: 'kafka',
      origin: 'local',
      pid: pids[0] ?? null,
      pids,
      startedInMs,
      ...facts,
      version,
    };
    return { url: brokers.join(','), service, programs };
  } catch (error) {
    await Promise.all(programs.map((program) => program.stop()));
    throw error;
  }
}

type Layout = {
  home: string;
  root: string;
  libs: string;
  account: Account | null;
  brokerCount: BrokerCount;
  extras: KafkaExtras;
};

async function layOut({ home, root, libs, account, brokerCount, extras }: Layout): Promise<KafkaNode[]> {
  const ports = await freePorts(brokerCount * 2);
  const nodes = Array.from({ length: brokerCount }, (_, index) => ({
    id: index + 1,
    brokerPort: ports[index * 2] ?? 0,
    controllerPort: ports[index * 2 + 1] ?? 0,
    directory: join(root, `node-${index + 1}`),
    configFile: join(root, `node-${index + 1}.properties`),
  }));
  for (const { directory } of nodes) refuseSecondUse(home, directory);
  emptyOwnDirectory(root, account);
  layOutClassPath(root, libs, account);
  for (const node of nodes) {
    writeFileSync(node.configFile, nodeSettings(node, nodes, extras), { mode: 0o600 });
    giveTo(account, node.configFile);
  }
  return nodes;
}

type Start = { home: string; java: string; root: string; node: KafkaNode; account: Account | null };

function startNode({ home, java, root, node, account }: Start): Promise<Program> {
  return startProgram({
    name: `kafka-${node.id}`,
    command: java,
    args: [...JAVA_OPTIONS, ...KAFKA_CLASS_PATH, 'kafka.Kafka', basename(node.configFile)],
    cwd: root,
    env: javaEnvironment(),
    home,
    directory: node.directory,
    graceMs: 4_000,
    endTogether: 'stack',
    ...account,
  });
}

/** The cluster's facts once every broker is in it. */
async function probeAll(brokers: readonly string[]) {
  const facts = await probeKafka(brokers);
  if (Number(facts.settings.brokers) === brokers.length) return facts;
  throw new Error(`${facts.settings.brokers} of ${brokers.length} brokers are in the cluster.`);
}
