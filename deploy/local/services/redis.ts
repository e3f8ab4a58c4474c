// Starts a Redis of this machine as a cache: nothing on disk, a bound on memory, the least recently used goes first. It wants
// a password, because every account of the machine reaches its port.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../programs/free-ports.ts';
import { startProgram } from '../programs/programs.ts';
import { StackError } from '../programs/stack-error.ts';
import { probeRedis } from './probes.ts';
import { readyService } from './ready-service.ts';
import { emptyOwnDirectory, giveTo, reachableDirectory, serviceAccount } from './service-account.ts';
import type { StartContext, StartedService } from './stack-service.ts';

export const NEEDED_REDIS = 7;

/** Starts `redis-server` of the PATH on a free port of 127.0.0.1 and waits until it answers. */
export async function startRedis(context: StartContext): Promise<StartedService> {
  const startedMs = performance.now();
  refuseOldRedis(redisServerVersion());
  const account = serviceAccount(join(context.dataDirectory, 'redis'));
  const [port] = await freePorts(1);
  const directory = join(reachableDirectory(context.dataDirectory, account), 'redis');
  emptyOwnDirectory(directory, account);
  // In a file, because everybody on the machine can read a command line.
  const password = randomBytes(18).toString('base64url');
  const configFile = join(directory, 'redis.conf');
  writeFileSync(configFile, `requirepass ${password}\n`, { mode: 0o600 });
  giveTo(account, configFile);
  context.report('starting', `redis-server on port ${port}`);
  const program = await startProgram({
    name: 'redis',
    command: 'redis-server',
    args: [
      ...[configFile, '--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--daemonize', 'no'],
      ...['--save', '', '--appendonly', 'no', '--maxmemory', '256mb', '--maxmemory-policy', 'allkeys-lru'],
    ],
    cwd: '/',
    // A locale that the machine does not have keeps newer versions from starting.
    env: { ...process.env, LC_ALL: 'C' },
    home: context.home,
    graceMs: 5_000,
    endTogether: 'stack',
    ...account,
  });
  const url = `redis://:${password}@127.0.0.1:${port}`;
  return readyService({
    name: 'redis',
    what: 'Redis',
    url,
    program,
    startedMs,
    probe: () => probeRedis(url),
    deadlineMs: 20_000,
    signal: context.signal,
  });
}

/** The version of `redis-server` in the PATH, such as 7.0.15; null where there is none or it does not say. */
export function redisServerVersion(): string | null {
  const { stdout, status } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  return status === 0 ? (/v=(\S+)/.exec(stdout)?.[1] ?? null) : null;
}

/** Throws where the version is known and too old; says what to do. */
export function refuseOldRedis(version: string | null): void {
  if (version === null || Number.parseInt(version, 10) >= NEEDED_REDIS) return;
  throw new StackError(
    `redis-server is version ${version}; needed is ${NEEDED_REDIS} or newer. Install a newer one (https://redis.io/docs/latest/operate/oss_and_stack/install/), or set REDIS_URL to one that runs already.`,
  );
}
