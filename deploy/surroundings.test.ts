// What a shell has set for other purposes, seen from a program that is started as every command is.
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const PRELOAD = ['-r', join(import.meta.dirname, 'require-node.cjs')];

function run(script: string, more: NodeJS.ProcessEnv) {
  const { DATABASE_URL: _, NO_PROXY: _1, no_proxy: _2, ...rest } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, [...PRELOAD, '-e', script], {
    encoding: 'utf8',
    env: { ...rest, ...more },
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

const NAMES = 'console.log(Object.keys(process.env).filter((name) => /^PG/.test(name)).join())';
const FOREIGN = {
  PGSSLMODE: 'require',
  PGHOST: 'db.example',
  PGPASSWORD: 'x',
  PGOPTIONS: '-c statement_timeout=1',
};

test("the variables of somebody's PostgreSQL do not reach ours", () => {
  expect(run(NAMES, FOREIGN)).toBe('\n');
});

test('they belong to a database that the environment names', () => {
  const url = 'postgresql://db.example/shop';
  expect(
    run(NAMES, { ...FOREIGN, DATABASE_URL: url })
      .trim()
      .split(',')
      .sort(),
  ).toEqual(Object.keys(FOREIGN).sort());
});

test('a proxy never catches what goes to this machine, here and in programs that are started', async () => {
  const server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1');
  await new Promise((settle) => server.once('listening', settle));
  const { port } = server.address() as { port: number };
  const ask = `fetch('http://127.0.0.1:${port}').then((answer) => answer.text()).then(console.log)`;
  const proxy = 'http://127.0.0.1:1';
  const script = `
    ${ask}.then(() => {
      const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', ${JSON.stringify(ask)}], { stdio: 'inherit' }).once('exit', (code) => process.exit(code));
    });`;
  const child = await import('node:child_process').then(({ spawn }) =>
    spawn(process.execPath, [...PRELOAD, '-e', script], {
      env: {
        ...process.env,
        NO_PROXY: 'example.org',
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: proxy,
        ALL_PROXY: proxy,
      },
    }),
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const code = await new Promise((settle) => child.once('close', settle));
  server.close();
  expect(said).toBe('here\nhere\n');
  expect(code).toBe(0);
});
