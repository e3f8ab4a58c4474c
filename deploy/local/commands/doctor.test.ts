import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cores, type Finding, memory, room } from '../services/machine-findings.ts';
import { canComeUp, doctorText } from './doctor.ts';

const GIB = 1024 ** 3;
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stampede-doctor-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The doctor on a machine whose PATH holds these programs alone (name → what its script does). */
function doctor(programs: Record<string, string>, environment: NodeJS.ProcessEnv = {}) {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), 'doctor'], {
    encoding: 'utf8',
    env: { PATH: bin, STAMPEDE_HOME: join(home, 'state'), ...environment },
  });
}

const JAVA = 'echo \'openjdk version "21.0.4"\' >&2';

test('a machine without the programs cannot bring a stack up and learns what to type', () => {
  const { status, stdout } = doctor({});
  expect(status).toBe(3);
  expect(stdout).toMatch(/^✓ found {4}PostgreSQL +18\.\S+ from npm$/m);
  expect(stdout).toMatch(/^✗ missing {2}Redis +no redis-server/m);
  expect(stdout).toMatch(/^✗ missing {2}Kafka +no java/m);
  expect(stdout).toMatch(/^✗ missing {2}Kafka +no mvn/m);
  expect(stdout).toMatch(/^· none {5}Docker +no engine answers \(not needed\)$/m);
  expect(stdout).toContain(
    '✗ Redis: apt-get install -y --no-install-recommends redis-server, or set REDIS_URL',
  );
  expect(stdout).toContain('The stack cannot come up until what is marked ✗ is there.');
});

test('a machine with the programs can, and a Docker engine is told', () => {
  const { status, stdout } = doctor({
    'redis-server': 'echo "Redis server v=7.2.4 sha=0"',
    java: JAVA,
    mvn: 'echo "Apache Maven 3.9"',
    docker: 'case "$1" in info) echo 28.0.1;; compose) echo 2.39.0;; esac',
  });
  expect(stdout).toMatch(/^✓ found {4}Redis +redis-server 7\.2\.4$/m);
  expect(stdout).toMatch(/^✓ found {4}Kafka +java 21$/m);
  expect(stdout).toMatch(/^✓ found {4}Kafka +mvn, brings the jars/m);
  expect(stdout).toMatch(/^✓ found {4}Docker +engine 28\.0\.1, compose 2\.39\.0/m);
  expect(stdout).toMatch(/^. \w+ +state directory +.*state, [\d.]+ GB free$/m);
  expect(status, stdout).toBe(0);
});

test('an address that does not answer is a hindrance, and its password stays hidden', () => {
  const { status, stdout } = doctor({ java: JAVA, mvn: '' }, { REDIS_URL: 'redis://:s3cret@127.0.0.1:1' });
  expect(status).toBe(3);
  expect(stdout).toContain('REDIS_URL is set to redis://@127.0.0.1:1, but nothing there answers');
  expect(stdout).not.toContain('s3cret');
});

test('half a sign-in at Kafka is told before anything is asked', () => {
  const { stdout } = doctor({}, { KAFKA_BROKERS: '127.0.0.1:1', KAFKA_SASL_MECHANISM: 'plain' });
  expect(stdout).toContain('KAFKA_SASL_USERNAME is not set');
});

test('a state directory that cannot be made is a hindrance', () => {
  const { status, stdout } = doctor({}, { STAMPEDE_HOME: '/dev/null/state' });
  expect(status).toBe(3);
  expect(stdout).toMatch(/^✗ missing {2}state directory +ENOTDIR/m);
  expect(stdout).toContain('Set STAMPEDE_HOME to a folder that you may write to.');
});

test('little memory and one core are told, too little room hinders', () => {
  expect(memory(GIB, 4 * GIB)).toMatchObject({ state: 'short', detail: '1.0 GB of 4.0 GB free' });
  expect(memory(2 * GIB, 4 * GIB).state).toBe('found');
  expect([cores(1).state, cores(2).state]).toEqual(['short', 'found']);
  expect([0.5, 2, 5].map((free) => room('/x', free * GIB).state)).toEqual(['missing', 'short', 'found']);
  expect(canComeUp([memory(GIB, GIB), room('/x', 2 * GIB)])).toBe(true);
  expect(canComeUp([room('/x', 0)])).toBe(false);
});

test('the text is a table with what to do below it', () => {
  const findings: Finding[] = [
    { what: 'Redis', state: 'found', detail: '7.2' },
    { what: 'cores', state: 'short', detail: '1', next: 'Take two.' },
  ];
  expect(doctorText(findings).split('\n')).toEqual([
    '✓ found    Redis  7.2',
    '! short    cores  1',
    '',
    '! cores: Take two.',
    '',
    'The stack can come up: npm run stack -- up, or a scenario at once.',
  ]);
});
