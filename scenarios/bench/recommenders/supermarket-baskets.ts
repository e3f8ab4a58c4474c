// The real baskets: `supermarket.arff` of Debian's package `weka`, 4,627 baskets of 216 kinds of things of a supermarket of New
// Zealand. Fetched with apt once, kept in Stampede's state folder, never part of the repository.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = 'weka';
const FILE = 'usr/share/doc/weka/examples/supermarket.arff';
/** The last attribute tells how much was spent; it is no thing. */
const TOTAL = 'total';

export type Baskets = { itemCount: number; baskets: number[][] };

/** Why the baskets cannot be had on this machine, in words that say what to do. */
export class NoBasketsError extends Error {
  override name = 'NoBasketsError';
}

/**
 * The text of the file, from `folder` where it was kept before. A package that `apt-get install weka` brought is read where it lies.
 * @throws NoBasketsError where there is no apt, or it does not give the package
 */
export async function supermarketFile(folder: string, signal: AbortSignal): Promise<string> {
  const kept = join(folder, 'supermarket.arff');
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  if (existsSync(join('/', FILE))) return readFileSync(join('/', FILE), 'utf8');
  const unpacked = mkdtempSync(join(tmpdir(), 'stampede-weka-'));
  try {
    await unpack(unpacked, signal);
    const file = join(unpacked, FILE);
    if (!existsSync(file)) throw new NoBasketsError(`Debian's package ${PACKAGE} holds no /${FILE}.`);
    const text = readFileSync(file, 'utf8');
    mkdirSync(folder, { recursive: true });
    await run('cp', [file, `${kept}.part`]);
    renameSync(`${kept}.part`, kept);
    return text;
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

async function unpack(folder: string, signal: AbortSignal): Promise<void> {
  try {
    await run('apt-get', ['download', PACKAGE], { cwd: folder, signal });
    const name = readdirSync(folder).find((entry) => entry.endsWith('.deb'));
    if (name === undefined) throw new Error(`apt-get download ${PACKAGE} left no .deb.`);
    await run('dpkg-deb', ['-x', name, '.'], { cwd: folder, signal });
  } catch (cause) {
    signal.throwIfAborted();
    const why =
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'no apt-get here' : (cause as Error).message;
    throw new NoBasketsError(
      `the real baskets need Debian's package ${PACKAGE} (${why.trim()}); on Debian: apt-get update, then again`,
      { cause },
    );
  }
}

/** Reads the baskets; a thing is an attribute whose value is `t`. @throws Error where the text is no such file */
export function readBaskets(text: string): Baskets {
  const lines = text.split('\n').map((line) => line.trim());
  const attributes = lines.flatMap((line) => /^@attribute\s+('[^']*'|\S+)/i.exec(line)?.[1] ?? []);
  const dataAt = lines.findIndex((line) => line.toLowerCase() === '@data');
  if (dataAt < 0 || attributes.at(-1)?.replaceAll("'", '') !== TOTAL)
    throw new Error(
      `The baskets have ${attributes.length} attributes; needed are @data and a last one "${TOTAL}".`,
    );
  const itemCount = attributes.length - 1;
  const baskets = lines.slice(dataAt + 1).flatMap((line, index) => {
    if (line === '' || line.startsWith('%')) return [];
    const values = line.split(',');
    if (values.length !== attributes.length)
      throw new Error(
        `Line ${dataAt + 2 + index} of the baskets has ${values.length} values; needed are ${attributes.length}.`,
      );
    return [values.slice(0, itemCount).flatMap((value, item) => (value === 't' ? [item] : []))];
  });
  return { itemCount, baskets };
}
