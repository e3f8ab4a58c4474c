// Where Kafka is and how it is spoken to: addresses, sign-in by SASL, encryption by TLS, all read from the environment.
import { readFileSync } from 'node:fs';
import type { KafkaConfig } from 'kafkajs';
import {
  KAFKA_SASL_MECHANISMS,
  type KafkaSaslMechanism,
  type ShopEnvironment,
} from '../../contract/processes.ts';

export type KafkaBrokers = Readonly<{
  /** `host:port` of some brokers; these tell the others. */
  addresses: string[];
  /** null: nobody signs in. */
  sasl: Readonly<{ mechanism: KafkaSaslMechanism; username: string; password: string }> | null;
  /** null: not encrypted; `ca` null: the certificate authorities that Node knows. */
  tls: Readonly<{ ca: string | null }> | null;
}>;

type Environment = Readonly<Record<string, string | undefined>>;

/** What each variable of the access means, for `--help`. */
export const KAFKA_ACCESS_VARIABLES = {
  KAFKA_SASL_MECHANISM: `sign-in at Kafka: ${KAFKA_SASL_MECHANISMS.join(', ')}; empty: none`,
  KAFKA_SASL_USERNAME: 'who signs in at Kafka',
  KAFKA_SASL_PASSWORD: 'and with which password',
  KAFKA_TLS: 'whether Kafka is spoken to over TLS: true, false (default false)',
  KAFKA_TLS_CA_FILE: "PEM file of the authority that signed the brokers' certificates",
} satisfies Partial<Record<keyof ShopEnvironment, string>>;

/** Sign-in and encryption as the environment names them, or one line for each variable that is missing or wrong. */
export function readKafkaAccess(
  environment: Environment,
): { value: Pick<KafkaBrokers, 'sasl' | 'tls'> } | { problems: string[] } {
  const problems: string[] = [];
  const sasl = readSasl(environment, problems);
  const tls = readTls(environment, problems);
  return problems.length > 0 ? { problems } : { value: { sasl, tls } };
}

/** The part of kafkajs's settings that says where Kafka is and how it is spoken to. */
export function connectionSettings({
  addresses,
  sasl,
  tls,
}: KafkaBrokers): Pick<KafkaConfig, 'brokers' | 'sasl' | 'ssl'> {
  return {
    brokers: [...addresses],
    ...(sasl === null ? {} : { sasl: { ...sasl } as NonNullable<KafkaConfig['sasl']> }),
    ...(tls === null ? {} : { ssl: tls.ca === null ? true : { ca: [tls.ca] } }),
  };
}

function readSasl(environment: Environment, problems: string[]): KafkaBrokers['sasl'] {
  const named = environment.KAFKA_SASL_MECHANISM ?? '';
  const username = environment.KAFKA_SASL_USERNAME ?? '';
  const password = environment.KAFKA_SASL_PASSWORD ?? '';
  if (named === '' && username === '' && password === '') return null;
  const mechanism = KAFKA_SASL_MECHANISMS.find((one) => one === named);
  const needed = KAFKA_SASL_MECHANISMS.join(', ');
  if (mechanism === undefined)
    problems.push(`KAFKA_SASL_MECHANISM: found ${shown(named)}, needed one of ${needed}`);
  if (username === '')
    problems.push('KAFKA_SASL_USERNAME: found nothing, needed a name, because Kafka is signed in to');
  if (password === '')
    problems.push('KAFKA_SASL_PASSWORD: found nothing, needed a password, because Kafka is signed in to');
  return mechanism === undefined ? null : { mechanism, username, password };
}

function readTls(environment: Environment, problems: string[]): KafkaBrokers['tls'] {
  const wanted = environment.KAFKA_TLS ?? '';
  const file = environment.KAFKA_TLS_CA_FILE ?? '';
  if (!['', 'true', 'false'].includes(wanted))
    problems.push(`KAFKA_TLS: found ${shown(wanted)}, needed true or false`);
  if (wanted !== 'true') {
    if (file !== '')
      problems.push(`KAFKA_TLS: found ${shown(wanted)}, needed true, because KAFKA_TLS_CA_FILE is set`);
    return null;
  }
  if (file === '') return { ca: null };
  try {
    const ca = readFileSync(file, 'utf8');
    if (ca.includes('-----BEGIN CERTIFICATE-----')) return { ca };
  } catch {
    // Told below, together with a file that holds no certificate.
  }
  problems.push(`KAFKA_TLS_CA_FILE: found ${shown(file)}, needed a readable PEM file with a certificate`);
  return null;
}

const shown = (text: string): string => (text === '' ? 'nothing' : `"${text}"`);
