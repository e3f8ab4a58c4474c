// The connection to Kafka that publishers, consumers and the topics command share. Who sends or reads what is the matter
// of the features.
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type ISocketFactory, Kafka, logLevel } from 'kafkajs';
import type { Log } from '../diagnostics/log.ts';
import { connectionSettings, type KafkaBrokers } from '../settings/kafka-brokers.ts';
import { calmRequestQueues } from './kafka-request-queue.ts';

const REQUEST_TIMEOUT_MS = 5_000;

// Retries are limited on purpose: the publisher replaces a producer that gave up, and the consumer knows a message that
// came twice. A group that begins or changes goes through the other ones.
const EXPECTED_MESSAGE = /Limiting retries for the idempotent producer|[Tt]he group is rebalancing/;

// kafkajs leaves Nagle's algorithm on, which costs small requests up to 40 ms each.
const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const socket = ssl
    ? // Brokers behind one address are told apart by the name that the client says first.
      connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
    : connectTcp({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 }, onConnect);
  socket.setNoDelay(true);
  return socket;
};

/** Makes the client; it connects to nothing yet. Plain addresses are spoken to without sign-in and encryption. */
export function createKafka(options: {
  brokers: KafkaBrokers | readonly string[];
  clientId: string;
  log: Log;
}): Kafka {
  calmRequestQueues();
  const brokers =
    'addresses' in options.brokers
      ? options.brokers
      : { addresses: [...options.brokers], sasl: null, tls: null };
  return new Kafka({
    ...connectionSettings(brokers),
    clientId: options.clientId,
    connectionTimeout: 2_000,
    requestTimeout: REQUEST_TIMEOUT_MS,
    enforceRequestTimeout: true,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
    socketFactory,
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ level, namespace, log: { message, timestamp: _timestamp, logger: _logger, ...details } }) => {
        // Every reconnection is an "error" to kafkajs; what really failed reaches the caller as an exception.
        const isNotable = level <= logLevel.WARN && !EXPECTED_MESSAGE.test(message);
        const severity = isNotable ? 'warn' : 'debug';
        options.log[severity]({ kafka: namespace, ...details }, message);
      },
  });
}
