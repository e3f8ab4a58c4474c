// PostgreSQL's data directory: made by initdb the first time, then kept, with its superuser's password beside it.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from '../programs/program-records.ts';
import { StackError } from '../programs/stack-error.ts';
import type { PostgresPrograms } from './postgres-programs.ts';
import { type Account, accountNamed, giveTo, hasName, runsAs } from './service-account.ts';
import type { StartContext } from './stack-service.ts';

export const SUPERUSER = 'stampede';

/** One language for the messages in its log, whatever the caller's; the databases have a locale of their own. */
export const POSTGRES_ENVIRONMENT: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C' };

/** Makes the cluster where there is none; gives its superuser's password. */
export function prepareCluster(options: {
  context: StartContext;
  programs: PostgresPrograms;
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
  giveTo(account, directory, passwordFile);
  initialise(programs, `${cluster}.part`, passwordFile, account);
  renameSync(`${cluster}.part`, cluster);
  return password;
}

function initialise(
  programs: PostgresPrograms,
  cluster: string,
  passwordFile: string,
  account: Account | null,
): void {
  const args = [
    ...['-D', cluster, '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...['-E', 'UTF8', '--locale=C.UTF-8', '--locale-provider=builtin'],
  ];
  const nameless = !hasName(account);
  const [command = '', ...words] = [
    ...(nameless ? lendName(account) : []),
    join(programs.native, 'bin', 'initdb'),
    ...args,
  ];
  const { status, stderr, error } = spawnSync(command, words, {
    ...account,
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
    encoding: 'utf8',
  });
  if (status === 0) return;
  const advice = nameless
    ? `initdb wants a name for uid ${account?.uid ?? process.getuid?.()}, which this machine does not know. Add a line for it to /etc/passwd, or set DATABASE_URL to a PostgreSQL that runs already.\n`
    : '';
  throw new StackError(
    `${advice}PostgreSQL's initdb ended with code ${status}:\n${error?.message ?? stderr}`,
  );
}

/** The words that let a command see itself as `nobody`, in a user namespace; none where the system allows no such thing. */
function lendName(account: Account | null): string[] {
  const nobody = accountNamed('nobody');
  if (nobody === null) return [];
  const words = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];
  return runsAs(account, 'unshare', [...words.slice(1), 'true']) ? words : [];
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
