// The services for the integration tests: the stack that is up where there is one, else one of its own on an empty data
// directory. Tests read the STAMPEDE_TEST_ variables; programs that tests start are given the addresses by them.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from '../programs/process-identity.ts';
import { watchForTheEnd } from '../programs/programs-of-this-process.ts';
import { bringUpStack } from '../services/stack.ts';

const DIRECTORY_PREFIX = 'stampede-tests-';

/** Vitest's global set-up; gives its tear-down. It takes no run lock: tests themselves may start runs. */
export default async function setup(): Promise<() => Promise<void>> {
  removeLeftDirectories();
  const dataDirectory = mkdtempSync(join(tmpdir(), `${DIRECTORY_PREFIX}${process.pid}-`));
  // PostgreSQL runs as another account when the tests run as root, and must get there.
  chmodSync(dataDirectory, 0o755);
  const removeData = () => rmSync(dataDirectory, { recursive: true, force: true });
  // At Ctrl-C Vitest tears nothing down.
  watchForTheEnd();
  process.once('exit', removeData);
  const tearDowns = [async () => removeData()];
  const tearDown = async () => {
    for (const step of tearDowns.toReversed()) await step();
  };
  try {
    const stack = await bringUpStack({ dataDirectory, log: console.error });
    tearDowns.push(() => stack.stop());
    // Workers are forked later and inherit these.
    process.env.STAMPEDE_TEST_DATABASE_URL = stack.postgresUrl;
    process.env.STAMPEDE_TEST_REDIS_URL = stack.redisUrl;
    process.env.STAMPEDE_TEST_KAFKA_BROKERS = stack.kafkaBrokers.join(',');
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}

/** Data of test runs that were killed. */
function removeLeftDirectories(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(DIRECTORY_PREFIX))) {
    const pid = Number(name.slice(DIRECTORY_PREFIX.length).split('-')[0]);
    if (identify(pid) === null) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
