// The documented line whose output a program reads, through npm as it is typed, on the test's services.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { repositoryRoot } from './data/repository.ts';
import { set, unhurriedGenerator } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-json-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the documented command with --json prints a result and nothing else', () => {
  const running = readFileSync(join(repositoryRoot, 'docs', 'running.md'), 'utf8');
  const command = /^(npm run .*--json) > result\.json/m.exec(running)?.[1];
  expect(command).toBeDefined();
  const short = ['--duration', '6', '--out', folder, ...set(unhurriedGenerator)];
  const { stdout, stderr } = spawnSync('sh', ['-c', `${command} ${short.join(' ')}`], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    env: {
      ...process.env,
      TMPDIR: folder,
      STAMPEDE_HOME: join(folder, 'home'),
      DATABASE_URL: process.env.STAMPEDE_TEST_DATABASE_URL,
      REDIS_URL: process.env.STAMPEDE_TEST_REDIS_URL,
      KAFKA_BROKERS: process.env.STAMPEDE_TEST_KAFKA_BROKERS,
    },
  });
  expect(stdout, stderr).toMatch(/^\{/);
  expect(JSON.parse(stdout)).toMatchObject({ scenario: 'smoke' });
});
