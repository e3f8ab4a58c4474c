// What the stack says to a person: tables, lines, messages.
import { expect, test } from 'vitest';
import { StackError } from '../programs/stack-error.ts';
import { parseJavaVersion } from '../services/java.ts';
import { missingText } from '../services/missing-programs.ts';
import { refuseOldRedis } from '../services/redis.ts';
import type { StackService } from '../services/stack-service.ts';
import { plainDisplay, progressLine } from './progress-display.ts';
import { durationText, statusTable } from './status-table.ts';

test('a duration has at most two units', () => {
  expect(durationText(400)).toBe('0 s');
  expect(durationText(75_000)).toBe('1 min 15 s');
  expect(durationText(3_600_000)).toBe('1 h 0 min');
  expect(durationText(90_061_000)).toBe('1 d 1 h');
});

test('the status names what runs, what does not, and what is wrong', () => {
  const settings = {};
  const postgres: StackService = {
    name: 'postgres',
    origin: 'environment',
    version: '18.4',
    pid: null,
    pids: [],
    startedInMs: null,
    settings,
  };
  const table = statusTable(
    [
      { name: 'postgres', found: { url: 'postgresql://a:b@db/x', service: postgres }, sinceMs: null },
      { name: 'redis', found: null, sinceMs: null },
      { name: 'kafka', found: new StackError('Kafka is silent.'), sinceMs: null },
    ],
    0,
  );
  expect(table.split('\n')).toEqual([
    'service   origin       version  address              pid  uptime  memory',
    'postgres  environment  18.4     postgresql://a@db/x',
    'redis     not up',
    'kafka     no answer',
    '',
    'Kafka is silent.',
  ]);
});

test('a progress line tells how long it has waited', () => {
  const progress = { service: 'kafka', state: 'starting', detail: 'one node', elapsedMs: 2_400 } as const;
  expect(progressLine(progress)).toBe('· kafka     starting     one node  2 s');
  expect(progressLine({ ...progress, state: 'ready', detail: '4.3.1' })).toBe(
    '✓ kafka     ready        4.3.1',
  );
});

test('without a terminal only changes are written', () => {
  const lines: string[] = [];
  const display = plainDisplay((line) => lines.push(line));
  display.onProgress({ service: 'redis', state: 'checking', detail: 'looking', elapsedMs: 0 });
  display.onProgress({ service: 'redis', state: 'found', detail: '7.0.15', elapsedMs: 5 });
  expect(lines).toEqual(['✓ redis     found        7.0.15']);
});

test('all that is missing is named at once, with the command that brings it', () => {
  const missing = [
    { service: 'redis', what: 'redis-server', aptPackage: 'redis-server' },
    { service: 'kafka', what: 'java', aptPackage: 'openjdk-17-jre-headless' },
    { service: 'kafka', what: 'mvn', aptPackage: 'maven' },
  ] as const;
  expect(missingText([...missing], true)).toBe(
    [
      'The stack needs programs that this machine does not have:',
      '  - redis-server, for redis',
      '  - java, for kafka',
      '  - mvn, for kafka',
      'Install them: sudo apt-get update && sudo apt-get install -y --no-install-recommends redis-server openjdk-17-jre-headless maven; or set REDIS_URL and KAFKA_BROKERS to services that run already.',
    ].join('\n'),
  );
});

test("Java's version is read from what it prints", () => {
  expect(parseJavaVersion('openjdk version "17.0.15" 2025-04-15')).toBe(17);
  expect(parseJavaVersion('java version "1.8.0_402"')).toBe(8);
  expect(parseJavaVersion('not a java')).toBeNull();
});

test('a Redis that is too old is told with what is needed and the next step', () => {
  expect(() => refuseOldRedis('6.0.16')).toThrow(
    /^redis-server is version 6\.0\.16; needed is 7 or newer\. Install .*REDIS_URL/,
  );
  refuseOldRedis('7.0.15');
  refuseOldRedis('10.1.0');
});
