// Whether somebody's PostgreSQL can bear a run: its version, what the role may do, how long its statements may take, how many
// connections are free. Changes nothing there.
import pg from 'pg';
import { type Judgement, ServiceProblem } from './service-problem.ts';

/** `CREATE DATABASE … STRATEGY`, with which runs copy their data set, came with this version. */
export const LEAST_POSTGRES = 15;
const CONNECT_MS = 5_000;
/** What a run needs beside the shop: threads that load a data set, the audit, and who watches. */
const OBSERVER_CONNECTIONS = 12;
/** peak-hour's shop; used where no scenario says more. */
const SHOP_CONNECTIONS = 16;

/** Limits of a role or database that would cut off statements or sessions of a run. */
const LIMITS = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'transaction_timeout',
];

/** What the server says of itself and of who has signed in. */
export type Facts = {
  version: number;
  role: string;
  may_create: boolean;
  is_standby: boolean;
  is_read_only: boolean;
  free: number;
  limits: { name: string; value: string }[];
};

const FACTS = `
  SELECT current_setting('server_version_num')::int / 10000 AS version, current_user AS role,
         role.rolcreatedb OR role.rolsuper AS may_create, pg_is_in_recovery() AS is_standby,
         current_setting('default_transaction_read_only')::bool AS is_read_only,
         (SELECT least(
                   (SELECT sum(CASE name WHEN 'max_connections' THEN setting::int ELSE -setting::int END)
                      FROM pg_settings
                     WHERE name = 'max_connections'
                        OR (name IN ('superuser_reserved_connections', 'reserved_connections') AND NOT role.rolsuper))
                     - count(*) FILTER (WHERE pid <> pg_backend_pid()),
                   CASE WHEN role.rolconnlimit >= 0 AND NOT role.rolsuper
                        THEN role.rolconnlimit - count(*) FILTER (WHERE usename = current_user AND pid <> pg_backend_pid()) END)::int
            FROM pg_stat_activity WHERE backend_type = 'client backend') AS free,
         (SELECT coalesce(json_agg(json_build_object('name', name, 'value', reset_val || ' ' || unit)), '[]')
            FROM pg_settings WHERE name = ANY ($1) AND reset_val <> '0') AS limits
    FROM pg_roles AS role
   WHERE role.rolname = current_user`;

export type PostgresNeeds = {
  /** Connections that the shop is going to hold. */
  shopConnections?: number | undefined;
  /** Whether databases will be created: not where one is named to be filled. */
  createsDatabases?: boolean;
};

/**
 * Judges the server at a URL. Limits of the role are set aside in the URL that comes back.
 * @throws ServiceProblem with everything that hinders a run
 */
export async function judgePostgres(
  url: string,
  { shopConnections = SHOP_CONNECTIONS, createsDatabases = true }: PostgresNeeds = {},
): Promise<Judgement> {
  const facts = await readFacts(url);
  const mayDo = { ...facts, may_create: facts.may_create || !createsDatabases };
  const problems = hindrances(mayDo, shopConnections + OBSERVER_CONNECTIONS);
  if (problems.length > 0) throw new ServiceProblem(problems.join(' '));
  if (facts.limits.length === 0) return { url, notes: [] };
  const limits = facts.limits.map(({ name, value }) => `${name} = ${value}`).join(', ');
  const note = `PostgreSQL holds ${facts.role} to ${limits}: Stampede's sessions set that to 0.`;
  return { url: withoutLimits(url, facts.limits), notes: [note] };
}

/** What hinders a run that needs so many connections, each in a sentence. */
export function hindrances(facts: Facts, neededConnections: number): string[] {
  const { version, role, may_create, is_standby, is_read_only, free } = facts;
  const problems: string[] = [];
  if (version < LEAST_POSTGRES) {
    problems.push(`It is PostgreSQL ${version}; needed is ${LEAST_POSTGRES} or newer.`);
  }
  if (is_standby) problems.push('It is a standby, which nobody can write to; needed is the primary.');
  else if (is_read_only) {
    problems.push(
      `Its sessions are read-only; needed: ALTER ROLE ${role} SET default_transaction_read_only = off.`,
    );
  }
  if (!may_create) problems.push(`${role} may not create databases; needed: ALTER ROLE ${role} CREATEDB.`);
  if (free < neededConnections) {
    problems.push(
      `${free} connections are free for ${role}; needed are ${neededConnections}: raise max_connections or the role's CONNECTION LIMIT, or lower shop.databaseConnections.`,
    );
  }
  return problems;
}

async function readFacts(url: string): Promise<Facts> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  // A connection cut while idle is told by the query that follows.
  client.on('error', () => undefined);
  try {
    await client.connect();
    // However short the role's own limit is; reset_val still tells it.
    await client.query('SET statement_timeout = 0');
    const { rows } = await client.query<Facts>(FACTS, [LIMITS]);
    const [facts] = rows;
    if (facts === undefined) throw new Error('PostgreSQL does not say who has signed in.');
    return facts;
  } finally {
    await client.end();
  }
}

/** The URL with the limits switched off for each session that it opens. */
function withoutLimits(url: string, limits: readonly { name: string }[]): string {
  const changed = new URL(url);
  const given = changed.searchParams.get('options');
  const own = limits.map(({ name }) => `-c ${name}=0`);
  changed.searchParams.set('options', [...(given === null ? [] : [given]), ...own].join(' '));
  // node-postgres takes a plus for itself, not for a space.
  return changed.href.replace(/\+/g, '%20');
}
