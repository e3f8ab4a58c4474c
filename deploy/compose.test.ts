// docker-compose.yml against the compose specification and against what this repository really has.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DCLinter } from 'dclint';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ALL_ROLES, API_ROLE } from '../system/contract/roles.ts';
import { ALL_TOPICS, groupsOf } from '../system/contract/topics.ts';
import { COMPOSE_FILE, composeServices, isOurs, ROOT, readDockerfile } from './compose-testing.ts';

const services = composeServices();
const folder = mkdtempSync(join(tmpdir(), 'stampede-compose-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What dclint says of a compose file: the specification's schema, and rules of good sense. */
function complaints(file: string): string[] {
  const linter = new DCLinter({
    rules: {
      // An order by meaning reads better than one by the alphabet.
      'services-alphabetical-order': 0,
      'service-keys-order': 0,
      'top-level-properties-order': 0,
      'service-dependencies-alphabetical-order': 0,
      'service-ports-alphabetical-order': 0,
      'require-quotes-in-ports': 2,
      'no-unbound-port-interfaces': 2,
      // The image is built here and named, so that its services share it.
      'no-build-and-image': 0,
    },
    quiet: false,
    debug: false,
    exclude: [],
  });
  const results: { messages: { rule: string; line: number; message: string }[] }[] = linter.lintFiles(
    [file],
    false,
  );
  return results.flatMap(({ messages }) =>
    messages.map(({ rule, line, message }) => `${rule} at ${line}: ${message}`),
  );
}

test('the file is valid by the compose specification and has no complaint', () => {
  expect(complaints(COMPOSE_FILE)).toEqual([]);
});

test.for([
  ['restart: unless-stopped', 'restart: 5', 'invalid-schema'],
  ['start_period: 60s', 'start_perriod: 60s', 'invalid-schema'],
  ["'127.0.0.1:$", "'$", 'no-unbound-port-interfaces'],
])('a mistake would be found: %s', ([right = '', wrong = '', rule]) => {
  const text = readFileSync(COMPOSE_FILE, 'utf8');
  expect(text).toContain(right);
  const file = join(folder, 'docker-compose.yml');
  writeFileSync(file, text.replace(right, wrong));
  expect(complaints(file).join('\n')).toContain(rule);
});

test('every dependency exists, is in the same profiles and can fulfil its condition', () => {
  for (const [name, { depends_on = {}, profiles = [] }] of Object.entries(services)) {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      const needed = services[other];
      expect(needed, `${name} needs ${other}`).toBeDefined();
      expect(needed?.profiles, `${name} needs ${other}`).toEqual(expect.arrayContaining(profiles));
      const endsByItself = needed?.restart?.startsWith('on-failure') ?? false;
      expect(condition).toBe(endsByItself ? 'service_completed_successfully' : 'service_healthy');
    }
  }
});

test('every service that stays tells its health, restarts, and is in a profile', () => {
  for (const [name, service] of Object.entries(services)) {
    expect(service.profiles, name).toContain('full');
    if (service.restart?.startsWith('on-failure')) continue;
    expect(service.restart, name).toBe('unless-stopped');
    expect(isOurs(service) || service.healthcheck?.test !== undefined, `health of ${name}`).toBe(true);
  }
  expect(readDockerfile().healthcheck[0]).toBe('node');
});

test('every port is open to this machine only, and none is given twice', () => {
  const ports = Object.values(services).flatMap((service) => service.ports ?? []);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  const outside = ports.map((port) => port.split(':')[1]);
  expect(new Set(outside).size).toBe(outside.length);
  expect(outside).toEqual(expect.arrayContaining(['8080', '8081']));
});

test('what is mounted exists, and each image names its version', () => {
  for (const [name, { volumes = [], image }] of Object.entries(services)) {
    const folders = volumes
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((path) => path.startsWith('.'));
    for (const path of folders) expect(existsSync(join(ROOT, path)), `${name}: ${path}`).toBe(true);
    expect(image, name).toMatch(/:(?!latest$)[\w.-]+$/);
  }
});

test('three brokers know each other, keep three copies and tell addresses of their own', () => {
  const brokers = Object.entries(services).filter(
    ([name]) => name.startsWith('kafka-') && name !== 'kafka-ui',
  );
  expect(brokers).toHaveLength(3);
  for (const [name, { environment = {}, ports = [], image }] of brokers) {
    expect(image).toMatch(/^apache\/kafka:4\./);
    expect(environment.KAFKA_CONTROLLER_QUORUM_VOTERS).toContain(`${environment.KAFKA_NODE_ID}@${name}:9093`);
    expect(environment.KAFKA_ADVERTISED_LISTENERS).toContain(`INSIDE://${name}:9092`);
    expect(environment.KAFKA_ADVERTISED_LISTENERS).toContain(`OUTSIDE://${ports[0]?.replace(/:9094$/, '')}`);
    expect(Buffer.from(environment.CLUSTER_ID ?? '', 'base64url')).toHaveLength(16);
    expect(environment).toMatchObject({
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_DEFAULT_REPLICATION_FACTOR: '3',
      KAFKA_MIN_INSYNC_REPLICAS: '2',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    });
  }
});

test('every role of the shop has a service', () => {
  const roles = Object.values(services).flatMap(
    ({ environment }) => environment?.SHOP_ROLES?.split(',') ?? [],
  );
  expect(new Set(roles)).toEqual(new Set([API_ROLE, ...ALL_ROLES.map(({ name }) => name)]));
});

test('every topic has as many consumers as partitions, and the file speaks of the groups that there are', () => {
  for (const { name, consumedBy, partitionCount } of ALL_TOPICS) {
    const consumers = Object.values(services).filter(
      ({ environment }) => environment?.SHOP_ROLES?.split(',').includes(consumedBy) ?? false,
    );
    const count = consumers.reduce((sum, { deploy }) => sum + (deploy?.replicas ?? 1), 0);
    expect(count, `consumers of topic ${name}`).toBe(partitionCount);
  }
  const named = [...readFileSync(COMPOSE_FILE, 'utf8').matchAll(/[Cc]onsumer group `([^`]+)`/g)];
  expect(new Set(named.map(([, group]) => group))).toEqual(
    new Set(ALL_TOPICS.flatMap(groupsOf).map(({ consumerGroup }) => consumerGroup)),
  );
});

test('the balancer and Prometheus ask services that there are, on the port they listen on', () => {
  const api = (name: string) => services[name]?.environment?.SHOP_ROLES === 'api';
  const upstream = [
    ...readFileSync(join(ROOT, 'deploy/nginx/servers.conf'), 'utf8').matchAll(/^server ([\w-]+):(\d+)/gm),
  ];
  expect(upstream.map(([, name]) => name)).toEqual(Object.keys(services).filter(api));
  for (const [, name = '', port] of upstream) expect(services[name]?.environment?.PORT).toBe(port);

  const prometheus = parse(readFileSync(join(ROOT, 'deploy/prometheus/prometheus.yml'), 'utf8')) as {
    scrape_configs: { dns_sd_configs?: { names: string[]; port: number }[] }[];
    rule_files: string[];
  };
  for (const folder of prometheus.rule_files.map(dirname))
    expect(services.prometheus?.volumes).toContain(
      `./deploy/prometheus/${folder}:/etc/prometheus/${folder}:ro`,
    );
  const asked = prometheus.scrape_configs.flatMap(({ dns_sd_configs = [] }) => dns_sd_configs);
  const serving = Object.keys(services).filter((name) => services[name]?.environment?.SHOP_ROLES);
  expect(asked.flatMap(({ names }) => names)).toEqual(serving);
  for (const { port } of asked) expect(String(port)).toBe(services.api?.environment?.PORT);
});

test.for([undefined, 'rehearsal'])('the build is given what image %s copies, and nothing secret', (stage) => {
  const lines = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  expect(lines).toEqual(expect.arrayContaining(['*', '**/.env*']));
  for (const source of readDockerfile(stage).copies.flatMap(({ sources }) => sources)) {
    expect(lines, source).toContain(`!${source.split('/')[0]}`);
    expect(lines.some((line) => line !== '*' && `${source}/`.startsWith(`${line}/`))).toBe(false);
  }
});
