// How a Kafka that KAFKA_BROKERS names is spoken to: sign-in by SASL and encryption by TLS, from the same variables that the
// shop reads (system/contract/processes.ts).
import { readFileSync } from 'node:fs';
import type { KafkaConfig } from 'kafkajs';
import { StackError } from '../../programs/stack-error.ts';

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'];
const VARIABLES = [
  'KAFKA_SASL_MECHANISM',
  'KAFKA_SASL_USERNAME',
  'KAFKA_SASL_PASSWORD',
  'KAFKA_TLS',
  'KAFKA_TLS_CA_FILE',
] as const;

/** The part of kafkajs's settings for sign-in and encryption; empty: neither. */
export type KafkaAccess = Pick<KafkaConfig, 'sasl' | 'ssl'>;

/**
 * Reads the access to the Kafka of KAFKA_BROKERS.
 * @throws StackError that names what is missing or wrong, all at once; never with the password
 */
export function kafkaAccess(environment: NodeJS.ProcessEnv = process.env): KafkaAccess {
  const problems: string[] = [];
  const access = { ...readSasl(environment, problems), ...readTls(environment, problems) };
  if (problems.length > 0) throw new StackError(problems.join('\n'));
  return access;
}

/** The variables of an access that are set although no KAFKA_BROKERS says to whom they belong. */
export function accessWithoutBrokers(environment: NodeJS.ProcessEnv): string[] {
  if (environment.KAFKA_BROKERS) return [];
  return VARIABLES.filter((name) => environment[name] && environment[name] !== 'false');
}

function readSasl(environment: NodeJS.ProcessEnv, problems: string[]): KafkaAccess {
  const mechanism = environment.KAFKA_SASL_MECHANISM ?? '';
  const username = environment.KAFKA_SASL_USERNAME ?? '';
  const password = environment.KAFKA_SASL_PASSWORD ?? '';
  if (mechanism === '' && username === '' && password === '') return {};
  if (!MECHANISMS.includes(mechanism)) {
    const found = mechanism === '' ? 'not set' : `"${mechanism}"`;
    problems.push(`KAFKA_SASL_MECHANISM is ${found}; it must be one of ${MECHANISMS.join(', ')}.`);
  }
  if (username === '') problems.push('KAFKA_SASL_USERNAME is not set; it names who signs in at Kafka.');
  if (password === '') problems.push('KAFKA_SASL_PASSWORD is not set; it belongs to KAFKA_SASL_USERNAME.');
  return { sasl: { mechanism, username, password } as NonNullable<KafkaConfig['sasl']> };
}

function readTls(environment: NodeJS.ProcessEnv, problems: string[]): KafkaAccess {
  const { KAFKA_TLS: wanted = '', KAFKA_TLS_CA_FILE: file = '' } = environment;
  if (!['', 'true', 'false'].includes(wanted))
    problems.push(`KAFKA_TLS is "${wanted}"; it must be true or false.`);
  if (wanted !== 'true') {
    if (file !== '') problems.push('KAFKA_TLS_CA_FILE is set, so KAFKA_TLS must be true.');
    return {};
  }
  if (file === '') return { ssl: true };
  try {
    return { ssl: { ca: [readFileSync(file, 'utf8')] } };
  } catch (cause) {
    problems.push(`KAFKA_TLS_CA_FILE cannot be read: ${(cause as Error).message}.`);
    return {};
  }
}
