// Which Stampede this is, so that a rehearsal and its generators can tell whether they mean the same: a digest of the code that
// plans and generates. It is the same for a checkout and for the package made of it.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importedFiles } from '../data/imported-files.ts';
import { repositoryRoot } from '../data/repository.ts';

const ENTRIES = ['scenarios/generator-group/main.ts', 'sim/generator/main.ts'];
const SHOWN_LENGTH = 12;

/** Such as `0.1.0, code 3f2a9c81d0b4`. */
export async function stampedeVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const reached = await Promise.all(ENTRIES.map((entry) => importedFiles(repositoryRoot, entry)));
  const hash = createHash('sha256');
  for (const file of [...new Set(reached.flat())].sort())
    hash.update(`${file}\0`).update(await readFile(join(repositoryRoot, file)));
  return `${version}, code ${hash.digest('hex').slice(0, SHOWN_LENGTH)}`;
}
