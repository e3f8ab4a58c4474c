// Every program of our own images that docker-compose.yml and deploy/kubernetes start, run without containers: from the files and
// packages that the Dockerfile copies, with the environment of the compose file, against the services of the tests. The shop's programs are
// the same in both (kubernetes.test.ts).
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchBroker } from '../scenarios/targets/our-shop/broker-watch.ts';
import { removeKeys } from '../scenarios/targets/our-shop/redis-keys.ts';
import { composeServices, type Image, isOurs, ROOT, readDockerfile } from './compose-testing.ts';
import { metricNamesIn } from './grafana/metric-names.ts';
import { PIPELINE } from './grafana/plan/pipeline.ts';
import { queriesOf } from './grafana/queries-testing.ts';
import { builtObjects, containersOf, findKubectl } from './kubernetes-testing.ts';
import { freePorts } from './local/programs/free-ports.ts';
import { type Program, startProgram } from './local/programs/programs.ts';
import { runProgram } from './local/testing/testing.ts';
import { expressionsIn, recordedIn, ruleFiles } from './prometheus/rules-testing.ts';

const id = randomBytes(4).toString('hex');
const database = `stampede_compose_${id}`;
const prefixes = { KAFKA_PREFIX: `compose-${id}-`, REDIS_KEY_PREFIX: `compose-${id}:` };
const serverUrl = process.env.STAMPEDE_TEST_DATABASE_URL ?? '';
const kafkaBrokers = process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '';
const redisUrl = process.env.STAMPEDE_TEST_REDIS_URL ?? '';
const services = composeServices({ SEED_PEOPLE: '20', SEED_PRODUCTS: '30' });
const image = readDockerfile();
const app = mkdtempSync(join(tmpdir(), 'stampede-image-'));
const running: Program[] = [];

