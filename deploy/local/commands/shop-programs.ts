// The programs of the shop and of the project, started by their paths (system/contract/processes.ts says what the shop's
// take and answer): the only place that starts the shop and waits until it is ready.
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, type ProgramOptions, startProgram } from '../programs/programs.ts';
import { StackError } from '../programs/stack-error.ts';
import { REPOSITORY_ROOT } from '../programs/state-directory.ts';
import { logBlock } from '../services/readiness.ts';

const READY_LIMIT_MS = 60_000;
const POLL_MS = 50;
const CLOSE_MS = 30_000;
/** kafkajs asks for timers in the past; see deploy/require-node.cjs. */
const NODE_FLAGS = ['--disable-warning=TimeoutNegativeWarning'];

/** Apart from the keys and topics of runs on the same services. */
const PREFIXES = { REDIS_KEY_PREFIX: 'stampede-shop:', KAFKA_PREFIX: 'stampede-shop.' };

export type ShopServices = { databaseUrl: string; redisUrl: string; kafkaBrokers: readonly string[] };

/** What the programs of the project are given beside their environment. */
export type NodeProgramOptions = Pick<ProgramOptions, 'logFile' | 'nice' | 'graceMs' | 'cwd'> & {
  /** Aborting it ends the program, or the waiting for it, and rejects with the signal's reason. */
  signal?: AbortSignal;
};

/** Runs one of the project's programs to its end. Throws with the end of its log when it fails. */
export async function runToEnd(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { signal, ...options }: NodeProgramOptions = {},
): Promise<void> {
  signal?.throwIfAborted();
  const program = await startNode(name, args, environment, options);
  // One that does not go is told by whoever ends all programs of this process.
  const end = () => void program.stop().catch(() => undefined);
  signal?.addEventListener('abort', end, { once: true });
  const exit = await program.exited;
  signal?.removeEventListener('abort', end);
  signal?.throwIfAborted();
  if (exit.code !== 0)
    throw new StackError(`${name} ended with ${exit.code ?? exit.signal}.${logBlock(program.logFile)}`);
}

/** Brings a shop database's schema up to date. */
export function migrateShop(databaseUrl: string, signal?: AbortSignal): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  return runToEnd('shop-migrate', ['system/main.ts', 'migrate'], { DATABASE_URL: databaseUrl }, options);
}

/** Creates the topics of a shop that do not exist yet; which shop that is, the environment says. */
export function createShopTopics(
  environment: NodeJS.ProcessEnv,
  options: NodeProgramOptions & { name?: string } = {},
): Promise<void> {
  const { name = 'shop-topics', ...rest } = options;
  return runToEnd(name, ['system/main.ts', 'topics'], environment, rest);
}

/** The environment of the shop that a person clicks through, without its roles and port. */
export function ownShopEnvironment({ databaseUrl, redisUrl, kafkaBrokers }: ShopServices): NodeJS.ProcessEnv {
  return {
    ...PREFIXES,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    KAFKA_BROKERS: kafkaBrokers.join(','),
  };
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
    child.once('close', (code) => resolve(code ?? 3));
  });
}

/** Starts a process of the shop on a port of `host`, default 127.0.0.1, and does not wait. `environment` says which roles it has. */
export function startShopProcess(
  name: string,
  port: number,
  environment: NodeJS.ProcessEnv,
  { host = '127.0.0.1', ...options }: Omit<NodeProgramOptions, 'signal'> & { host?: string } = {},
): Promise<Program> {
  const place = { HOST: host, PORT: String(port) };
  return startNode(name, ['system/main.ts', 'serve'], { ...environment, ...place }, options);
}

/**
 * Waits until a process of the shop says that it is ready.
 * @throws StackError with the end of its log when it ended before, or is not ready within a minute
 */
export function untilShopReady(port: number, program: Program, signal?: AbortSignal): Promise<void> {
  return untilReady(`http://127.0.0.1:${port}/health/ready`, program, READY_LIMIT_MS, signal);
}

/** The same for any program: until this address answers 200, for `limitMs` at most. */
export async function untilReady(
  url: string,
  program: Program,
  limitMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  let last = 'nothing';
  let exit: Awaited<Program['exited']> | undefined;
  void program.exited.then((ended) => {
    exit = ended;
  });
  while (performance.now() < deadlineMs) {
    signal?.throwIfAborted();
    // Asked first: who answers on the port of a program that has ended is a stranger.
    if (exit !== undefined) throw endedError(program, exit);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (answer !== null) last = `${answer.status} ${(await answer.text()).slice(0, 500)}`;
    await delay(POLL_MS);
  }
  throw new StackError(
    `${program.name} is not ready after ${limitMs / 1_000} s; ${url} answers ${last}.${logBlock(program.logFile)}`,
  );
}

/** That a process of the shop ended when nobody told it to. */
export function endedError(program: Program, { code, signal }: Awaited<Program['exited']>): StackError {
  const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
  return new StackError(`${program.name} ended by itself (${how}).${logBlock(program.logFile)}`);
}

/** Starts a program for Node, by its path in the repository or in `cwd`, and does not wait. */
export function startNode(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  options: Omit<NodeProgramOptions, 'signal'>,
): Promise<Program> {
  return startProgram({
    name,
    command: process.execPath,
    args: [...NODE_FLAGS, ...args],
    env: { ...process.env, ...environment },
    cwd: REPOSITORY_ROOT,
    graceMs: CLOSE_MS,
    ...options,
  });
}
