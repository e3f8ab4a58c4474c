// `npm run stack -- logs`: the end of the services' logs, and what is added to them while somebody looks.
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLines } from '../programs/log-tail.ts';
import { homePaths } from '../programs/state-directory.ts';
import { SERVICE_NAMES, type ServiceName } from '../services/stack-service.ts';

const POLL_MS = 250;
const CHUNK_BYTES = 256 * 1_024;

/** The log files of a service, of all services without a name; Kafka has one for each broker. */
export function serviceLogs(home: string, service: ServiceName | undefined): string[] {
  const { logs } = homePaths(home);
  const wanted = service === undefined ? SERVICE_NAMES : [service];
  const files = readdirSync(logs).sort();
  return wanted
    .flatMap((name) => files.filter((file) => file === `${name}.log` || file.startsWith(`${name}-`)))
    .map((file) => join(logs, file));
}

/** Writes the last `lineCount` lines of each log; several logs get headings. */
export function writeTails(files: readonly string[], lineCount: number, write: (line: string) => void): void {
  for (const file of files) {
    if (files.length > 1) write(`── ${file}`);
    for (const line of lastLines(file, lineCount)) write(line);
  }
}

/** Writes the lines that are added from now on, until the signal aborts; of several logs each line names its own. */
export async function follow(
  files: readonly string[],
  write: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const readers = files.map((file) => {
    const prefix = files.length > 1 ? `${basename(file, '.log')}  ` : '';
    return createReader(file, (line) => write(`${prefix}${line}`));
  });
  while (!signal.aborted) {
    for (const read of readers) read();
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

function createReader(file: string, write: (line: string) => void): () => void {
  let offset = statSync(file).size;
  let rest = '';
  return () => {
    const { size } = statSync(file);
    if (size < offset) offset = 0;
    while (offset < size) {
      const buffer = Buffer.alloc(Math.min(size - offset, CHUNK_BYTES));
      const descriptor = openSync(file, 'r');
      try {
        offset += readSync(descriptor, buffer, 0, buffer.length, offset);
      } finally {
        closeSync(descriptor);
      }
      const lines = (rest + buffer.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) write(line);
    }
  };
}
