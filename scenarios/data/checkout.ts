// Which version of the code runs: the commit of the checkout, and what was changed since.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from './repository.ts';

const run = promisify(execFile);
/** A diff of this size is no reason to run without a commit. */
const MOST_GIT_BYTES = 256 * 1024 * 1024;

export type Checkout = { commit: string | null; isDirty: boolean; changesHash: string | null };

const UNKNOWN: Checkout = { commit: null, isDirty: false, changesHash: null };

/**
 * The commit of the checkout and what was changed since; without a commit outside a git checkout, also for a copy that lies in
 * somebody else's.
 */
export async function currentCommit(root: string = repositoryRoot): Promise<Checkout> {
  try {
    const top = await git(root, ['rev-parse', '--show-toplevel']);
    if (realpathSync(top.trimEnd()) !== realpathSync(root)) return UNKNOWN;
    const [head, status] = await Promise.all([
      git(root, ['rev-parse', 'HEAD']),
      git(root, ['status', '--porcelain', '--untracked-files=all', '-z']),
    ]);
    const isDirty = status !== '';
    return {
      commit: head.trim(),
      isDirty,
      changesHash: isDirty ? await hashOfChanges(root, status) : null,
    };
  } catch {
    // A copy without git, or without a commit yet, is a fine place to run from.
    return UNKNOWN;
  }
}

async function git(root: string, words: readonly string[]): Promise<string> {
  // Inside a hook git names a repository by variables, which need not be this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const { stdout } = await run('git', [...words], { cwd: root, env, maxBuffer: MOST_GIT_BYTES });
  return stdout;
}

/** SHA-256 of what differs from the commit: the diff of files that it knows, name and content of those that it does not. */
async function hashOfChanges(root: string, status: string): Promise<string> {
  const hash = createHash('sha256').update(await git(root, ['diff', 'HEAD', '--binary', '--no-ext-diff']));
  const untracked = status.split('\0').flatMap((line) => (line.startsWith('?? ') ? [line.slice(3)] : []));
  for (const name of untracked.sort()) {
    hash.update(`\0${name}\0`).update(await readFile(join(root, name)));
  }
  return hash.digest('hex');
}
