// What `npm run generator` is told, by its options and by variables of its environment: the options go before.
import { hostname } from 'node:os';
import { ADDRESS } from '../scenario/generators.ts';
import { secondsText } from '../scenario/span.ts';

/** As commander reads them. */
export type MemberFlags = { kafka?: string; token?: string; name?: string; wait: string; stay?: boolean };

export type MemberOptions = {
  /** At least one, HOST:PORT. */
  brokers: readonly string[];
  /** Known to the rehearsal, too; never sent. */
  token: string;
  /** What the rehearsal calls this generator. */
  name: string;
  /** How long it waits for a rehearsal that takes it. */
  waitSeconds: number;
  /** Whether it waits for the next rehearsal when one is over. */
  stays: boolean;
};

const MAX_WAIT_SECONDS = 24 * 3_600;
/** What Kafka, a log and a sentence all take. */
const NAME = /^[\w.-]{1,60}$/;

/** Addresses of brokers in a list parted by commas; null where one of them is none. */
export function brokersOf(text: string): string[] | null {
  const addresses = text.split(',').map((address) => address.trim());
  return addresses.every((address) => ADDRESS.test(address)) ? addresses : null;
}

/** The options as they are meant, or every mistake in them. */
export function memberOptions(
  flags: MemberFlags,
  environment: NodeJS.ProcessEnv,
  pid: number,
): { kind: 'ok'; options: MemberOptions } | { kind: 'mistakes'; mistakes: string[] } {
  const mistakes: string[] = [];
  const kafka = flags.kafka ?? environment.STAMPEDE_KAFKA_BROKERS ?? '';
  const brokers = brokersOf(kafka);
  if (brokers === null)
    mistakes.push(
      `--kafka: found ${kafka === '' ? 'none' : kafka}. Needed: the brokers of the rehearsal, HOST:PORT with commas between, here or in STAMPEDE_KAFKA_BROKERS.`,
    );
  const token = flags.token ?? environment.STAMPEDE_GENERATOR_TOKEN ?? '';
  if (token === '')
    mistakes.push(
      'The token: found none. Needed: that of the rehearsal, in STAMPEDE_GENERATOR_TOKEN or as --token, which others on this machine can see.',
    );
  const name = flags.name ?? `${hostname()}-${pid}`;
  if (!NAME.test(name))
    mistakes.push(
      `--name ${name}: found ${name}. Needed: up to 60 letters, digits, dots, dashes or underscores.`,
    );
  const waitSeconds = Number(secondsText(flags.wait));
  if (!(waitSeconds >= 1 && waitSeconds <= MAX_WAIT_SECONDS))
    mistakes.push(`--wait ${flags.wait}: found ${flags.wait}. Needed: a span from 1 s to 24h, such as 10m.`);
  if (mistakes.length > 0 || brokers === null) return { kind: 'mistakes', mistakes };
  return { kind: 'ok', options: { brokers, token, name, waitSeconds, stays: flags.stay === true } };
}
