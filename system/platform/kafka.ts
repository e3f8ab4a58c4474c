// The connection to Kafka that publishers, consumers and the topics command share. Who sends or reads what is the matter
// of pipeline/.
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type ISocketFactory, Kafka, logLevel } from 'kafkajs';
import type { Log } from './log.ts';

const REQUEST_TIMEOUT_MS = 5_000;

// kafkajs leaves Nagle's algorithm on, which costs small requests up to 40 ms each.
const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const socket = ssl
    ? connectTls({ host, port, ...ssl }, onConnect)
    : connectTcp({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 }, onConnect);
  socket.setNoDelay(true);
  return socket;
};

/** Makes the client; it connects to nothing yet. */
export function createKafka(options: { brokers: readonly string[]; clientId: string; log: Log }): Kafka {
  return new Kafka({
    clientId: options.clientId,
    brokers: [...options.brokers],
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
        const severity = level <= logLevel.WARN ? 'warn' : 'debug';
        options.log[severity]({ kafka: namespace, ...details }, message);
      },
  });
}
