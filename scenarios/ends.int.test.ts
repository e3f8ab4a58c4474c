// Ends that nobody planned, in the measured span of a real rehearsal: what the process says and exits with, what stands in
// the run directory, and that nothing of the run is left on any server.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import kafkajs from 'kafkajs';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning, type ProcessIdentity } from '../deploy/local/programs/process-identity.ts';
import { withClient } from './data/databases.ts';
import { quickly, type Running, set, startCommand, unhurriedGenerator } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-ends-'));
const services = {
  postgres: process.env.STAMPEDE_TEST_DATABASE_URL ?? '',
  redis: process.env.STAMPEDE_TEST_REDIS_URL ?? '',
  kafka: (process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '').split(','),
};
const redis = new Redis(services.redis, { lazyConnect: true });
const kafka = new kafkajs.Kafka({ brokers: services.kafka, logLevel: kafkajs.logLevel.NOTHING });
const admin = kafka.admin();
const LIMIT = { timeout: 120_000, interval: 100 };
const SLOW_MS = 400_000;

let runs: string;
let running: Running[] = [];
let count = 0;
beforeEach(newRunsFolder);
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  running = [];
});
afterAll(async () => {
  redis.disconnect();
  await admin.disconnect();
  rmSync(folder, { recursive: true, force: true });
});

function newRunsFolder(): void {
  count += 1;
  runs = join(folder, `runs-${count}`);
  mkdirSync(runs);
}

/** Long enough to be met in the middle. */
function start(seconds = 60, ...more: string[]): Running {
  const limits = ['order-confirmed-p95', 'http-response-p99'].map((name) => `thresholds.${name}=60000`);
  const command = startCommand('scenarios/main.ts', folder, [
    'smoke',
    '--duration',
    String(seconds),
    '--out',
    runs,
    ...set([...quickly, ...unhurriedGenerator, ...limits]),
    ...more,
  ]);
  running.push(command);
  return command;
}

