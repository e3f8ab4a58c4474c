// Services of somebody else that answer but cannot bear a run, or only otherwise than usual: real ones of this test's own.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../programs/free-ports.ts';
import { type Program, startProgram } from '../programs/programs.ts';
import { environmentWithoutAddresses, runProgram, temporaryHome } from '../testing/testing.ts';
import { findService } from './find-service.ts';
import { hindrances, judgePostgres } from './judging/judge-postgres.ts';
import { judgeRedis } from './judging/judge-redis.ts';
import { startKafka } from './kafka.ts';
import type { KafkaExtras } from './kafka-settings.ts';
import { bringUpStack } from './stack.ts';
import type { ServiceName } from './stack-service.ts';

const home = temporaryHome('foreign');
const programs: Program[] = [];
const PASSWORD = 'pa55-of-the-test';

afterAll(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  rmSync(home, { recursive: true, force: true });
});

function find(name: ServiceName, environment: NodeJS.ProcessEnv, shopConnections?: number) {
  return findService(name, { home, environment, brokerCount: undefined, shopConnections });
}

function refusal(
  name: ServiceName,
  environment: NodeJS.ProcessEnv,
  shopConnections?: number,
): Promise<string> {
  return find(name, environment, shopConnections).then(
    () => 'it was taken',
    (error: Error) => error.message,
  );
}

describe('PostgreSQL', () => {
  const serverUrl = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
  const role = `stampede_${randomBytes(6).toString('hex')}`;
  const url = Object.assign(new URL(serverUrl), { username: role, password: PASSWORD }).href;

  async function asOwner(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }

  beforeAll(() => asOwner(`CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}'`));
  afterAll(() => asOwner(`DROP ROLE ${role}`));

  it('whose role may not create databases is refused, in the same words by doctor and run', async () => {
    const environment = { DATABASE_URL: url };
    const said = await refusal('postgres', environment);
    expect(said).toMatch(
      /^DATABASE_URL is set to .*, but it cannot be used: stampede_\w+ may not create databases; needed: ALTER ROLE/,
    );
    expect(said).not.toContain(PASSWORD);
    const env = { ...environmentWithoutAddresses(), ...environment, STAMPEDE_HOME: home };
    const doctor = await runProgram([join(import.meta.dirname, '../commands/main.ts'), 'doctor'], { env });
    expect(doctor.said).toContain(said);
    await expect(bringUpStack({ home, environment })).rejects.toThrow(said);
  });

  it('that has too few connections free, or is read-only, is refused with the figures', async () => {
    await asOwner(`ALTER ROLE ${role} CREATEDB CONNECTION LIMIT 20`);
    expect(await refusal('postgres', { DATABASE_URL: url }, 16)).toMatch(
      /20 connections are free for stampede_\w+; needed are 28/,
    );
    await asOwner(
      `ALTER ROLE ${role} CONNECTION LIMIT -1`,
      `ALTER ROLE ${role} SET default_transaction_read_only = on`,
    );
    expect(await refusal('postgres', { DATABASE_URL: url })).toContain(
      'SET default_transaction_read_only = off',
    );
    await asOwner(`ALTER ROLE ${role} RESET default_transaction_read_only`);
    expect(await refusal('postgres', { DATABASE_URL: url }, 100_000)).toContain('raise max_connections');
  });

  it('that holds a role to short statements is used with sessions that set that aside, which is said', async () => {
    await asOwner(
      `ALTER ROLE ${role} CREATEDB`,
      `ALTER ROLE ${role} SET statement_timeout = '30ms'`,
      `ALTER ROLE ${role} SET lock_timeout = '1s'`,
    );
    const found = await find('postgres', { DATABASE_URL: `${url}?options=-c%20work_mem%3D8MB` });
    expect(found?.notes).toEqual([
      `PostgreSQL holds ${role} to lock_timeout = 1000 ms, statement_timeout = 30 ms: Stampede's sessions set that to 0.`,
    ]);
    const client = new pg.Client({ connectionString: found!.url });
    await client.connect();
    try {
      const { rows } = await client.query(
        `SELECT current_setting('statement_timeout') AS statement, current_setting('work_mem') AS memory FROM pg_sleep(0.1)`,
      );
      expect(rows).toEqual([{ statement: '0', memory: '8MB' }]);
    } finally {
      await client.end();
    }
  });

  it('of an old version, or a standby, is refused with everything else that is wrong', () => {
    const facts = {
      version: 14,
      role: 'shop',
      may_create: false,
      is_standby: true,
      is_read_only: true,
      free: 99,
      limits: [],
    };
    expect(hindrances(facts, 28)).toEqual([
      'It is PostgreSQL 14; needed is 15 or newer.',
      'It is a standby, which nobody can write to; needed is the primary.',
      'shop may not create databases; needed: ALTER ROLE shop CREATEDB.',
    ]);
  });

  it('that is named to be filled needs no right to create databases', async () => {
    await asOwner(`ALTER ROLE ${role} NOCREATEDB`);
    await expect(judgePostgres(url, { createsDatabases: false })).resolves.toMatchObject({
      notes: [expect.any(String)],
    });
  });
});

