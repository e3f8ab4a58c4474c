// Says which programs of this machine the stack still needs, and brings them where Debian's apt and root are there.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../programs/stack-error.ts';
import { homePaths } from '../programs/state-directory.ts';
import { hasJava, javaEnvironment, NEEDED_JAVA } from './java.ts';
import { kafkaLibsDirectory } from './kafka-libs.ts';
import { logBlock } from './readiness.ts';
import type { ServiceName, StackProgress } from './stack-service.ts';

export type MissingProgram = { service: Exclude<ServiceName, 'postgres'>; what: string; aptPackage: string };

const REDIS: MissingProgram = {
  service: 'redis',
  what: 'redis-server (Redis 7 or newer)',
  aptPackage: 'redis-server',
};
const JAVA: MissingProgram = {
  service: 'kafka',
  what: `java (version ${NEEDED_JAVA} or newer, runs Kafka)`,
  aptPackage: 'openjdk-17-jre-headless',
};
const MAVEN: MissingProgram = {
  service: 'kafka',
  what: "mvn (Maven, brings Kafka's jars)",
  aptPackage: 'maven',
};

/** The programs that these services need and this machine lacks. */
export function missingPrograms(services: readonly ServiceName[], home: string): MissingProgram[] {
  const missing: MissingProgram[] = [];
  if (services.includes('redis') && !answers('redis-server', '--version')) missing.push(REDIS);
  if (services.includes('kafka')) {
    if (!hasJava()) missing.push(JAVA);
    if (!existsSync(kafkaLibsDirectory(home)) && !answers('mvn', '--version')) missing.push(MAVEN);
  }
  return missing;
}

/** Brings what is missing by apt, or throws one error that names all of it and the command that brings it. */
export async function installMissing(
  missing: readonly MissingProgram[],
  home: string,
  report: (service: ServiceName, state: StackProgress['state'], detail: string) => void,
): Promise<void> {
  if (missing.length === 0) return;
  const apt = hasApt();
  if (!canInstall()) throw new StackError(missingText(missing, apt));
  const packages = missing.map(({ aptPackage }) => aptPackage);
  for (const { service, what, aptPackage } of missing) {
    report(service, 'installing', `${what} is missing: apt-get install ${aptPackage}`);
  }
  const log = join(homePaths(home).logs, 'apt.log');
  await runApt(['update'], log);
  await runApt(['install', '-y', '--no-install-recommends', ...packages], log);
  const still = missing.filter(({ service }) => missingPrograms([service], home).length > 0);
  if (still.length > 0) throw new StackError(`${missingText(still, apt)}${logBlock(log)}`);
}

/** The one message about everything that is missing, with the command that brings it. */
export function missingText(missing: readonly MissingProgram[], apt: boolean): string {
  const packages = missing.map(({ aptPackage }) => aptPackage).join(' ');
  const variables = [
    ...new Set(missing.map(({ service }) => (service === 'redis' ? 'REDIS_URL' : 'KAFKA_BROKERS'))),
  ];
  const next = apt
    ? `Install them: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`
    : `Install them with this system's package manager (on Debian: apt-get install ${packages})`;
  return [
    'The stack needs programs that this machine does not have:',
    ...missing.map(({ what, service }) => `  - ${what}, for ${service}`),
    `${next}; or set ${variables.join(' and ')} to services that run already.`,
  ].join('\n');
}

/** Whether the stack brings missing programs itself: Debian's apt and root are there. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && hasApt();
}

function hasApt(): boolean {
  return answers('apt-get', '--version');
}

function answers(command: string, flag: string): boolean {
  return spawnSync(command, [flag], { stdio: 'ignore', env: javaEnvironment() }).status === 0;
}

async function runApt(args: readonly string[], logFile: string): Promise<void> {
  const log = openSync(logFile, 'a');
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn('apt-get', args, { stdio: ['ignore', log, log], env });
    const code = await new Promise<number | null>((settle, fail) => {
      child.once('error', fail);
      child.once('exit', settle);
    });
    if (code !== 0)
      throw new StackError(`apt-get ${args.join(' ')} ended with code ${code}.${logBlock(logFile)}`);
  } finally {
    closeSync(log);
  }
}
