// Services that are already there and want a password, a sign-in or TLS: a real PostgreSQL, Redis and Kafka of this test's own,
// used by the stack, by the shop and by a run's observer as the environment says.
import { chownSync, copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchBroker } from '../../../scenarios/targets/our-shop/broker-watch.ts';
import { ALL_TOPICS } from '../../../system/contract/topics.ts';
import { freePorts } from '../programs/free-ports.ts';
import { runningRecords } from '../programs/program-records.ts';
import { type Program, startProgram } from '../programs/programs.ts';
import { homePaths, REPOSITORY_ROOT } from '../programs/state-directory.ts';
import {
  environmentWithoutAddresses,
  runProgram,
  selfSignedCertificate,
  temporaryHome,
} from '../testing/testing.ts';
import { kafkaAccess } from './judging/kafka-access.ts';
import { startKafka } from './kafka.ts';
import { startPostgres } from './postgres.ts';
import { probeKafka } from './probes.ts';
import { bringUpStack } from './stack.ts';
import type { StartContext } from './stack-service.ts';

const PASSWORD = 'pa55-of-the-test';
const home = temporaryHome('secured');
const programs: Program[] = [];
let environment: NodeJS.ProcessEnv;
/** Kafka's listeners: sign-in alone, and sign-in over TLS. */
let signedIn: string;
let encrypted: string;

beforeAll(async () => {
  const { certificate, key, keyStore } = selfSignedCertificate(home);
  const context: StartContext = {
    home,
    dataDirectory: homePaths(home).data,
    signal: new AbortController().signal,
    report: () => undefined,
  };
  const [databaseUrl, redisUrl] = await Promise.all([
    startSecuredPostgres(context, certificate, key),
    startSecuredRedis(certificate, key),
    startSecuredKafka(context, keyStore),
  ]);
  environment = {
    ...environmentWithoutAddresses(),
    STAMPEDE_HOME: home,
    TMPDIR: home,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    KAFKA_BROKERS: encrypted,
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: 'shop',
    KAFKA_SASL_PASSWORD: PASSWORD,
    KAFKA_TLS: 'true',
    KAFKA_TLS_CA_FILE: certificate,
    NODE_EXTRA_CA_CERTS: certificate,
  };
});
afterAll(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  rmSync(home, { recursive: true, force: true });
});

async function startSecuredPostgres(context: StartContext, certificate: string, key: string) {
  const started = await startPostgres(context);
  programs.push(...started.programs);
  const client = new pg.Client(started.url);
  await client.connect();
  const { rows } = await client.query<{ folder: string }>(
    "SELECT current_setting('data_directory') AS folder",
  );
  const folder = rows[0]!.folder;
  for (const [from, name] of [
    [certificate, 'server.crt'],
    [key, 'server.key'],
  ] as const) {
    copyFileSync(from, join(folder, name));
    const { uid, gid } = statSync(folder);
    chownSync(join(folder, name), uid, gid);
  }
  await client.query('ALTER SYSTEM SET ssl = on');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
  return `${started.url}?sslmode=verify-full&sslrootcert=${certificate}`;
}