const seriesRows = (): number => {
  const file = join(runs, 'latest', 'cells', 'kafka', '0', 'series.ndjson');
  try {
    return readFileSync(file, 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
};
const inMeasuredSpan = () => expect.poll(seriesRows, LIMIT).toBeGreaterThan(2);

/** The command in the middle of what it measures. */
async function measuring(seconds?: number): Promise<Running & { left: () => Promise<string[]> }> {
  const before = new Set(await everything());
  const command = start(seconds);
  await Promise.race([
    inMeasuredSpan(),
    command.ended.then(({ code, stdout, stderr }) => {
      throw new Error(`It ended with ${code} before it measured:\n${stdout}\n${stderr}`);
    }),
  ]);
  // Other test files rehearse as well; theirs have other marks.
  const own = ownMarkIn(
    (await everything()).filter((name) => !before.has(name)),
    command.child.pid ?? 0,
  );
  return {
    ...command,
    left: async () => (await everything()).filter((name) => own.some((part) => name.includes(part))),
  };
}

const topicsOf = async () => (await admin.listTopics()).filter((topic) => topic.startsWith('stampede-'));
const groupsOf = async () =>
  (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((id) => id.startsWith('stampede-'));
async function everything(): Promise<string[]> {
  const { rows } = await withClient(services.postgres, (client) =>
    client.query("SELECT datname FROM pg_database WHERE datname LIKE 'stampede_run_%'"),
  );
  await admin.connect();
  const keys = await redis.keys('stampede:*');
  const noted = await redis.smembers('stampede:runs');
  return [
    ...rows.map(({ datname }) => String(datname)),
    ...(await topicsOf()),
    ...(await groupsOf()),
    ...keys,
    ...noted,
  ];
}

/** The ids in the names of databases, topics and keys that belong to the process. */
function ownMarkIn(names: readonly string[], pid: number): string[] {
  const databases = names.filter((name) => name.startsWith('stampede_run_'));
  const ids = databases.map((name) => name.slice('stampede_run_'.length));
  const marked = ids.filter((id) => id.includes(`_${pid.toString(36)}_`));
  return marked.length > 0 ? marked : ids;
}

const status = () => JSON.parse(readFileSync(join(runs, 'latest', 'status.json'), 'utf8'));
const errorLines = (stderr: string) => stderr.split('\n').filter((line) => line !== '');

/** The programs that a command noted down as its own, e.g. the shop and the generator. */
function programsOf(): ProcessIdentity[] {
  const notes = join(folder, 'home', 'programs');
  return readdirSync(notes).map((file) => JSON.parse(readFileSync(join(notes, file), 'utf8')).process);
}

describe('a rehearsal that is ended in its measured span', { timeout: SLOW_MS }, () => {
  it.for([
    ['SIGINT', 130, 'Stopped by SIGINT (Ctrl-C).'],
    ['SIGTERM', 143, 'Stopped by SIGTERM.'],
    ['SIGHUP', 143, 'Stopped by SIGHUP (its terminal went away).'],
  ] as const)('by %s exits with %i, names the cause and leaves nothing', async ([signal, code, words]) => {
    const { child, ended, left } = await measuring();
    const programs = programsOf();
    expect(programs.length).toBeGreaterThan(2);
    expect(await left()).not.toEqual([]);
    child.kill(signal);
    const { code: found, stderr } = await ended;
    expect(errorLines(stderr)).toEqual([`✗ ${words}`]);
    expect(found).toBe(code);
    expect(status()).toMatchObject({ state: 'aborted', reason: words });
    expect(programs.filter(isRunning)).toEqual([]);
    await expect.poll(left, LIMIT).toEqual([]);
  });

  it('by a second Ctrl-C does not wait, and the next run removes what is left, as after kill -9', async () => {
    const { child, ended, left } = await measuring();
    const programs = programsOf();
    child.kill('SIGINT');
    await expect.poll(() => status().state, LIMIT).toBe('aborted');
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(programs.filter(isRunning)).toEqual([]);

    newRunsFolder();
    const killed = await measuring();
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect((await killed.left()).some((name) => name.startsWith('stampede_run_'))).toBe(true);
    // Names like ours without our mark are somebody else's.
    const foreign = {
      database: 'stampede_run_of_somebody',
      topic: 'stampede-of-somebody',
      key: 'stampede:somebody:1',
    };
    await withClient(services.postgres, (client) => client.query(`CREATE DATABASE ${foreign.database}`));
    await admin.createTopics({ topics: [{ topic: foreign.topic }] });
    await redis.set(foreign.key, '1');
    try {
      const next = start(5);
      const { code, stderr } = await next.ended;
      expect(code, stderr).toBe(0);
      // By this one, or by one that another test file has begun meanwhile.
      await expect.poll(killed.left, LIMIT).toEqual([]);
      await expect.poll(left, LIMIT).toEqual([]);
      expect(await everything()).toEqual(expect.arrayContaining(Object.values(foreign)));
    } finally {
      await withClient(services.postgres, (client) => client.query(`DROP DATABASE ${foreign.database}`));
      await admin.deleteTopics({ topics: [foreign.topic] });
      await redis.del(foreign.key);
    }
  });

  it('by a reader that closes the pipe exits with 3 and says so', async () => {
    const { child, ended, left } = await measuring(5);
    child.stdout.destroy();
    const { code, stderr } = await ended;
    expect(errorLines(stderr)).toEqual(['✗ Standard output was closed by its reader (EPIPE).']);
    expect(code).toBe(3);
    expect(status()).toMatchObject({ state: 'aborted', reason: expect.stringContaining('EPIPE') });
    await expect.poll(left, LIMIT).toEqual([]);
  });

  it('by a full disk exits with 3, says which, and leaves nothing on the servers', async ({ skip }) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', runs]);
    if (mounted.status !== 0) skip('only root may mount a small file system');
    try {
      const { child, ended, left } = await measuring();
      const filler = spawnSync('dd', ['if=/dev/zero', `of=${join(runs, 'filler')}`, 'bs=4k']);
      expect(String(filler.stderr)).toContain('No space left');
      const { code, stderr } = await ended;
      expect(child.exitCode).toBe(3);
      expect(code).toBe(3);
      expect(errorLines(stderr).at(-1)).toMatch(/^✗ .*ENOSPC.*/);
      expect(status()).toMatchObject({ state: 'aborted', reason: expect.stringContaining('ENOSPC') });
      await expect.poll(left, LIMIT).toEqual([]);
    } finally {
      spawnSync('umount', ['-l', runs]);
    }
  });

  it('keeps its verdict when something cannot be taken away, and says what and how', async () => {
    const { ended, left } = await measuring(5);
    const database = (await left()).find((name) => name.startsWith('stampede_run_')) ?? '';
    // PostgreSQL drops no template.
    await withClient(services.postgres, (client) =>
      client.query(`ALTER DATABASE ${database} IS_TEMPLATE true`),
    );
    const { code, stdout, stderr } = await ended;
    await withClient(services.postgres, (client) =>
      client.query(`ALTER DATABASE ${database} IS_TEMPLATE false`),
    );
    await withClient(services.postgres, (client) => client.query(`DROP DATABASE ${database}`));
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('✓ PASS');
    expect(stdout).toContain(`! Left behind: database ${database} (`);
    expect(status()).toMatchObject({ state: 'finished' });
    expect(readFileSync(join(runs, 'latest', 'left-behind.txt'), 'utf8')).toContain(
      `DROP DATABASE ${database} WITH (FORCE)`,
    );
    await expect.poll(left, LIMIT).toEqual([]);
  });
});
