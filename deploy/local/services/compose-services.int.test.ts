// No engine is needed: a program named `docker` stands in for it, notes what it is told and runs the real redis-server on
// the port that it is given.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { takeDown } from '../commands/up-and-down.ts';
import { runProgram, temporaryHome } from '../testing/testing.ts';
import { COMPOSE_FILE } from './compose-services.ts';

const STACK = join(import.meta.dirname, '../commands/main.ts');
const REDIS_SERVER = execFileSync('/bin/sh', ['-c', 'command -v redis-server'], { encoding: 'utf8' }).trim();

let home: string;
let bin: string;
beforeEach(() => {
  home = temporaryHome('compose');
  bin = join(home, 'bin');
  mkdirSync(bin);
  onTestFinished(async () => {
    await takeDown(home);
    rmSync(home, { recursive: true, force: true });
  });
});

/** An engine that answers, or (`upScript`) whose `up` does something else. */
function placeDocker(upScript = runsRedis()): void {
  const docker = join(bin, 'docker');
  writeFileSync(
    docker,
    `#!/bin/sh
echo "$COMPOSE_PROJECT_NAME|$COMPOSE_FILE|$COMPOSE_PROFILES|$REDIS_PORT|$*" >> '${join(home, 'calls')}'
case "$1 $2" in
  'compose version') echo 2.29.0 ;;
  'info --format') echo 27.1.0 ;;
  'compose up') ${upScript} ;;
  'compose down') [ ! -f '${pidFile()}' ] || kill "$(/bin/cat '${pidFile()}')" ;;
  *) exit 64 ;;
esac
`,
  );
  chmodSync(docker, 0o755);
}

const pidFile = () => join(home, 'container.pid');
const runsRedis = () =>
  `echo $$ > '${pidFile()}'; exec '${REDIS_SERVER}' --port "$REDIS_PORT" --bind 127.0.0.1 --save '' --dir '${home}'`;

/** What `docker` was told, but for the questions whether it is there. */
function calls() {
  return readFileSync(join(home, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('|') as [string, string, string, string, string])
    .filter(([, , , , words]) => !/^(compose version|info)/.test(words));
}

/** This project's programs on a machine without redis-server; PostgreSQL and Kafka are those of the tests. */
const environment = () => ({
  PATH: bin,
  TMPDIR: home,
  STAMPEDE_HOME: home,
  DATABASE_URL: process.env.STAMPEDE_TEST_DATABASE_URL,
  KAFKA_BROKERS: process.env.STAMPEDE_TEST_KAFKA_BROKERS,
});

test('a missing Redis stands in a container for as long as a run needs it', async () => {
  placeDocker();
  const script = `
    import { bringUpStack } from ${JSON.stringify(join(import.meta.dirname, 'stack.ts'))};
    import { Redis } from ${JSON.stringify(import.meta.resolve('ioredis'))};
    const stack = await bringUpStack();
    const redis = new Redis(stack.redisUrl);
    const pong = await redis.ping();
    await redis.quit();
    const { origin, version } = stack.services.find(({ name }) => name === 'redis');
    console.log(JSON.stringify({ pong, origin, version, url: stack.redisUrl }));
    await stack.stop();`;
  const { code, said } = await runProgram(['--input-type=module', '-e', script], { env: environment() });
  expect(code, said).toBe(0);
  const seen = JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1));
  expect(seen).toMatchObject({ pong: 'PONG', origin: 'compose', version: expect.stringMatching(/^\d+\./) });
  const { port } = new URL(seen.url);
  const told = [`stampede-redis-${port}`, COMPOSE_FILE, 'core', port];
  expect(calls()).toEqual([
    [...told, 'compose up --no-deps --no-build --quiet-pull redis'],
    [...told, 'compose down --volumes --timeout 5'],
  ]);
  await expectGone(seen.url);
});

test('left up it stays until it is taken down, and the doctor tells of it before', async () => {
  placeDocker();
  const doctor = await runProgram([STACK, 'doctor'], { env: environment() });
  expect(doctor.said).toMatch(/Redis +no redis-server .*; its service is started with docker compose/);
  const up = await runProgram([STACK, 'up'], { env: environment() });
  expect(up.code, up.said).toBe(0);
  const redis = new Redis(`redis://127.0.0.1:${calls()[0]?.[3]}`);
  expect(await redis.ping()).toBe('PONG');
  redis.disconnect();
  const down = await runProgram([STACK, 'down'], { env: environment() });
  expect(down.code, down.said).toBe(0);
  expect(calls().map(([, , , , words]) => words.split(' ')[1])).toEqual(['up', 'down']);
  await expectGone(`redis://127.0.0.1:${calls()[0]?.[3]}`);
});

test('containers that do not come up are taken away and told of', async () => {
  placeDocker('echo "no space left on device"; exit 17');
  const { code, said } = await runProgram([STACK, 'up'], { env: environment() });
  expect(code).toBe(3);
  expect(said).toContain('redis in containers ended with code 17');
  expect(said).toContain('no space left on device');
  expect(calls().map(([, , , , words]) => words.split(' ')[1])).toEqual(['up', 'down']);
  expect(existsSync(pidFile())).toBe(false);
});

/** The stand-in does not wait, as the real `down` does, until the container has ended. */
async function expectGone(url: string): Promise<void> {
  const connects = async () => {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined);
    return redis
      .connect()
      .then(
        () => true,
        () => false,
      )
      .finally(() => redis.disconnect());
  };
  await expect.poll(connects).toBe(false);
}
