// Brings Kafka's jars from Maven Central, once for each version, by way of kafka/pom.xml.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram } from './programs.ts';
import { logBlock } from './readiness.ts';
import { StackError } from './stack-error.ts';
import type { StartContext } from './stack-service.ts';
import { homePaths } from './state-directory.ts';

const POM = join(import.meta.dirname, 'kafka', 'pom.xml');

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

/** The directory with Kafka's jars; copies them (54 MB the first time) where they are missing. */
export async function kafkaLibs(context: StartContext): Promise<string> {
  const directory = kafkaLibsDirectory(context.home);
  if (existsSync(directory)) return directory;
  context.report('downloading', `Kafka ${kafkaVersion()} from Maven Central, 54 MB, once`);
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
        POM,
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${part}`,
      ],
      home: context.home,
    });
    const stop = () => void maven.stop();
    context.signal.addEventListener('abort', stop, { once: true });
    const { code } = await maven.exited;
    context.signal.removeEventListener('abort', stop);
    context.signal.throwIfAborted();
    if (code !== 0) {
      throw new StackError(
        `Kafka's jars could not be copied from Maven Central (mvn ended with code ${code}). Check the network, or set KAFKA_BROKERS to a Kafka that runs already.${logBlock(maven.logFile)}`,
      );
    }
    if (!existsSync(directory)) renameSync(part, directory);
    return directory;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** Runs one of Kafka's own tools to its end. Throws with what it printed when it fails. */
export async function runKafkaTool(
  java: string,
  libs: string,
  mainClass: string,
  args: readonly string[],
): Promise<void> {
  const child = spawn(java, [...kafkaClassPath(libs), '-XX:TieredStopAtLevel=1', mainClass, ...args]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((settle, fail) => {
    child.once('error', fail);
    child.once('close', settle);
  });
  if (code !== 0) throw new StackError(`Kafka's ${mainClass} ended with code ${code}:\n${output}`);
}

/** The part of a `java` command line that finds Kafka and keeps its log quiet. */
export function kafkaClassPath(libs: string): string[] {
  const log4j = join(import.meta.dirname, 'kafka', 'log4j2.properties');
  return ['-cp', join(libs, '*'), `-Dlog4j2.configurationFile=${log4j}`];
}
