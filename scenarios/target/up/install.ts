// Installs a shop of others in its folder, from its own lock file, where that is not done already.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runToEnd } from '../../../deploy/local/commands/shop-programs.ts';
import { StackError } from '../../../deploy/local/programs/stack-error.ts';
import type { RealShop } from './real-shops.ts';

/** In node_modules: the lock file that they were installed from. */
const MARK = 'node_modules/.installed-from';

/** Runs `npm ci` in the folder, or nothing when the packages there are those of the lock file. Rejects when it fails. */
export async function installShop(
  shop: RealShop,
  folder: string,
  { log, signal }: { log: (line: string) => void; signal: AbortSignal },
): Promise<void> {
  const wanted = hashOfFiles(folder, ['package-lock.json']);
  if (readIfThere(join(folder, MARK)) === wanted) return;
  const npm = process.env.npm_execpath;
  if (npm === undefined)
    throw new StackError(
      `${shop.title} is installed by npm, which did not start this command. Start it by npm: npm run target -- up ${shop.name}`,
    );
  log(`Installing ${shop.title} in targets/${shop.name}, once: about ${shop.installSeconds} s.`);
  // The npm that runs this command tells its own folders to every npm below it.
  const told = Object.keys(process.env).filter((name) => /^npm_/i.test(name));
  const environment = {
    ...Object.fromEntries(told.map((name) => [name, undefined])),
    // What npm starts is the Node that runs here, whatever the PATH has.
    PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
  };
  const args = [npm, 'ci', '--no-audit', '--no-fund'];
  await runToEnd(`target-${shop.name}-install`, args, environment, { cwd: folder, signal });
  writeFileSync(join(folder, MARK), wanted);
}

/** SHA-256 of files of a folder, in this order. @throws StackError that names one that is not there */
export function hashOfFiles(folder: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const text = readIfThere(join(folder, file));
    if (text === null)
      throw new StackError(`${join(folder, file)} is not there. Get it back: git checkout -- targets`);
    hash.update(text).update('\0');
  }
  return hash.digest('hex');
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