beforeAll(async () => {
  layOut(image, app);
  await onServer(`CREATE DATABASE ${database}`);
});
afterAll(async () => {
  for (const program of running) await program.stop();
  const broker = await watchBroker(kafkaBrokers.split(','), prefixes.KAFKA_PREFIX);
  await broker.removeAll();
  await broker.close();
  await removeKeys(redisUrl, prefixes.REDIS_KEY_PREFIX);
  await onServer(`DROP DATABASE ${database} WITH (FORCE)`);
  rmSync(app, { recursive: true, force: true });
});

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(serverUrl);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** An image's folder: what it copies without tests, and the packages that `npm ci --omit=dev` brings. */
function layOut({ copies, removedPackages }: Image, app: string): void {
  for (const { sources, target } of copies) {
    for (const source of sources) {
      const from = join(ROOT, source);
      const to = target.endsWith('/') ? join(app, target, source.split('/').at(-1) ?? '') : join(app, target);
      cpSync(from, statSync(from).isDirectory() ? join(app, target) : to, {
        recursive: true,
        filter: (path) => !path.endsWith('.test.ts'),
      });
    }
  }
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    if (removedPackages.includes(name)) continue;
    const link = join(app, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
}

/** The container's environment, its hosts put in place of the compose network's; nothing of this process's but the PATH. */
function environmentOf(name: string, port: number): NodeJS.ProcessEnv {
  const { DATABASE_URL, REDIS_URL, KAFKA_BROKERS, ...rest } = services[name]?.environment ?? {};
  expect(DATABASE_URL).toBe('postgres://stampede:stampede@postgres:5432/stampede');
  expect(REDIS_URL).toBe('redis://redis:6379');
  expect(KAFKA_BROKERS).toBe('kafka-1:9092,kafka-2:9092,kafka-3:9092');
  expect(rest.HOST).toBe('0.0.0.0');
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  const addresses = { DATABASE_URL: url.href, REDIS_URL: redisUrl, KAFKA_BROKERS: kafkaBrokers };
  const own = { ...prefixes, HOST: '127.0.0.1', PORT: String(port), PATH: process.env.PATH };
  return { ...rest, ...addresses, ...own };
}

function wordsOf(name: string): string[] {
  const { command } = services[name] ?? {};
  if (!Array.isArray(command)) throw new Error(`${name} has no list as its command.`);
  return [...image.entrypoint.slice(1), ...command];
}

async function runOneShot(name: string): Promise<string> {
  const { code, said } = await runProgram(wordsOf(name), { cwd: app, env: environmentOf(name, 1) });
  expect(code, `${name}: ${said}`).toBe(0);
  return said;
}

/** The exit code of the image's HEALTHCHECK inside such a container. */
const health = (env: NodeJS.ProcessEnv) =>
  spawnSync(process.execPath, image.healthcheck.slice(1), { cwd: app, env }).status;

test('the image starts Node, and every variable that compose sets is one of the shop’s', async () => {
  expect(image.entrypoint[0]).toBe('node');
  const help = await runProgram(['system/main.ts', '--help'], { cwd: app, env: { PATH: process.env.PATH } });
  for (const [name, service] of Object.entries(services).filter(([, one]) => isOurs(one)))
    for (const variable of Object.keys(service.environment ?? {}))
      expect(help.said, `${variable} of ${name}`).toContain(`  ${variable} `);
});

test('the one-shots end well, in the order of their dependencies, and a second time too', async () => {
  const oneShots = Object.keys(services).filter((name) => services[name]?.restart?.startsWith('on-failure'));
  expect(oneShots).toEqual(['migrate', 'topics', 'seeder']);
  expect(services.seeder?.depends_on).toHaveProperty('migrate');
  await Promise.all([runOneShot('migrate'), runOneShot('topics')]);
  expect(await runOneShot('seeder')).toMatch(/Loaded \d+ rows/);
  await Promise.all([runOneShot('migrate'), runOneShot('topics')]);
  expect(await runOneShot('seeder')).toContain('nothing is loaded');
});

test('a seeder that was cut off begins again at its next start', async () => {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client(url.href);
  await client.connect();
  try {
    const orders = async () =>
      (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM orders')).rows[0]?.n;
    expect(await orders()).toBeGreaterThan(0);
    await client.query("UPDATE stampede_history.made SET state = 'loading'");
    await client.query('TRUNCATE orders');
    expect(await runOneShot('seeder')).toMatch(/Loaded \d+ rows/);
    expect(await orders()).toBeGreaterThan(0);
    expect(await runOneShot('seeder')).toContain('nothing is loaded');
  } finally {
    await client.end();
  }
});

test('the image refuses seeded accounts on the address that it listens on, unless it is told by name', async () => {
  expect(services.api?.environment?.SHOP_ALLOW_SEEDED_ACCOUNTS).toBe('1');
  const env = { ...environmentOf('api', 0), HOST: '0.0.0.0', SHOP_ALLOW_SEEDED_ACCOUNTS: '' };
  const { code, said } = await runProgram(wordsOf('api'), { cwd: app, env });
  expect([code, said]).toEqual([3, expect.stringContaining('SHOP_ALLOW_SEEDED_ACCOUNTS=1')]);
});

test('every serving program gets ready, is healthy by the image’s check, and tells what dashboard and rules ask', async () => {
  const names = Object.keys(services).filter((name) => services[name]?.environment?.SHOP_ROLES !== undefined);
  const ports = await freePorts(names.length);
  const started = await Promise.all(
    names.map(async (name, index) => {
      const env = environmentOf(name, ports[index] ?? 0);
      expect(health(env), `health of ${name} before it runs`).toBe(1);
      const [command = [], ...args] = [process.execPath, ...wordsOf(name)];
      const program = await startProgram({
        name: `image-${name}`,
        command: String(command),
        args,
        cwd: app,
        env,
      });
      running.push(program);
      return { name, env };
    }),
  );
  const expressions = [...queriesOf(PIPELINE).map(({ expr }) => expr), ...expressionsIn(ruleFiles())];
  expect(expressions.length).toBeGreaterThan(40);
  for (const { name, env } of started) {
    await expect.poll(() => health(env), { timeout: 150_000, interval: 200, message: name }).toBe(0);
    const metrics = await (await fetch(`http://127.0.0.1:${env.PORT}/metrics`)).text();
    expect(unknownMetrics(expressions, metrics), `asked of ${name}`).toEqual([]);
  }
  expect(unknownMetrics(['sum(shop_orders_eaten_total)'], '')).toEqual(['shop_orders_eaten_total']);
});

const kubectl = findKubectl(process.env);

test.runIf(kubectl !== undefined)(
  'the Jobs of a rehearsal in a cluster start from the files of their image',
  async () => {
    const rehearsalImage = readDockerfile('rehearsal');
    const folder = join(app, 'rehearsal');
    const work = join(app, 'work');
    mkdirSync(work);
    layOut(rehearsalImage, folder);
    const [, entry = ''] = rehearsalImage.entrypoint;
    const objects = ['rehearsal', 'reports'].flatMap((name) => builtObjects(String(kubectl), name));
    const wordsIn = (name: string) => {
      const job = objects.find((one) => one.metadata.name === name && one.spec?.template);
      const [container] = job === undefined ? [] : containersOf(job);
      const args = (container?.args ?? []).map((word) => word.replace('$(INDEX)', '0').replace('4400', '0'));
      return [entry.replace(/^\/app/, folder), ...args];
    };
    const env = {
      PATH: process.env.PATH,
      STAMPEDE_KAFKA_BROKERS: kafkaBrokers,
      STAMPEDE_GENERATOR_TOKEN: 'a-token-of-this-test',
      DATABASE_URL: serverUrl,
      REDIS_URL: redisUrl,
      KAFKA_BROKERS: kafkaBrokers,
    };
    const planned = await runProgram([...wordsIn('rehearsal'), '--dry-run'], { cwd: work, env });
    expect(planned, planned.said).toMatchObject({ code: 0, said: expect.stringContaining('peak-hour') });

    const untilSaid = async (name: string, words: RegExp) => {
      const child = spawn(process.execPath, wordsIn(name), { cwd: work, env });
      const ended = new Promise((settle) => child.once('exit', settle));
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => {
          said += chunk;
        });
      try {
        await expect.poll(() => said, { timeout: 120_000 }).toMatch(words);
      } finally {
        child.kill('SIGTERM');
        await ended;
      }
    };
    await untilSaid('generators', /generator-0 waits for a rehearsal/);
    await untilSaid('reports', /http:\/\/127\.0\.0\.1:\d+/);
  },
);

/** Metrics in expressions of dashboard and rules that neither a process has nor Prometheus makes itself. */
function unknownMetrics(expressions: readonly string[], metricsText: string): string[] {
  const known = new Set(['up', 'ALERTS', ...recordedIn(ruleFiles())]);
  for (const [, name = '', kind] of metricsText.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    const endings = kind === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
    for (const ending of endings) known.add(`${name}${ending}`);
  }
  const asked = new Set(expressions.flatMap(metricNamesIn));
  return [...asked].filter((name) => !known.has(name));
}
