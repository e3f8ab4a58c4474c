// The shop's programs, started by their paths (system/contract/processes.ts says what they take and answer).
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, startProgram } from './programs.ts';
import { logBlock } from './readiness.ts';
import { StackError } from './stack-error.ts';
import { REPOSITORY_ROOT } from './state-directory.ts';

const READY_LIMIT_MS = 60_000;
const POLL_MS = 100;
const CLOSE_MS = 30_000;

/** Apart from the keys and topics of runs on the same services. */
const PREFIXES = { REDIS_KEY_PREFIX: 'stampede-shop:', KAFKA_PREFIX: 'stampede-shop.' };

export type ShopServices = { databaseUrl: string; redisUrl: string; kafkaBrokers: readonly string[] };

/** Runs one of the project's programs to its end. Throws with the end of its log when it fails. */
export async function runToEnd(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const program = await startNode(name, args, environment);
  const { code, signal } = await program.exited;
  if (code !== 0) throw new StackError(`${name} ended with ${code ?? signal}.${logBlock(program.logFile)}`);
}

/** Brings a shop database's schema up to date. */
export function migrateShop(databaseUrl: string): Promise<void> {
  return runToEnd('shop-migrate', ['system/main.ts', 'migrate'], { DATABASE_URL: databaseUrl });
}

/** Creates the shop's topics that do not exist yet. */
export function createShopTopics({ kafkaBrokers }: ShopServices): Promise<void> {
  return runToEnd('shop-topics', ['system/main.ts', 'topics'], {
    ...PREFIXES,
    KAFKA_BROKERS: kafkaBrokers.join(','),
  });
}

/** Hands the words to the shop's own command for dead letters, at this terminal. Gives its exit code. */
export function deadLettersCommand(
  words: readonly string[],
  kafkaBrokers: readonly string[],
): Promise<number> {
  const child = spawn(process.execPath, ['system/main.ts', 'dead-letters', ...words], {
    cwd: REPOSITORY_ROOT,
    env: { ...process.env, ...PREFIXES, KAFKA_BROKERS: kafkaBrokers.join(',') },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Starts the shop on a port of 127.0.0.1 and waits until it says that it is ready; `ended` tells why it ended later.
 * Throws with the end of its log when it does not get ready within a minute.
 */
export async function serveShop(
  services: ShopServices,
  port: number,
): Promise<{ url: string; ended: Promise<StackError> }> {
  const program = await startNode('shop', ['system/main.ts', 'serve'], {
    ...PREFIXES,
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    KAFKA_BROKERS: services.kafkaBrokers.join(','),
    SHOP_ROLES: 'api,orders-consumer',
    HOST: '127.0.0.1',
    PORT: String(port),
  });
  const ended = program.exited.then(
    ({ code, signal }) =>
      new StackError(`The shop ended with ${code ?? signal}.${logBlock(program.logFile)}`),
  );
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([untilShopReady(url, program), ended.then((failure) => Promise.reject(failure))]);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { url, ended };
}

async function untilShopReady(url: string, program: Program): Promise<void> {
  const deadlineMs = performance.now() + READY_LIMIT_MS;
  let last = 'nothing';
  while (performance.now() < deadlineMs) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    if (answer !== null) last = `${answer.status} ${await answer.text()}`;
    await delay(POLL_MS);
  }
  throw new StackError(
    `The shop is not ready after ${READY_LIMIT_MS / 1_000} s; ${url}/health/ready answers ${last}.${logBlock(program.logFile)}`,
  );
}

function startNode(name: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Program> {
  return startProgram({
    name,
    command: process.execPath,
    args,
    env: { ...process.env, ...environment },
    cwd: REPOSITORY_ROOT,
    graceMs: CLOSE_MS,
  });
}
