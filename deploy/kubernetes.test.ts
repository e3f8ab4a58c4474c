// deploy/kubernetes as kubectl builds it, without a cluster: against the schemas that Kubernetes publishes, against docker-compose.yml,
// whose programs deploy/image.int.test.ts starts, and against itself.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ALL_ROLES, API_ROLE } from '../system/contract/roles.ts';
import { ALL_TOPICS } from '../system/contract/topics.ts';
import { type ComposeService, composeServices, isOurs, ROOT, readDockerfile } from './compose-testing.ts';
import {
  builtObjects,
  type Container,
  containersOf,
  environmentOf,
  findKubectl,
  type KubernetesObject,
  schemaComplaint,
  unknownFields,
} from './kubernetes-testing.ts';
import { findNginx } from './local/balancer/find-nginx.ts';

const kubectl = findKubectl(process.env);
const folder = mkdtempSync(join(tmpdir(), 'stampede-kubernetes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Secrets that somebody makes by hand, as docs/kubernetes.md says. */
const SECRETS_BY_HAND = ['shop', 'rehearsal', 'generators', 'balancer-tls'];
const MAPS_BY_HAND = ['balancer-https'];

// No registry of packages brings it in a version that knows all of this: where it is missing, that is said and nothing is built.
if (kubectl === undefined)
  console.warn(
    'There is no kubectl: deploy/kubernetes is not checked. Next: install kubectl, or name one in KUBECTL_PATH.',
  );

describe.runIf(kubectl !== undefined)('in Kubernetes', () => {
  const built = (name: string) => (kubectl === undefined ? [] : builtObjects(kubectl, name));
  const [shop, trial] = [built('shop'), built('trial')];
  const rehearsal = [...built('rehearsal'), ...built('reports')];
  const all = [...trial, ...rehearsal];
  const named = (kind: string, name: string, objects = all) =>
    objects.find((one) => one.kind === kind && one.metadata.name === name);
  const podsOf = (objects: readonly KubernetesObject[]) => objects.filter(({ spec }) => spec?.template);
  const rolesOf = (object: KubernetesObject): string[] =>
    containersOf(object).flatMap((one) => environmentOf(one, shop).SHOP_ROLES?.split(',') ?? []);

  test('every object is valid by the published schemas, and has no field that they do not know', async () => {
    for (const object of all) expect(await schemaComplaint(object), object.metadata.name).toBeNull();
    expect(unknownFields(all)).toEqual(all.map(() => []));
  }, 180_000);

  test('a mistake would be found', async () => {
    const api = JSON.stringify(named('Deployment', 'api'));
    const mistaken = (right: string, wrong: string) => {
      expect(api).toContain(right);
      return JSON.parse(api.replace(right, wrong)) as KubernetesObject;
    };
    const refused = [
      mistaken('"replicas":2', '"replicas":"two"'),
      mistaken('"selector":', '"selectors":'),
      mistaken('"drop":["ALL"]', '"drop":"ALL"'),
    ];
    for (const object of refused) expect(await schemaComplaint(object)).not.toBeNull();
    const misspelt = [
      mistaken('"readOnlyRootFilesystem"', '"readonlyRootFilesystem"'),
      mistaken('"readinessProbe"', '"readynessProbe"'),
    ];
    expect(unknownFields(misspelt)).toEqual([
      [expect.stringContaining('readonlyRootFilesystem')],
      [expect.stringContaining('readynessProbe')],
    ]);
  }, 180_000);

  test('every role of the shop has a Deployment, with the command and the variables of its service in compose', () => {
    const services = Object.values(composeServices()).filter(({ environment }) => environment?.SHOP_ROLES);
    const told = new Map<string, ComposeService>(
      services.map((service) => [service.environment?.SHOP_ROLES ?? '', service]),
    );
    expect(shop.flatMap(rolesOf).toSorted()).toEqual(
      [API_ROLE, ...ALL_ROLES.map(({ name }) => name)].toSorted(),
    );
    for (const object of podsOf(shop).filter((one) => rolesOf(one).length > 0)) {
      const [container] = object.spec?.template?.spec.containers ?? [];
      const own = environmentOf(container as Container, shop);
      const service = told.get(own.SHOP_ROLES ?? '');
      expect(container?.args, object.metadata.name).toEqual(service?.command);
      const { DATABASE_URL, REDIS_URL, KAFKA_BROKERS, SHOP_ALLOW_SEEDED_ACCOUNTS, ...compose } =
        service?.environment ?? {};
      // Who is the balancer is each network's own; of those who have no interval nobody asks for one.
      const { TRUSTED_PROXIES: _, GRADES_INTERVAL_MS: interval, ...here } = own;
      const { TRUSTED_PROXIES: __, GRADES_INTERVAL_MS: usual = interval, ...there } = compose;
      expect({ ...here, interval }, object.metadata.name).toEqual({ ...there, interval: usual });
    }
  });

  test('every topic has as many consumers as partitions', () => {
    for (const { name, consumedBy, partitionCount } of ALL_TOPICS) {
      const consumers = podsOf(shop).filter((object) => rolesOf(object).includes(consumedBy));
      const count = consumers.reduce((sum, { spec }) => sum + (spec?.replicas ?? 1), 0);
      expect(count, `consumers of topic ${name}`).toBe(partitionCount);
    }
  });

  test('what runs once is what compose runs once, with its words', () => {
    const commands = (words: readonly (readonly string[] | undefined)[]) =>
      [...new Set(words.map((each) => each?.join(' ')))].toSorted();
    const oneShots = Object.values(composeServices()).filter(
      (service) => isOurs(service) && service.environment?.SHOP_ROLES === undefined,
    );
    const here = trial.flatMap(containersOf).filter(({ image }) => image.startsWith('stampede-shop:'));
    const once = here.filter(({ args }) => args?.at(-1) !== 'serve');
    expect(commands(once.map(({ args }) => args))).toEqual(
      commands(oneShots.map(({ command }) => (Array.isArray(command) ? command : undefined))),
    );
  });

  test('nothing has more rights than it needs, and everything says how much it needs', () => {
    for (const object of podsOf(all)) {
      const pod = object.spec?.template?.spec;
      const { name } = object.metadata;
      expect(pod?.automountServiceAccountToken, name).toBe(false);
      expect(pod?.securityContext, name).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(Number(pod?.securityContext?.runAsUser), name).toBeGreaterThan(0);
      for (const container of containersOf(object)) {
        expect(container.securityContext, name).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          // The brokers' image writes its settings beside its programs.
          ...(container.image.startsWith('apache/kafka:') ? {} : { readOnlyRootFilesystem: true }),
        });
        expect(container.resources, name).toMatchObject({
          requests: { cpu: expect.any(String), memory: expect.any(String) },
          limits: { memory: expect.any(String) },
        });
        expect(container.image, name).toMatch(/:(?!latest$)[\w.-]+$/);
      }
      const stays = object.kind !== 'Job';
      expect(pod?.containers[0]?.readinessProbe !== undefined, `${name} tells when it is ready`).toBe(stays);
      if (!stays) expect(['Never', 'OnFailure']).toContain(pod?.restartPolicy);
    }
  });

  test('what is there several times goes to different nodes', () => {
    const several = podsOf(all).filter(
      ({ spec }) => Math.max(spec?.replicas ?? 1, spec?.completions ?? 1) > 1,
    );
    expect(several.length).toBeGreaterThan(5);
    for (const { metadata, spec } of several)
      expect(spec?.template?.spec.affinity?.podAntiAffinity, metadata.name).toBeDefined();
  });

  test('no password is in what a real shop is built of, and what is referred to is there', () => {
    for (const objects of [shop, rehearsal])
      expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const told = [shop, rehearsal].flatMap((objects) =>
      objects.flatMap(containersOf).flatMap((one) => Object.entries(environmentOf(one, objects))),
    );
    const isSecret = (name: string, value: string) =>
      /PASSWORD|TOKEN|SECRET/.test(name) || /:\/\/[^/]*@/.test(value);
    expect(told.filter(([name, value]) => isSecret(name, value))).toEqual([]);
    for (const objects of [shop, rehearsal, trial]) {
      for (const object of podsOf(objects)) {
        const isThere = (kind: string, byHand: readonly string[], name: string | undefined) =>
          name === undefined || byHand.includes(name) || named(kind, name, objects) !== undefined;
        for (const { envFrom = [] } of containersOf(object))
          for (const { configMapRef, secretRef } of envFrom) {
            expect(isThere('ConfigMap', [], configMapRef?.name), configMapRef?.name).toBe(true);
            expect(isThere('Secret', SECRETS_BY_HAND, secretRef?.name), secretRef?.name).toBe(true);
          }
        for (const { projected, persistentVolumeClaim } of object.spec?.template?.spec.volumes ?? []) {
          expect(isThere('PersistentVolumeClaim', [], persistentVolumeClaim?.claimName)).toBe(true);
          for (const { configMap, secret } of projected?.sources ?? []) {
            expect(isThere('ConfigMap', MAPS_BY_HAND, configMap?.name), configMap?.name).toBe(true);
            expect(isThere('Secret', SECRETS_BY_HAND, secret?.name), secret?.name).toBe(true);
          }
        }
      }
    }
  });

  test('what is mounted is a volume of the pod', () => {
    for (const object of podsOf(all)) {
      const claims = object.spec?.volumeClaimTemplates?.map(({ metadata }) => metadata.name) ?? [];
      const volumes = [...(object.spec?.template?.spec.volumes ?? []).map(({ name }) => name), ...claims];
      for (const { volumeMounts = [] } of containersOf(object))
        for (const { name } of volumeMounts) expect(volumes, object.metadata.name).toContain(name);
    }
  });

  test('every Service leads to a port of pods that there are', () => {
    const services = all.filter(({ kind }) => kind === 'Service');
    expect(services.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['shop', 'api']));
    for (const { metadata, spec } of services) {
      const pods = podsOf(all).filter((object) =>
        Object.entries(spec?.selector ?? {}).every(
          ([label, value]) => object.spec?.template?.metadata.labels[label] === value,
        ),
      );
      expect(pods, metadata.name).toHaveLength(1);
      const ports = containersOf(pods[0] as KubernetesObject).flatMap((one) => one.ports ?? []);
      for (const { targetPort } of spec?.ports ?? [])
        expect(
          ports.map(({ name }) => name),
          metadata.name,
        ).toContain(targetPort);
    }
  });

  test.runIf('path' in findNginx(process.env))('the balancer starts with what it is given', () => {
    const data = Object.assign({}, ...shop.flatMap((one) => (one.kind === 'ConfigMap' ? [one.data] : [])));
    const [, host, port] = /^server ([\w.-]+):(\d+) resolve /m.exec(data['servers.conf']) ?? [];
    const api = named('Service', 'api', shop);
    expect(api?.spec).toMatchObject({ clusterIP: 'None', ports: [{ port: Number(port) }] });
    expect(host).toBe(`api.${api?.metadata.namespace}.svc.cluster.local`);
    expect(data['nginx.conf']).toBe(readFileSync(join(ROOT, 'deploy/nginx/nginx.conf'), 'utf8'));
    // Debian's nginx is older than what resolves names by itself, and there is no such name here.
    const here = data['servers.conf']
      .replace(/resolver [^;]*;/, '')
      .replace(`${host}:${port} resolve`, `127.0.0.1:${port}`);
    writeFileSync(join(folder, 'servers.conf'), here);
    writeFileSync(
      join(folder, 'nginx.conf'),
      data['nginx.conf'].replace('/tmp/nginx.pid', join(folder, 'nginx.pid')),
    );
    mkdirSync(join(folder, 'logs'));
    const [nginx] = named('Deployment', 'balancer', shop)?.spec?.template?.spec.containers ?? [];
    expect(nginx?.command?.[0]).toBe('nginx');
    const found = findNginx(process.env);
    const words = ['-t', '-p', folder, '-c', join(folder, 'nginx.conf'), ...(nginx?.command?.slice(1) ?? [])];
    execFileSync('path' in found ? found.path : '', words, { stdio: 'pipe' });
  });

  test('a shard has a generator, and both know the same number of them', () => {
    const generators = named('Job', 'generators', rehearsal)?.spec;
    expect(generators?.completionMode).toBe('Indexed');
    const [container] = named('Job', 'rehearsal', rehearsal)?.spec?.template?.spec.containers ?? [];
    const asked = container?.args?.find((word) => word.startsWith('kafka:'));
    expect(asked?.split('@')[0]).toBe(`kafka:${generators?.completions}`);
    expect(readDockerfile('rehearsal').entrypoint).toEqual(['node', '/app/deploy/installed/stampede.cjs']);
  });
});
