// `npm run stack -- doctor`: what is there, what is missing, and what to type, before anything is started.
import { existsSync } from 'node:fs';
import { StackError } from '../programs/stack-error.ts';
import { withoutPassword } from '../programs/without-password.ts';
import { composeAnswers } from '../services/compose-services.ts';
import { findService } from '../services/find-service.ts';
import { findJava, javaVersion } from '../services/java.ts';
import { kafkaLibsDirectory, kafkaVersion } from '../services/kafka-libs.ts';
import { type Finding, firstLine, machineFindings, STATE_DIRECTORY } from '../services/machine-findings.ts';
import { canInstall, type MissingProgram, missingPrograms } from '../services/missing-programs.ts';
import { embeddedPostgres } from '../services/postgres-programs.ts';
import { SERVICE_NAMES, type ServiceName } from '../services/stack-service.ts';

const TITLES = { postgres: 'PostgreSQL', redis: 'Redis', kafka: 'Kafka' } as const;
const VARIABLES = { postgres: 'DATABASE_URL', redis: 'REDIS_URL', kafka: 'KAFKA_BROKERS' } as const;
const MARKS = { found: '✓', missing: '✗', short: '!', none: '·' } as const;

/** All findings, the services first. Starts nothing and installs nothing. */
export async function examine(search: { home: string; environment: NodeJS.ProcessEnv }): Promise<Finding[]> {
  const machine = await machineFindings(search.home);
  // What was left running is noted in the state directory.
  if (machine.some(({ what, state }) => what === STATE_DIRECTORY && state === 'missing')) return machine;
  const services = await Promise.all(SERVICE_NAMES.map((name) => serviceFindings(name, search)));
  return [...services.flat(), ...machine];
}

/** Whether a stack could come up with these findings. */
export function canComeUp(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== 'missing');
}

/** The table, what to do below it, and the conclusion as the last line. */
export function doctorText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const rows = findings.map(
    ({ what, state, detail }) => `${MARKS[state]} ${state.padEnd(7)}  ${what.padEnd(width)}  ${detail}`,
  );
  const steps = findings.flatMap(({ state, what, next }) =>
    next === undefined ? [] : [`${MARKS[state]} ${what}: ${next}`],
  );
  const conclusion = canComeUp(findings)
    ? 'The stack can come up: npm run stack -- up, or a scenario at once.'
    : 'The stack cannot come up until what is marked ✗ is there.';
  return [...rows, '', ...steps, ...(steps.length > 0 ? [''] : []), conclusion].join('\n');
}

async function serviceFindings(
  name: ServiceName,
  search: { home: string; environment: NodeJS.ProcessEnv },
): Promise<Finding[]> {
  const what = TITLES[name];
  try {
    const found = await findService(name, { ...search, brokerCount: undefined });
    if (found === null) return localPrograms(name, search.home);
    const { origin, version } = found.service;
    const from = origin === 'environment' ? `named by ${VARIABLES[name]}` : 'left running by stack up';
    const detail = `${version === 'unknown' ? '' : `${version}, `}${from}: ${withoutPassword(found.url)}`;
    const notes = (found.notes ?? []).map(
      (next): Finding => ({ what, state: 'short', detail: 'is set otherwise', next }),
    );
    return [{ what, state: 'found', detail }, ...notes];
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return [{ what, state: 'missing', detail: 'cannot be used', next: error.message }];
  }
}

/** What a service would be started from. */
function localPrograms(name: ServiceName, home: string): Finding[] {
  const lacking = missingPrograms([name], home);
  if (name === 'postgres') return [postgresPrograms()];
  return name === 'redis' ? redisPrograms(lacking) : kafkaPrograms(lacking, home);
}

function redisPrograms(lacking: readonly MissingProgram[]): Finding[] {
  if (lacking.length > 0) return toInstall(lacking);
  const version = /v=(\S+)/.exec(firstLine('redis-server', ['--version']) ?? '')?.[1] ?? 'of unknown version';
  return [{ what: 'Redis', state: 'found', detail: `redis-server ${version}` }];
}

function kafkaPrograms(lacking: readonly MissingProgram[], home: string): Finding[] {
  const found: Finding[] = [];
  if (!lacking.some(({ what }) => what.startsWith('java')))
    found.push({ what: 'Kafka', state: 'found', detail: `java ${javaVersion(findJava())}` });
  if (existsSync(kafkaLibsDirectory(home)))
    found.push({ what: 'Kafka', state: 'found', detail: `jars of ${kafkaVersion()}` });
  else if (!lacking.some(({ what }) => what.startsWith('mvn')))
    found.push({
      what: 'Kafka',
      state: 'found',
      detail: `mvn, brings the jars of ${kafkaVersion()} (54 MB, once)`,
    });
  return [...found, ...toInstall(lacking)];
}

function postgresPrograms(): Finding {
  try {
    const { version } = embeddedPostgres();
    return { what: 'PostgreSQL', state: 'found', detail: `${version} from npm` };
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return { what: 'PostgreSQL', state: 'missing', detail: 'no programs', next: error.message };
  }
}

/** Missing programs: no hindrance where containers stand in for them or the stack installs them itself. */
function toInstall(lacking: readonly MissingProgram[]): Finding[] {
  const isContained = lacking.length > 0 && composeAnswers();
  const installs = canInstall();
  const way = isContained
    ? '; its service is started with docker compose'
    : '; it is installed at the first start';
  return lacking.map(({ service, what, aptPackage }) => ({
    what: TITLES[service],
    state: isContained || installs ? 'none' : 'missing',
    detail: `no ${what}${isContained || installs ? way : ''}`,
    next: `apt-get install -y --no-install-recommends ${aptPackage}, or set ${VARIABLES[service]} to one that runs already.`,
  }));
}
