// The stack with real services, in a state directory of the tests' own: what others have up is not touched. Its databases and
// topics are made once; every test begins and ends with nothing running but what the group has up.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { takeDown } from '../commands/up-and-down.ts';
import { identify } from '../programs/process-identity.ts';
import { runningRecords } from '../programs/program-records.ts';
import { homePaths, stampedeHome } from '../programs/state-directory.ts';
import { probeRedis } from './probes.ts';
import { bringUpStack, type Stack, type StackProgress } from './stack.ts';

const LIMIT = { timeout: 150_000, interval: 20 };
const environment = withoutAddresses();
let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'stampede-stack-'));
  chmodSync(home, 0o755);
  const libs = homePaths(stampedeHome()).kafkaLibs;
  if (existsSync(libs)) symlinkSync(libs, join(home, 'kafka-libs'));
});
afterAll(async () => {
  await takeDown(home);
  rmSync(home, { recursive: true, force: true });
});

function withoutAddresses(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _1, REDIS_URL: _2, KAFKA_BROKERS: _3, ...rest } = process.env;
  return rest;
}

/** `npm run stack` in this test's state directory and with a run lock of its own. */
function startMain(...args: string[]): ChildProcess {
  const env = { ...environment, STAMPEDE_HOME: home, TMPDIR: home };
  return spawn(process.execPath, [join(import.meta.dirname, '../commands/main.ts'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function main(...args: string[]) {
  const env = { ...environment, STAMPEDE_HOME: home, TMPDIR: home };
  return spawnSync(process.execPath, [join(import.meta.dirname, '../commands/main.ts'), ...args], {
    env,
    encoding: 'utf8',
  });
}

const pidsNow = () => runningRecords(home).map(({ process: { pid } }) => pid);
const alive = (pids: number[]) => pids.filter((pid) => identify(pid) !== null);

test('the tests themselves see the addresses of a stack', () => {
  expect(process.env.STAMPEDE_TEST_DATABASE_URL).toMatch(/^postgresql:/);
  expect(process.env.STAMPEDE_TEST_REDIS_URL).toMatch(/^redis:/);
  expect(process.env.STAMPEDE_TEST_KAFKA_BROKERS).toMatch(/:\d+$/);
});

describe('a stack that was brought up', () => {
  const seen: StackProgress[] = [];
  let stack: Stack;
  beforeAll(async () => {
    stack = await bringUpStack({ home, environment, onProgress: (progress) => seen.push(progress) });
  });
  afterAll(() => stack?.stop());

  test('has all three, durable where it matters', () => {
    expect(stack.services.map(({ name, origin }) => `${name} ${origin}`)).toEqual([
      'postgres local',
      'redis local',
      'kafka local',
    ]);
    const [postgres, redis, kafka] = stack.services;
    expect(postgres?.version).toMatch(/^18\./);
    expect(postgres?.settings).toMatchObject({
      fsync: 'on',
      synchronous_commit: 'on',
      jit: 'off',
      shared_buffers: '256MB',
    });
    expect(redis?.settings).toMatchObject({ 'maxmemory-policy': 'allkeys-lru', appendonly: 'no' });
    expect(kafka?.settings).toMatchObject({
      brokers: '1',
      'auto.create.topics.enable': 'false',
      'group.coordinator.append.linger.ms': '0',
    });
    expect(
      seen
        .filter(({ state }) => state === 'ready')
        .map(({ service }) => service)
        .sort(),
    ).toEqual(['kafka', 'postgres', 'redis']);
  });

  test.runIf(process.getuid?.() === 0)('runs nothing as root for root', () => {
    const owners = pidsNow().map((pid) => statSync(`/proc/${pid}`).uid);
    expect(owners).toHaveLength(3);
    expect(owners).not.toContain(0);
  });

  test('has a Redis that wants a password which only its files and the address tell', async () => {
    const { password, host } = new URL(stack.redisUrl);
    expect(password).toMatch(/^[\w-]{20,}$/);
    await expect(probeRedis(`redis://${host}`)).rejects.toThrow();
    const commandLines = pidsNow().map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    const logs = readdirSync(join(home, 'logs')).map((file) =>
      readFileSync(join(home, 'logs', file), 'utf8'),
    );
    const said = seen.map(({ detail }) => detail);
    expect([...said, ...commandLines, ...logs].join('\n')).not.toContain(password);
    expect(statSync(join(home, 'data', 'redis', 'redis.conf')).mode & 0o777).toBe(0o600);
  });

  test('is used by its addresses in the environment, and outlives the stop of whoever does so', async () => {
    const addresses = {
      DATABASE_URL: stack.postgresUrl,
      REDIS_URL: stack.redisUrl,
      KAFKA_BROKERS: stack.kafkaBrokers.join(','),
    };
    const guest = await bringUpStack({ home, environment: { ...environment, ...addresses } });
    expect(guest.services.map(({ origin, pid }) => [origin, pid])).toEqual(
      Array(3).fill(['environment', null]),
    );
    await guest.stop();
    expect(alive(pidsNow())).toHaveLength(3);
    await expect(
      bringUpStack({ home, environment: { ...environment, ...addresses }, brokerCount: 3 }),
    ).rejects.toThrow('a cluster of 1 broker(s); this run needs 3');
    await expect(bringUpStack({ home, environment })).rejects.toThrow(`of the run with pid ${process.pid}`);
    expect(alive(pidsNow())).toHaveLength(3);
  });

  test('leaves nothing running when it is stopped, and keeps its databases', async () => {
    await query(stack.postgresUrl, 'CREATE DATABASE kept');
    const pids = pidsNow();
    expect(pids).toHaveLength(3);
    await stack.stop();
    expect(alive(pids)).toEqual([]);
    expect(pidsNow()).toEqual([]);

    const second = await bringUpStack({ home, environment });
    const kept = await query(second.postgresUrl, "SELECT datname FROM pg_database WHERE datname = 'kept'");
    await second.stop();
    expect(kept).toEqual([{ datname: 'kept' }]);
  });
});

describe('a state directory whose services do not run', () => {
  afterEach(() => takeDown(home));

  test('up stays and is found, up again changes nothing, down ends it', async () => {
    expect(main('up').status).toBe(0);
    const pids = pidsNow();
    expect(pids).toHaveLength(3);
    expect(main('up').stdout.match(/left running by stack up/g)).toHaveLength(3);
    expect(main('status').stdout).toMatch(
      /postgres +stack-up +18\.\S+ +postgresql:\/\/stampede@127\.0\.0\.1/,
    );
    const stack = await bringUpStack({ home, environment });
    expect(stack.services.map(({ origin }) => origin)).toEqual(Array(3).fill('stack-up'));
    await stack.stop();
    expect(alive(pids)).toEqual(pids);
    expect(main('down').stdout).toBe('Ended: kafka-1, postgres, redis.\n');
    expect(alive(pids)).toEqual([]);
  });

  test('what a killed run left is ended by the next start, and the data is whole', async () => {
    const script = `
      import { bringUpStack } from '${import.meta.dirname}/stack.ts';
      await bringUpStack({ home: '${home}' });
      console.log('up');
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(owner.stdout, 'data');
    const pids = pidsNow();
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(alive(pids)).toEqual(pids);
    const told = main('status').stdout;
    expect(told).toContain('Left by a run that was killed: ');
    for (const pid of pids) expect(told).toContain(`(pid ${pid})`);
    const lines: string[] = [];
    const stack = await bringUpStack({ home, environment, log: (line) => lines.push(line) });
    expect(lines.sort().map((line) => line.replace(/\d+\)/, 'N)'))).toEqual(
      ['kafka-1', 'postgres', 'redis'].map((name) => `Ended ${name} (pid N), left by a run that was killed.`),
    );
    expect(alive(pids)).toEqual([]);
    await stack.stop();
  });

  test('what a killed run left is ended and named by down', async () => {
    const script = `
      import { startProgram } from '${import.meta.dirname}/../programs/programs.ts';
      await startProgram({ name: 'sleeper', command: 'sleep', args: ['600'], home: '${home}' });
      process.kill(process.pid, 'SIGKILL');`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    await once(owner, 'exit');
    const pids = pidsNow();
    expect(pids).toHaveLength(1);
    expect(main('down').stdout).toBe('Ended: sleeper.\n');
    expect(alive(pids)).toEqual([]);
  });

  test('Ctrl-C while the stack comes up leaves nothing', async () => {
    const up = startMain('up');
    await expect.poll(() => pidsNow().length, LIMIT).toBeGreaterThan(1);
    const pids = pidsNow();
    up.kill('SIGINT');
    const [code] = (await once(up, 'exit')) as [number];
    expect(code).toBe(130);
    expect(alive(pids)).toEqual([]);
    expect(pidsNow()).toEqual([]);
  });

  test('an aborted bring-up ends what it started and gives the reason', async () => {
    const stop = new AbortController();
    const onProgress = ({ state }: StackProgress) => state === 'ready' && stop.abort(new Error('enough'));
    await expect(bringUpStack({ home, environment, signal: stop.signal, onProgress })).rejects.toThrow(
      'enough',
    );
    expect(pidsNow()).toEqual([]);
  });

  test('a data directory of another version is refused with the next step', async () => {
    const directory = join(home, 'data', 'postgres');
    const versionFile = join(directory, 'cluster', 'PG_VERSION');
    const version = readFileSync(versionFile);
    writeFileSync(versionFile, '17\n');
    await expect(bringUpStack({ home, environment })).rejects.toThrow(
      `is of version 17; this checkout runs version 18. Remove it (data sets are built again when needed): rm -rf ${directory}`,
    );
    expect(pidsNow()).toEqual([]);
    writeFileSync(versionFile, version);
  });

  // Last, for there is no way back from it.
  test('a service that ends while it starts shows the end of its log and where it lies', async () => {
    rmSync(join(home, 'data', 'postgres', 'cluster', 'global'), { recursive: true, force: true });
    const failure: Error = await bringUpStack({ home, environment }).then(
      () => expect.fail('it came up'),
      (error) => error,
    );
    expect(failure.message).toMatch(/^PostgreSQL ended with code \d+ while it started\./);
    expect(failure.message).toContain('could not');
    expect(failure.message).toContain(`The whole log: ${join(home, 'logs', 'postgres.log')}`);
    expect(readFileSync(join(home, 'logs', 'postgres.log'), 'utf8')).not.toBe('');
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
