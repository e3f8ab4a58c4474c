// Commands as people type them, through npm: in a folder of theirs, with output for a program to read.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const typed = join(ROOT, 'docs', `typed-in-${process.pid}`);
const home = mkdtempSync(join(tmpdir(), 'stampede-typed-'));
mkdirSync(typed);
afterAll(() => {
  for (const folder of [typed, home]) rmSync(folder, { recursive: true, force: true });
});

/** A line of a shell in a folder below the project. */
function shell(line: string, more: NodeJS.ProcessEnv = {}) {
  const { DATABASE_URL: _1, REDIS_URL: _2, KAFKA_BROKERS: _3, ...surrounding } = process.env;
  // Vitest keeps Node from keeping what it compiled while coverage is collected; people’s shells do not.
  const { NODE_DISABLE_COMPILE_CACHE: _4, ...rest } = surrounding;
  const env = { ...rest, STAMPEDE_HOME: home, TMPDIR: home, ...more };
  return spawnSync('sh', ['-c', line], { cwd: typed, env, encoding: 'utf8' });
}

test('import reads a file that lies where the command was typed', () => {
  writeFileSync(join(typed, 'mine.csv'), 'name,category,price_krw\nMug,Kitchen,1000\n');
  const { stdout, stderr, status } = shell('npm run import -- mine.csv --dry-run');
  expect(stdout + stderr).toContain('1 accepted');
  expect(status).toBe(0);
});

test('compare, report and baseline take paths from there, and the project keeps its own places', () => {
  cpSync(join(ROOT, 'package.json'), join(typed, 'a.json'));
  // The file is found, and is no baseline.
  const read = shell('npm run compare -- a.json a.json').stderr;
  expect(read).toContain('a.json');
  expect(read).not.toContain('found no run');
  expect(shell('npm run baseline -- save x ./no-run --out y.json').stderr).toContain('./no-run');
  expect(shell('npm run report -- ./no-run').stderr).toContain('../../runs');
});

test('a folder for runs and one for a history lie where they were named', () => {
  const resumed = shell('npm run scenario -- smoke --out mine --resume gone --dry-run');
  expect(resumed.stderr).toMatch(/mine\/gone|there is no/);
  const line = 'npm run history -- --days 30 --people 200 --products 100 --into csv --out mine-history';
  const made = shell(line);
  expect(made.status, made.stderr).toBe(0);
  expect(existsSync(join(typed, 'mine-history', 'history.html'))).toBe(true);
});

test('what was compiled for one command is kept for the next and for the programs that it starts', () => {
  rmSync(join(home, 'compiled'), { recursive: true, force: true });
  const list = 'npm run --silent scenario';
  expect(shell(list).status).toBe(0);
  const [version = ''] = readdirSync(join(home, 'compiled'));
  expect(readdirSync(join(home, 'compiled', version)).length).toBeGreaterThan(50);
  const elsewhere = join(home, 'elsewhere');
  expect(shell(list, { NODE_COMPILE_CACHE: elsewhere }).status).toBe(0);
  expect(existsSync(elsewhere)).toBe(true);
});

test('a place that cannot be written to keeps no command from running', () => {
  writeFileSync(join(home, 'a-file'), '');
  const listed = shell('npm run --silent scenario', { NODE_COMPILE_CACHE: join(home, 'a-file', 'below') });
  expect(listed).toMatchObject({ status: 0, stderr: '' });
});

/** The documented command lines that hold `--json` or `--urls`, without their comments. */
function documented(flag: string): string[] {
  return ['docs/running.md', 'scenarios/bench/README.md', 'deploy/README.md', 'README.md']
    .flatMap((file) => readFileSync(join(ROOT, file), 'utf8').match(/npm run [^\n`]*/g) ?? [])
    .map((line) => line.replace(/ +#.*$/, ''))
    .filter((line) => line.includes(flag));
}

test.for(['--json', '--urls'])('every documented command with %s keeps npm out of what it prints', (flag) => {
  expect(documented(flag).length).toBeGreaterThan(0);
  for (const line of documented(flag)) expect(line).toMatch(/^npm run --silent /);
});

test('the addresses of the stack are lines for a shell', () => {
  const [line = ''] = documented('--urls');
  const command = line.replace(/\)"$/, '');
  const { stdout, status } = shell(command, { KAFKA_BROKERS: '' });
  expect(status).toBe(0);
  expect(stdout.split('\n').filter((text) => text !== '' && !/^[A-Z_]+='[^']*'$/.test(text))).toEqual([]);
});