describe('Redis', () => {
  let address: string;
  const urlOf = (user: string) => `redis://${user}:${PASSWORD}@${address}`;

  beforeAll(async () => {
    const [port] = await freePorts(1);
    programs.push(
      await startProgram({
        name: 'foreign-redis',
        command: 'redis-server',
        args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', home],
        home,
      }),
    );
    address = `127.0.0.1:${port}`;
    const admin = new Redis(`redis://${address}`);
    // It is tried again until the server listens.
    admin.on('error', () => undefined);
    const user = (name: string, ...rules: string[]) =>
      admin.call('ACL', 'SETUSER', name, 'on', `>${PASSWORD}`, ...rules);
    await user('least', '~stampede*', '&*', '+@all', '-@dangerous', '-@admin');
    await user('deaf', '~stampede*', '&*', '+@all', '-scan', '-eval', '-psubscribe');
    await user('elsewhere', '~other:*', '&other:*', '+@all');
    await admin.quit();
  });

  it('whose user may ask neither INFO, KEYS nor CONFIG is enough, and its version is known', async () => {
    const found = await find('redis', { REDIS_URL: urlOf('least') });
    expect(found).toMatchObject({
      service: { version: expect.stringMatching(/^[7-9]\./), settings: {} },
      notes: [],
    });
  });

  it('that denies what is needed is refused with the commands, or the keys', async () => {
    const said = await refusal('redis', { REDIS_URL: urlOf('deaf') });
    expect(said).toContain(
      'Its user may not send EVAL, SCAN, PSUBSCRIBE; needed: ACL SETUSER … +eval +scan +psubscribe',
    );
    expect(said).not.toContain(PASSWORD);
    expect(await refusal('redis', { REDIS_URL: urlOf('elsewhere') })).toMatch(
      /ACL SETUSER … ~stampede:\*\. .* ACL SETUSER … &\*\./,
    );
  });

  it('of an old version is refused', async () => {
    await expect(judgeRedis(urlOf('least'), '6.2.14', {})).rejects.toThrow(
      'It is Redis 6.2.14; needed is 7 or newer.',
    );
  });

  it('that throws keys away when it is full is told', async () => {
    const admin = new Redis(`redis://${address}`);
    await admin.call('CONFIG', 'SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
    await admin.quit();
    const found = await find('redis', { REDIS_URL: `redis://${address}` });
    expect(found?.notes?.[0]).toContain('maxmemory-policy allkeys-lru');
  });
});

describe('Kafka', () => {
  const context = (name: string) => ({
    home,
    dataDirectory: join(home, name),
    signal: new AbortController().signal,
    report: () => undefined,
  });

  async function start(name: string, extras: Partial<KafkaExtras>): Promise<string> {
    const started = await startKafka(context(name), 1, {
      listeners: [],
      settings: {},
      formatArguments: [],
      ...extras,
    });
    programs.push(...started.programs);
    return started.url;
  }

  it('whose brokers give addresses that lead nowhere is refused with the address', async () => {
    const [outside = 0] = await freePorts(1);
    await start('kafka-lost', {
      listeners: [{ name: 'OUTSIDE', port: outside, protocol: 'PLAINTEXT', advertisedHost: 'kafka.invalid' }],
    });
    const said = await refusal('kafka', { KAFKA_BROKERS: `127.0.0.1:${outside}` });
    expect(said).toMatch(
      /^KAFKA_BROKERS is set to 127\.0\.0\.1:\d+, but it cannot be used: A broker says that it is at kafka\.invalid:\d+, which does not resolve from here .*advertised\.listeners/,
    );
  });

  it('whose consumer groups cannot be kept, or which forbids topics, is refused with the setting', async () => {
    const [signedIn = 0] = await freePorts(1);
    const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule';
    const url = await start('kafka-strict', {
      listeners: [{ name: 'SIGNED_IN', port: signedIn, protocol: 'SASL_PLAINTEXT' }],
      settings: {
        'offsets.topic.replication.factor': '3',
        'sasl.enabled.mechanisms': 'PLAIN',
        'listener.name.signed_in.plain.sasl.jaas.config': `${plain} required user_shop="${PASSWORD}";`,
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'super.users': 'User:ANONYMOUS',
        'allow.everyone.if.no.acl.found': 'true',
      },
    });
    expect(await refusal('kafka', { KAFKA_BROKERS: url })).toContain(
      'needed is offsets.topic.replication.factor=1, or more brokers',
    );
    await forbidTopics(url);
    const said = await refusal('kafka', {
      KAFKA_BROKERS: `127.0.0.1:${signedIn}`,
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: 'shop',
      KAFKA_SASL_PASSWORD: PASSWORD,
    });
    expect(said).toMatch(/It lets no topic be created that begins with stampede- \(.*[Aa]uthorized/);
    expect(said).not.toContain(PASSWORD);
  });

  async function forbidTopics(url: string): Promise<void> {
    const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, logLevel, ResourcePatternTypes } =
      kafkajs;
    const admin = new Kafka({ brokers: [url], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const rule = {
      principal: 'User:shop',
      host: '*',
      operation: AclOperationTypes.CREATE,
      permissionType: AclPermissionTypes.DENY,
      resourcePatternType: ResourcePatternTypes.LITERAL,
    };
    await admin.createAcls({
      acl: [
        { ...rule, resourceType: AclResourceTypes.CLUSTER, resourceName: 'kafka-cluster' },
        { ...rule, resourceType: AclResourceTypes.TOPIC, resourceName: '*' },
      ],
    });
    await admin.disconnect();
  }
});
