// Starts services in containers where their programs are missing and Docker Compose answers: the same ones as in
// docker-compose.yml, in a project of their own, published on free ports of 127.0.0.1.
import { resolve } from 'node:path';
import { freePorts } from '../programs/free-ports.ts';
import { startProgram } from '../programs/programs.ts';
import { firstLine } from './machine-findings.ts';
import { probeKafka, probeRedis } from './probes.ts';
import { untilReady } from './readiness.ts';
import type { ServiceName, StackService, StartContext, StartedService } from './stack-service.ts';

export const COMPOSE_FILE = resolve(import.meta.dirname, '../../../docker-compose.yml');

/** Services that may stand in containers. PostgreSQL is never missing: npm brings it. */
export type ContainedService = Exclude<ServiceName, 'postgres'>;

/** For each service its containers' names and the variables that docker-compose.yml takes their ports from. */
export const CONTAINERS: Readonly<Record<ContainedService, { name: string; portVariable: string }[]>> = {
  redis: [{ name: 'redis', portVariable: 'REDIS_PORT' }],
  kafka: [1, 2, 3].map((node) => ({ name: `kafka-${node}`, portVariable: `KAFKA_${node}_PORT` })),
};

/** Images may have to be fetched first. */
const READY_WITHIN_MS = 300_000;
const DOWN_WITHIN_MS = 60_000;

// However it ends, `down` takes the containers away: asked to (SIGTERM), or because `up` ended by itself. Its time is short,
// because a process that is ended with Ctrl-C waits for it; nothing in these containers is worth keeping.
const UP_THEN_DOWN = `
  trap 'docker compose down --volumes --timeout 5' EXIT
  trap 'exit 0' TERM INT
  docker compose up --no-deps --no-build --quiet-pull "$@" &
  wait $!`;

/** Whether an engine and its Compose answer. */
export function composeAnswers(): boolean {
  return (
    firstLine('docker', ['compose', 'version', '--short']) !== null &&
    firstLine('docker', ['info', '--format', '{{.ServerVersion}}']) !== null
  );
}

/** Starts a service's containers and waits until it answers. They end with the program that is given back. */
export async function startInContainers(
  name: ContainedService,
  context: StartContext,
): Promise<StartedService> {
  const startedMs = performance.now();
  const containers = CONTAINERS[name];
  const ports = await freePorts(containers.length);
  const names = containers.map((container) => container.name);
  context.report('starting', `docker compose up ${names.join(' ')}`);
  const program = await startProgram({
    name,
    command: '/bin/sh',
    args: ['-c', UP_THEN_DOWN, 'sh', ...names],
    env: {
      ...process.env,
      COMPOSE_FILE,
      COMPOSE_PROFILES: 'core',
      // One of its own, so that nobody's `stampede` is touched.
      COMPOSE_PROJECT_NAME: `stampede-${name}-${ports[0]}`,
      ...Object.fromEntries(
        containers.map(({ portVariable }, index) => [portVariable, String(ports[index])]),
      ),
    },
    home: context.home,
    graceMs: DOWN_WITHIN_MS,
    endTogether: 'stack',
  });
  const addresses = ports.map((port) => `127.0.0.1:${port}`);
  try {
    const facts = await untilReady({
      what: `${name} in containers`,
      programs: [program],
      probe: () => (name === 'redis' ? probeRedis(`redis://${addresses[0]}`) : probeWhole(addresses)),
      deadlineMs: READY_WITHIN_MS,
      signal: context.signal,
    });
    const startedInMs = Math.round(performance.now() - startedMs);
    // The engine's processes are not ours to watch or to kill.
    const service: StackService = { name, origin: 'compose', pid: null, pids: [], startedInMs, ...facts };
    const url = name === 'redis' ? `redis://${addresses[0]}` : addresses.join(',');
    return { url, service, programs: [program] };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

/** A cluster is there when all of its brokers are. */
async function probeWhole(addresses: readonly string[]) {
  const facts = await probeKafka(addresses);
  if (Number(facts.settings.brokers) === addresses.length) return facts;
  throw new Error(`${facts.settings.brokers} of ${addresses.length} brokers are there`);
}
