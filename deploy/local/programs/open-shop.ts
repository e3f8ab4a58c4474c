// Where the shop that `npm run shop` runs is to be found, in `shop.json` of the state directory, for commands that look at it.
// It holds the password of its Redis: only its owner may read it.
import { readFileSync, rmSync } from 'node:fs';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { writeWhole } from './program-records.ts';
import { homePaths } from './state-directory.ts';

export type OpenShop = { url: string; redisUrl: string; redisKeyPrefix: string };

type Note = OpenShop & { process: ProcessIdentity };

/** Notes it down for as long as this process runs; gives what takes the note away. */
export function noteOpenShop(home: string, shop: OpenShop): () => void {
  const { shopFile } = homePaths(home);
  const note: Note = { ...shop, process: ownIdentity() };
  writeWhole(shopFile, `${JSON.stringify(note, null, 2)}\n`);
  return () => rmSync(shopFile, { force: true });
}

/** The shop that is open; null where there is none, or where the process that ran it was killed. */
export function readOpenShop(home: string): OpenShop | null {
  try {
    const { process, ...shop } = JSON.parse(readFileSync(homePaths(home).shopFile, 'utf8')) as Note;
    return isRunning(process) ? shop : null;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
}
