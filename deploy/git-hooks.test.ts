import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stampede-hooks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** `npm ci` ends with this in a checkout at this place. */
function prepare(root: string): void {
  mkdirSync(join(root, 'deploy'), { recursive: true });
  cpSync(join(import.meta.dirname, 'git-hooks.cjs'), join(root, 'deploy', 'git-hooks.cjs'));
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'deploy', 'git-hooks.cjs')], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
}

// As from a shell, also where a hook of git has started the tests.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
const git = (...words: string[]) => expect(spawnSync('git', words, { cwd: folder, env }).status).toBe(0);
const hook = () => join(folder, '.git', 'hooks', 'pre-commit');

test('a checkout is checked before each commit', () => {
  git('init', '-q');
  prepare(folder);
  expect(statSync(hook()).mode & 0o111).toBe(0o111);
});

test('the check before a commit is not told which repository the commit is of', () => {
  git('init', '-q');
  prepare(folder);
  writeFileSync(join(folder, 'package.json'), '{ "scripts": { "check": "env > seen" } }');
  git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-q', '--allow-empty', '-m', 'First');
  expect(readFileSync(join(folder, 'seen'), 'utf8')).not.toMatch(/^GIT_(DIR|INDEX_FILE)=/m);
});

test("a copy inside somebody else's repository leaves its hooks alone", () => {
  git('init', '-q');
  const before = readdirSync(join(folder, '.git', 'hooks'));
  prepare(join(folder, 'vendor', 'stampede'));
  expect(readdirSync(join(folder, '.git', 'hooks'))).toEqual(before);
});

test('a hook that somebody wrote and a folder that somebody chose are left alone', () => {
  git('init', '-q');
  writeFileSync(hook(), '#!/bin/sh\n');
  prepare(folder);
  expect(statSync(hook()).size).toBe(10);
  rmSync(hook());
  git('config', 'core.hooksPath', 'hooks-of-ours');
  prepare(folder);
  expect(existsSync(hook())).toBe(false);
  expect(existsSync(join(folder, 'hooks-of-ours'))).toBe(false);
});

test('without git nothing happens', () => prepare(folder));
