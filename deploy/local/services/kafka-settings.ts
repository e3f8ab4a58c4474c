// The settings file of one Kafka node: Kafka's own defaults, but for what a single machine and a quick start need.
import { basename } from 'node:path';

/** What a Kafka has beyond our own: more ways in, more settings, more words for `kafka-storage format`. */
export type KafkaExtras = {
  /** `advertisedHost`: what the broker calls itself there; default 127.0.0.1. */
  listeners: readonly { name: string; port: number; protocol: string; advertisedHost?: string }[];
  settings: Readonly<Record<string, string>>;
  formatArguments: readonly string[];
};

export const NO_EXTRAS: KafkaExtras = { listeners: [], settings: {}, formatArguments: [] };

export type KafkaNode = {
  id: number;
  brokerPort: number;
  controllerPort: number;
  directory: string;
  configFile: string;
};

/** One node's settings: Kafka's own defaults, but for what a single machine and a quick start need. */
export function nodeSettings(
  node: Omit<KafkaNode, 'configFile'>,
  nodes: readonly Omit<KafkaNode, 'configFile'>[],
  extras = NO_EXTRAS,
): string {
  const replication = nodes.length;
  const minimumInSync = nodes.length === 1 ? 1 : 2;
  const furtherWaysIn = extras.listeners.map(({ name, port }) => `,${name}://127.0.0.1:${port}`).join('');
  const furtherAddresses = extras.listeners
    .map(({ name, port, advertisedHost = '127.0.0.1' }) => `,${name}://${advertisedHost}:${port}`)
    .join('');
  const furtherProtocols = extras.listeners.map(({ name, protocol }) => `,${name}:${protocol}`).join('');
  const settings: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': nodes
      .map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`)
      .join(','),
    listeners: `BROKER://127.0.0.1:${node.brokerPort},CONTROLLER://127.0.0.1:${node.controllerPort}${furtherWaysIn}`,
    'advertised.listeners': `BROKER://127.0.0.1:${node.brokerPort}${furtherAddresses}`,
    'listener.security.protocol.map': `BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT${furtherProtocols}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'BROKER',
    // From the working directory on: a list parted by commas, in a file whose letters are Latin, holds not every folder's name.
    'log.dirs': basename(node.directory),
    'auto.create.topics.enable': 'false',
    'num.partitions': 3,
    'default.replication.factor': replication,
    'min.insync.replicas': minimumInSync,
    'offsets.topic.replication.factor': replication,
    'transaction.state.log.replication.factor': replication,
    'transaction.state.log.min.isr': minimumInSync,
    'share.coordinator.state.topic.replication.factor': replication,
    'share.coordinator.state.topic.min.isr': minimumInSync,
    'group.initial.rebalance.delay.ms': 0,
    // Its default of 5 makes kafkajs wait 8–17 ms at every commit of an offset.
    'group.coordinator.append.linger.ms': 0,
    'log.retention.hours': 168,
    ...extras.settings,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
