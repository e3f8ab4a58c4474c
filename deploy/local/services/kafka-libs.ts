// Brings Kafka's jars from Maven Central, once for each version, by way of kafka/pom.xml.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram } from '../programs/programs.ts';
import { StackError } from '../programs/stack-error.ts';
import { homePaths } from '../programs/state-directory.ts';
import { javaEnvironment } from './java.ts';
import { logBlock } from './readiness.ts';
import { type Account, giveTo, hasName, runsAs, usableFolder } from './service-account.ts';
import type { StartContext } from './stack-service.ts';

const POM = join(import.meta.dirname, 'kafka', 'pom.xml');
const LOG_SETTINGS = join(import.meta.dirname, 'kafka', 'log4j2.properties');

/** The version of Kafka that kafka/pom.xml names. */
export function kafkaVersion(): string {
  const version = /<artifactId>kafka_2\.13<\/artifactId>\s*<version>([\d.]+)</.exec(
    readFileSync(POM, 'utf8'),
  )?.[1];
  if (version === undefined) throw new StackError(`${POM} names no version of kafka_2.13.`);
  return version;
}

/** Where the jars lie once they are there. */
export function kafkaLibsDirectory(home: string): string {
  return join(homePaths(home).kafkaLibs, kafkaVersion());
}

/** The directory with Kafka's jars, where the account can read them; brings them (54 MB the first time) where they are missing. */
export async function kafkaLibs(context: StartContext, account: Account | null): Promise<string> {
  const folder = await broughtLibs(context);
  const jar = `kafka_2.13-${kafkaVersion()}.jar`;
  return usableFolder({
    folder,
    name: `kafka-${kafkaVersion()}`,
    home: context.home,
    works: (candidate) => runsAs(account, 'test', ['-r', join(candidate, jar)]),
    advice: `The account that runs Kafka (uid ${account?.uid ?? process.getuid?.()}) cannot read ${join(folder, jar)}. Remove ${folder}, so that it is brought again.`,
  });
}

function broughtLibs(context: StartContext): Promise<string> {
  return copyJars(context, {
    pom: POM,
    directory: kafkaLibsDirectory(context.home),
    what: `Kafka ${kafkaVersion()}`,
    size: '54 MB',
    instead: 'set KAFKA_BROKERS to a Kafka that runs already',
  });
}

/** The jars that a pom names: which, where they are to lie, and what to do where they cannot be had. */
export type Jars = { pom: string; directory: string; what: string; size: string; instead: string };

/** Copies jars from Maven Central where they are not there yet; gives their directory. */
export async function copyJars(context: StartContext, jars: Jars): Promise<string> {
  const { pom, directory, what, size, instead } = jars;
  if (existsSync(directory)) return directory;
  context.report('downloading', `${what} from Maven Central, ${size}, once`);
  const part = `${directory}.${process.pid}.part`;
  mkdirSync(part, { recursive: true });
  try {
    const maven = await startProgram({
      name: 'maven',
      command: 'mvn',
      args: [
        '-q',
        '-B',
        '-f',
        pom,
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${part}`,
        // Java knows no home of somebody without a name.
        ...(hasName(null) ? [] : [`-Duser.home=${context.home}`]),
      ],
      env: javaEnvironment(),
      home: context.home,
    });
    const stop = () => void maven.stop();
    context.signal.addEventListener('abort', stop, { once: true });
    const { code } = await maven.exited;
    context.signal.removeEventListener('abort', stop);
    context.signal.throwIfAborted();
    if (code !== 0) {
      throw new StackError(
        `The jars of ${what} could not be copied from Maven Central (mvn ended with code ${code}). Check the network, or ${instead}.${logBlock(maven.logFile)}`,
      );
    }
    if (!existsSync(directory)) renameSync(part, directory);
    return directory;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** Runs one of Kafka's own tools to its end, in a directory with a link `libs` to the jars. Throws with what it printed when it fails. */
export async function runKafkaTool(
  java: string,
  args: readonly string[],
  options: { cwd: string; account: Account | null },
): Promise<void> {
  const { cwd, account } = options;
  const child = spawn(java, [...KAFKA_CLASS_PATH, '-XX:TieredStopAtLevel=1', ...args], {
    cwd,
    env: javaEnvironment(),
    ...account,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((settle, fail) => {
    child.once('error', fail);
    child.once('close', settle);
  });
  if (code !== 0) throw new StackError(`Kafka's ${args[0]} ended with code ${code}:\n${output}`);
}

/**
 * The part of a `java` command line that finds Kafka and keeps its log quiet. From the working directory on, because a class
 * path cannot hold every folder's name (a colon parts it).
 */
export const KAFKA_CLASS_PATH = ['-cp', join('libs', '*'), '-Dlog4j2.configurationFile=log4j2.properties'];

/** Puts into a directory what `KAFKA_CLASS_PATH` names. */
export function layOutClassPath(directory: string, libs: string, account: Account | null): void {
  symlinkSync(libs, join(directory, 'libs'), 'dir');
  const settings = join(directory, 'log4j2.properties');
  copyFileSync(LOG_SETTINGS, settings);
  giveTo(account, settings);
}
