// The stack in surroundings that are not ours, up and down twice in a row.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { homePaths, REPOSITORY_ROOT, stampedeHome } from '../programs/state-directory.ts';
import { embeddedPostgres, restoreLinks } from './postgres-programs.ts';
import { sharedDirectory } from './service-account.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stampede-foreign-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** `up` and `down` as one line of a shell; the words before them change the surroundings. */
function upAndDown(home: string, before: string, env: NodeJS.ProcessEnv, wrapper: readonly string[] = []) {
  const main = `"${process.execPath}" -r ./deploy/require-node.cjs deploy/local/commands/main.ts`;
  const [command = '', ...words] = [...wrapper, 'sh', '-c', `${before} ${main} up && ${main} down`];
  const { DATABASE_URL: _1, REDIS_URL: _2, KAFKA_BROKERS: _3, ...rest } = process.env;
  return spawnSync(command, words, {
    cwd: REPOSITORY_ROOT,
    env: { ...rest, STAMPEDE_HOME: home, TMPDIR: folder, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The jars that this machine has already, where the test's own state directory finds them. */
function lendJars(home: string): void {
  const libs = homePaths(stampedeHome()).kafkaLibs;
  mkdirSync(home, { recursive: true });
  if (existsSync(libs)) symlinkSync(libs, join(home, 'kafka-libs'));
}

test("a folder's letters, commas and spaces, a C locale, a tight umask and somebody's variables", () => {
  const home = join(folder, '가게 복사, 둘', 'state');
  lendJars(home);
  onTestFinished(() => rmSync(sharedDirectory(join(home, 'data')), { recursive: true, force: true }));
  const env = {
    LC_ALL: 'C',
    TZ: 'Asia/Kathmandu',
    HTTP_PROXY: 'http://127.0.0.1:1',
    NODE_USE_ENV_PROXY: '1',
    PGSSLMODE: 'require',
    PGOPTIONS: '-c default_transaction_read_only=on',
  };
  for (const umask of ['077', '027']) {
    const { status, stdout, stderr } = upAndDown(home, `umask ${umask};`, env);
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toContain('Ended: kafka-1, postgres, redis.');
  }
  expect(readdirSync(join(folder, '가게 복사, 둘'))).toEqual(['state']);
});

test.runIf(process.getuid?.() === 0 && process.platform === 'linux')('somebody without a name', () => {
  const home = join(folder, 'state');
  lendJars(home);
  for (const path of [folder, home, join(home, 'logs'), join(home, 'programs')].filter((one) =>
    existsSync(one),
  ))
    chownSync(path, 12_345, 12_345);
  const wrapper = ['setpriv', '--reuid=12345', '--regid=12345', '--clear-groups'];
  for (let time = 1; time <= 2; time += 1) {
    const { status, stdout, stderr } = upAndDown(
      home,
      '',
      { HOME: '/nonexistent', LANG: 'tr_TR.UTF-8' },
      wrapper,
    );
    // Where the system lends nobody a name, one line says what to do.
    if (status === 0) expect(stdout).toContain('Ended: kafka-1, postgres, redis.');
    else expect(stderr).toContain('initdb wants a name for uid 12345');
  }
});

test("PostgreSQL's libraries find each other where npm ran no scripts", () => {
  const native = join(folder, 'native');
  cpSync(join(embeddedPostgres().root, 'native'), native, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/\/lib\/lib\w+\.so(\.\d+)?$/.test(path) || !isLink(path),
  });
  const version = () => spawnSync(join(native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  expect(version().status).not.toBe(0);
  restoreLinks(native);
  expect(version()).toMatchObject({ status: 0, stdout: expect.stringMatching(/PostgreSQL\) 18\./) });
});

function isLink(path: string): boolean {
  return spawnSync('test', ['-L', path]).status === 0;
}
