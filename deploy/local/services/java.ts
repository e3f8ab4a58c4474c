// Finds a Java that runs Kafka 4: version 17 or newer.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { StackError } from '../programs/stack-error.ts';
import { type Account, runsAs } from './service-account.ts';

export const NEEDED_JAVA = 17;

/**
 * What programs in Java are started with: file names in UTF-8 (a C locale would turn other letters into question marks) and no
 * language's own rules for capitals.
 */
export const javaEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, LC_ALL: 'C.UTF-8' });

/**
 * The `java` to call: of JAVA_HOME, else of the PATH. Throws when there is none, it is too old, or the account that is to
 * run it cannot.
 */
export function findJava(
  account: Account | null = null,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const command = javaCommand(environment);
  const version = javaVersion(command);
  if (version !== null && version >= NEEDED_JAVA) {
    if (account === null || runsAs(account, command, ['-version'])) return command;
    throw new StackError(
      `Kafka is run by the account with uid ${account.uid}, which cannot run ${command}. Install Java ${NEEDED_JAVA} or newer where every account reaches it, and set JAVA_HOME to it.`,
    );
  }
  const found = version === null ? 'there is none' : `${command} is version ${version}`;
  throw new StackError(
    `Kafka needs Java ${NEEDED_JAVA} or newer; ${found}. Install one, or set JAVA_HOME to one.`,
  );
}

/** Whether a Java that runs Kafka is there. */
export function hasJava(environment: NodeJS.ProcessEnv = process.env): boolean {
  return (javaVersion(javaCommand(environment)) ?? 0) >= NEEDED_JAVA;
}

/** The major version that `java -version` prints; null when it cannot be run. 1.8 counts as 8. */
export function javaVersion(command: string): number | null {
  const { stderr, status } = spawnSync(command, ['-version'], { encoding: 'utf8', env: javaEnvironment() });
  return status === 0 ? parseJavaVersion(stderr) : null;
}

/** The major version in the text of `java -version`; null when it names none. */
export function parseJavaVersion(text: string): number | null {
  const match = /version "(?:1\.)?(\d+)/.exec(text);
  return match === null ? null : Number(match[1]);
}

function javaCommand(environment: NodeJS.ProcessEnv): string {
  const home = environment.JAVA_HOME;
  return home ? join(home, 'bin', 'java') : 'java';
}
