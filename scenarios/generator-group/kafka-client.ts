// How a rehearsal and its generators speak to the brokers: patient with one that is started anew, silent, and signed in as the
// variables of the environment say that the shop goes by.
import { Kafka, logLevel } from 'kafkajs';
import { wordsOf } from '../../deploy/local/programs/process-end.ts';
import { kafkaAccess } from '../../deploy/local/services/judging/kafka-access.ts';

/** Connects to nothing yet. `clientId` is what the brokers call it. */
export function createClient(brokers: readonly string[], clientId: string): Kafka {
  return new Kafka({
    ...kafkaAccess(),
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry: { initialRetryTime: 200, maxRetryTime: 1_000, retries: 5 },
    logLevel: logLevel.NOTHING,
  });
}

/** Why brokers could not be reached, with the next step. */
export function unreachable(brokers: readonly string[], cause: unknown): Error {
  return new Error(
    `Kafka at ${brokers.join(', ')} cannot be reached: ${wordsOf(cause)}. Needed: the address under which the brokers call themselves on this machine, too (advertised.listeners).`,
    { cause },
  );
}