async function startSecuredRedis(certificate: string, key: string): Promise<string> {
  const [port] = await freePorts(1);
  const program = await startProgram({
    name: 'secured-redis',
    command: 'redis-server',
    args: [
      ...['--port', '0', '--tls-port', String(port), '--bind', '127.0.0.1', '--requirepass', PASSWORD],
      ...['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate],
      ...['--tls-auth-clients', 'no', '--save', '', '--dir', home],
    ],
    home,
  });
  programs.push(program);
  return `rediss://:${PASSWORD}@127.0.0.1:${port}`;
}

async function startSecuredKafka(context: StartContext, keyStore: string): Promise<void> {
  const [plain = 0, tls = 0] = await freePorts(2);
  const keyStoreFile = join(home, 'kafka-key-store.pem');
  writeFileSync(keyStoreFile, keyStore);
  const settings: Record<string, string> = {
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.encrypted.ssl.keystore.type': 'PEM',
    'listener.name.encrypted.ssl.keystore.location': keyStoreFile,
  };
  const modules = 'org.apache.kafka.common.security';
  for (const listener of ['signed_in', 'encrypted']) {
    const prefix = `listener.name.${listener}`;
    settings[`${prefix}.plain.sasl.jaas.config`] =
      `${modules}.plain.PlainLoginModule required user_shop="${PASSWORD}";`;
    for (const scram of ['scram-sha-256', 'scram-sha-512'])
      settings[`${prefix}.${scram}.sasl.jaas.config`] = `${modules}.scram.ScramLoginModule required;`;
  }
  const started = await startKafka(context, 1, {
    listeners: [
      { name: 'SIGNED_IN', port: plain, protocol: 'SASL_PLAINTEXT' },
      { name: 'ENCRYPTED', port: tls, protocol: 'SASL_SSL' },
    ],
    settings,
    formatArguments: ['SCRAM-SHA-256', 'SCRAM-SHA-512'].map(
      (scram) => `--add-scram=${scram}=[name=shop,password=${PASSWORD}]`,
    ),
  });
  programs.push(...started.programs);
  signedIn = `127.0.0.1:${plain}`;
  encrypted = `127.0.0.1:${tls}`;
}

const accessBy = (changes: NodeJS.ProcessEnv) => kafkaAccess({ ...environment, ...changes });

test.for(['plain', 'scram-sha-256', 'scram-sha-512'])('Kafka is signed in to by %s', async (mechanism) => {
  const access = accessBy({ KAFKA_SASL_MECHANISM: mechanism, KAFKA_TLS: '', KAFKA_TLS_CA_FILE: '' });
  expect((await probeKafka([signedIn], access)).settings).toMatchObject({ brokers: '1' });
  await expect(probeKafka([signedIn])).rejects.toThrow();
});

test('all three are used as they are and outlive the run', async () => {
  const status = await runProgram([join(import.meta.dirname, '../commands/main.ts'), 'status'], {
    env: environment,
  });
  expect(status.said.match(/environment/g), status.said).toHaveLength(3);
  expect(status.said).not.toContain(PASSWORD);
  // Node reads NODE_EXTRA_CA_CERTS when it starts, so Redis cannot be asked by this process.
  const stack = await bringUpStack({ home, environment: { ...environment, REDIS_URL: testRedisUrl() } });
  await stack.stop();
  expect(stack.services.map(({ origin }) => origin)).toEqual(Array(3).fill('environment'));
  expect(runningRecords(home)).toHaveLength(3);
});

test('a wrong password is told without showing it, and an access without brokers is refused', async () => {
  const wrong = { ...environment, REDIS_URL: testRedisUrl(), KAFKA_SASL_PASSWORD: 'guessed' };
  const failure: Error = await bringUpStack({ home, environment: wrong }).then(
    () => expect.fail('it came up'),
    (error) => error,
  );
  expect(failure.message).toMatch(/KAFKA_BROKERS is set to 127\.0\.0\.1:\d+, but.*[Aa]uthentication/);
  expect(failure.message).not.toContain('guessed');
  await expect(
    bringUpStack({ home, environment: { ...environment, KAFKA_BROKERS: '', REDIS_URL: testRedisUrl() } }),
  ).rejects.toThrow('KAFKA_BROKERS does not say which Kafka is meant');
});

test('the shop migrates, creates its topics and gets ready; a run watches and sweeps them', async () => {
  const [port] = await freePorts(1);
  const env = {
    ...environment,
    KAFKA_PREFIX: 'secured-',
    REDIS_KEY_PREFIX: 'secured:',
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  for (const command of ['migrate', 'topics']) {
    const { code, said } = await runProgram(['system/main.ts', command], { env, cwd: REPOSITORY_ROOT });
    expect(code, said).toBe(0);
  }
  mkdirSync(join(home, 'logs'), { recursive: true });
  const shop = await startProgram({
    name: 'secured-shop',
    command: process.execPath,
    args: ['system/main.ts', 'serve'],
    cwd: REPOSITORY_ROOT,
    env,
    home,
  });
  programs.push(shop);
  const ready = () => fetch(`http://127.0.0.1:${port}/health/ready`).then(({ status }) => status, String);
  await expect.poll(ready, { timeout: 150_000, interval: 100 }).toBe(200);
  await shop.stop();

  const watch = await watchBroker([encrypted], 'secured-', { access: accessBy({}) });
  expect(await watch.facts()).toEqual({
    topics: ALL_TOPICS.map(({ name }) => ({
      topic: name,
      publishedCount: 0,
      committedCount: 0,
      deadLetterCount: 0,
    })),
  });
  await watch.removeAll();
  await watch.close();
});

/** The Redis of all integration tests, without TLS. */
function testRedisUrl(): string {
  return process.env.STAMPEDE_TEST_REDIS_URL ?? expect.fail('STAMPEDE_TEST_REDIS_URL is not set');
}
