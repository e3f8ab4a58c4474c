// Stampede as a package that somebody installs in a folder of his own: packed, unpacked below node_modules, typed there. And
// what commands are named anywhere, there are.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataSetFingerprint } from './data/data-set.ts';
import { importedFiles } from './data/imported-files.ts';
import { repositoryRoot } from './data/repository.ts';
import { smoke } from './questions/smoke.ts';

const require = createRequire(import.meta.url);
const { COMMANDS } = require('../deploy/commands.cjs') as {
  COMMANDS: Record<string, { entry: string; does?: string }>;
};
const { version, scripts } = require('../package.json') as {
  version: string;
  scripts: Record<string, string>;
};
const STARTED = [
  'system/main.ts',
  'sim/generator/main.ts',
  'sim/browser/main.ts',
  'sim/history/load/load-main.ts',
];

const folder = mkdtempSync(join(tmpdir(), 'stampede installed '));
const installed = join(folder, 'node_modules/stampede');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  expect(packed.status, packed.stderr).toBe(0);
  expect(spawnSync('tar', ['xzf', packed.stdout.trim()], { cwd: folder }).status).toBe(0);
  mkdirSync(join(folder, 'node_modules'));
  renameSync(join(folder, 'package'), installed);
  // As npm lays them: beside it, not below it.
  for (const name of readdirSync(join(repositoryRoot, 'node_modules')))
    symlinkSync(join(repositoryRoot, 'node_modules', name), join(folder, 'node_modules', name));
});

function stampede(...words: string[]) {
  const { NODE_OPTIONS: _1, INIT_CWD: _2, npm_lifecycle_event: _3, npm_command: _4, ...env } = process.env;
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'KAFKA_BROKERS', 'STAMPEDE_HOME']) delete env[name];
  return spawnSync(process.execPath, [join(installed, 'deploy/installed/stampede.cjs'), ...words], {
    cwd: folder,
    env: { ...env, TMPDIR: folder },
    encoding: 'utf8',
  });
}

test('the package says its version, and what a name that there is not could have meant', () => {
  expect(stampede('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect(stampede('senario')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('(Did you mean scenario?)'),
  });
});

test('every command says what it does, and runs a program that there is', () => {
  expect(Object.keys(COMMANDS)).toEqual(expect.arrayContaining(['scenario', 'history', 'report', 'stack']));
  for (const [name, { entry, does }] of Object.entries(COMMANDS)) {
    expect(does, name).toBeTruthy();
    expect(existsSync(join(installed, entry)), entry).toBe(true);
  }
});

test('it lists and plans scenarios below node_modules, and names commands as they are typed', () => {
  const list = stampede('scenario');
  expect(list).toMatchObject({ status: 0, stderr: '' });
  expect(list.stdout).toContain('Scenarios (stampede scenario NAME):');
  expect(list.stdout).toContain('peak-hour');
  const plan = stampede('scenario', 'smoke', '--dry-run');
  expect(plan).toMatchObject({ status: 0, stderr: '' });
  expect(plan.stdout).toContain('Nothing was started.');
});

test('runs and state lie where it is typed, and a fault is traced to lines of the source', () => {
  expect(stampede('report')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('found no run in runs/, needed one: stampede scenario <name> makes it'),
  });
  expect(readdirSync(folder)).toContain('.stampede');
  expect(readdirSync(installed)).not.toContain('.stampede');
  writeFileSync(join(installed, 'deploy/seed.ts'), 'type Two = 1 | 2;\n\nthrow new Error("planted");\n');
  const child = `import('${join(installed, 'deploy/seed.ts')}')`;
  const { stderr } = spawnSync(
    process.execPath,
    ['-r', join(installed, 'deploy/installed/strip-types.cjs'), '-e', child],
    { encoding: 'utf8' },
  );
  expect(stderr).toContain('deploy/seed.ts:3:7');
});

test('a data set that a checkout built is known to the package', async () => {
  const of = `import('${join(installed, 'scenarios/data/data-set.ts')}').then(async ({ dataSetFingerprint }) => {
    const { smoke } = await import('${join(installed, 'scenarios/questions/smoke.ts')}');
    console.log(await dataSetFingerprint(smoke));
  })`;
  const words = ['-r', join(installed, 'deploy/installed/strip-types.cjs'), '-e', of];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(stdout.trim(), stderr).toBe(await dataSetFingerprint(smoke));
});

test('everything that its programs import is in the package', async () => {
  const entries = [...Object.values(COMMANDS).map(({ entry }) => entry), ...STARTED];
  for (const entry of entries) {
    const reached = await importedFiles(installed, entry);
    expect(reached.filter((file) => !existsSync(join(installed, file)))).toEqual([]);
  }
});

test('its completion knows every command, and every command and option that is named anywhere is known to it', () => {
  const { stdout, status } = stampede('completion', 'bash');
  expect(status).toBe(0);
  const words = new Map(
    [...stdout.matchAll(/^ {4}([\w-]+)\) words='(.*)' ;;$/gm)].map(([, name = '', all = '']) => [
      name,
      all.split(' '),
    ]),
  );
  expect([...words.keys()]).toEqual([...Object.keys(COMMANDS), 'completion']);
  expect(words.get('scenario')).toEqual(expect.arrayContaining(['peak-hour', '--seed', '--wait']));
  expect(words.get('stack')).toEqual(expect.arrayContaining(['up', 'down', 'doctor']));
  expect(namedCommands().filter((named) => !isThere(named, words))).toEqual([]);
});

type NamedCommand = { file: string; name: string; said: string };

/** `npm run NAME -- word --option` in the programs' texts and in the documents; names in capitals stand for something. */
function namedCommands(): NamedCommand[] {
  const places = '{scenarios,sim,system,reports,deploy,docs}/**/*.{ts,tsx,cjs,md}';
  const files = globSync([places, '*.md'], { cwd: repositoryRoot }).filter(
    (file) => !/\.test\.ts$/.test(file),
  );
  const command = /npm run (?:--silent )?([a-z][\w:-]*)(?: --((?: (?:--)?[a-z][\w-]*)+))?/g;
  return files.flatMap((file) =>
    [...readFileSync(join(repositoryRoot, file), 'utf8').matchAll(command)].map(
      ([, name = '', said = '']) => ({ file, name, said: said.trim() }),
    ),
  );
}

function isThere({ name, said }: NamedCommand, words: ReadonlyMap<string, string[]>): boolean {
  const known = words.get(name);
  if (known === undefined) return name in scripts;
  const [first = '', ...rest] = said.split(' ');
  const hasList = known.some((word) => !word.startsWith('--'));
  const isFirstKnown = first === '' || (!hasList && !first.startsWith('--')) || known.includes(first);
  return isFirstKnown && rest.every((word) => !word.startsWith('--') || known.includes(word));
}
