// Runs at the end of `npm ci`: lets `npm run check` stand before every commit of a checkout. A copy inside somebody else's
// repository, a folder for hooks that somebody chose and a hook that somebody wrote are left alone.
const { execFileSync } = require('node:child_process');
const { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

const root = resolve(__dirname, '..');
const MARK = '# Written by deploy/git-hooks.cjs.';
// The variables by which git names the repository of the commit would reach the repositories that tests make.
const HOOK = `#!/bin/sh\n${MARK}\nunset $(git rev-parse --local-env-vars)\nexec npm run check\n`;
/** What was written before this program did it. */
const FORMER = /SKIP_SIMPLE_GIT_HOOKS/;

/** What git answers here; null where it fails or is not there. */
function git(...words) {
  // Inside a hook git names a repository by variables, which need not be this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  try {
    const options = { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', words, options).trim();
  } catch {
    return null;
  }
}

const top = git('rev-parse', '--show-toplevel');
if (top !== null && realpathSync(top) === realpathSync(root) && git('config', 'core.hooksPath') === null) {
  const hook = join(resolve(root, git('rev-parse', '--git-path', 'hooks')), 'pre-commit');
  const found = existsSync(hook) ? readFileSync(hook, 'utf8') : MARK;
  if (found.includes(MARK) || FORMER.test(found)) {
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(hook, HOOK, { mode: 0o755 });
  }
}
