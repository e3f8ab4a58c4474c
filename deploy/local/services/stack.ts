// The stack: PostgreSQL, Redis, Kafka and, where it is asked for, OpenSearch, found where they run already, else started for this run: by programs of this
// machine, in containers where those are missing and an engine answers, or by programs that apt brings.

import { endOrphans } from '../programs/programs.ts';
import { StackError } from '../programs/stack-error.ts';
import { homePaths, stampedeHome } from '../programs/state-directory.ts';
import { type ContainedService, composeAnswers, startInContainers } from './compose-services.ts';
import { brokersOf, findService } from './find-service.ts';
import { type BrokerCount, startKafka } from './kafka.ts';
import { installMissing, missingPrograms } from './missing-programs.ts';
import { bringUpOpensearch } from './opensearch.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import {
  type AnyServiceName,
  type FoundService,
  SERVICE_NAMES,
  type ServiceName,
  type StackProgress,
  type StackService,
  type StartContext,
  type StartedService,
} from './stack-service.ts';

export { StackError } from '../programs/stack-error.ts';
export type { StackProgress, StackService } from './stack-service.ts';

export type Stack = {
  /** URL of the database server, as a user who may create databases. */
  postgresUrl: string;
  redisUrl: string;
  /** `host:port` of each broker. */
  kafkaBrokers: string[];
  /** null where nobody asked for one. */
  opensearchUrl: string | null;
  services: StackService[];
  /** Ends what this bring-up started, nothing else. */
  stop(): Promise<void>;
};

export type StackOptions = {
  onProgress?: (progress: StackProgress) => void;
  /** Aborting it ends what was started so far and rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Takes lines worth a person's notice, such as what a killed run had left. */
  log?: (line: string) => void;
  /** How many Kafka brokers are needed; default: one, or as many as a running cluster has. */
  brokerCount?: BrokerCount;
  /** Connections to PostgreSQL that the shop is going to hold; default: as many as peak-hour's. */
  shopConnections?: number;
  /** True: OpenSearch too. */
  opensearch?: boolean;
  /** The state directory; default `stampedeHome()`. */
  home?: string;
  /** Where services that are started keep their data; default `<home>/data`. */
  dataDirectory?: string;
  /** Where DATABASE_URL, REDIS_URL and KAFKA_BROKERS are looked for; default this process's environment. */
  environment?: NodeJS.ProcessEnv;
};

/** All services; those that this bring-up started also with their programs. */
export type Services = {
  all: Record<ServiceName, FoundService>;
  opensearch: FoundService | null;
  started: StartedService[];
};

/**
 * Finds or starts the services and waits until each answers a real question.
 * @throws StackError when a service cannot be had; the message names the next step. What was started is ended again.
 */
export async function bringUpStack(options: StackOptions = {}): Promise<Stack> {
  const { all, opensearch, started } = await bringUpServices(options);
  return {
    postgresUrl: all.postgres.url,
    redisUrl: all.redis.url,
    kafkaBrokers: brokersOf(all.kafka.url),
    opensearchUrl: opensearch?.url ?? null,
    services: [
      ...SERVICE_NAMES.map((name) => all[name].service),
      ...(opensearch === null ? [] : [opensearch.service]),
    ],
    stop: () => stopServices(started),
  };
}

/** The addresses of some of them alone: a command that needs no broker does not wait for one. Otherwise as `bringUpStack`. */
export async function bringUpSome<Name extends ServiceName>(
  names: readonly Name[],
  options: StackOptions = {},
): Promise<{ urlOf: (name: Name) => string; stop: () => Promise<void> }> {
  const { serviceOf, started } = await findOrStart(names, options);
  return { urlOf: (name) => serviceOf(name).url, stop: () => stopServices(started) };
}

/** The same for `npm run stack -- up`, which decides itself what becomes of the started programs. */
export async function bringUpServices(options: StackOptions = {}): Promise<Services> {
  const { environment = process.env } = options;
  const { serviceOf, started, places, report } = await findOrStart(SERVICE_NAMES, options);
  const all = { postgres: serviceOf('postgres'), redis: serviceOf('redis'), kafka: serviceOf('kafka') };
  if (!options.opensearch) return { all, opensearch: null, started };
  try {
    const told: StartContext['report'] = (...words) => report('opensearch', ...words);
    const opensearch = await bringUpOpensearch({ ...places, report: told }, environment);
    return {
      all,
      opensearch: opensearch.found,
      started: [...started, ...(opensearch.started === null ? [] : [opensearch.started])],
    };
  } catch (error) {
    await stopServices(started);
    throw error;
  }
}

async function findOrStart(names: readonly ServiceName[], options: StackOptions) {
  const home = options.home ?? stampedeHome();
  const { environment = process.env, brokerCount, shopConnections, log } = options;
  const signal = options.signal ?? new AbortController().signal;
  const report = reporter(options.onProgress);
  for (const { name, process: ended } of await endOrphans(home)) {
    log?.(`Ended ${name} (pid ${ended.pid}), left by a run that was killed.`);
  }
  signal.throwIfAborted();
  const found = await Promise.all(
    names.map(async (name) => {
      report(name, 'checking', 'looking for one that runs');
      const service = await findService(name, { home, environment, brokerCount, shopConnections });
      if (service !== null) report(name, 'found', foundText(service));
      for (const note of service?.notes ?? []) log?.(note);
      return service;
    }),
  );
  const absent = names.filter((_, index) => found[index] === null);
  const lacking = missingPrograms(absent, home);
  const inContainers = lacking.length > 0 && composeAnswers();
  if (!inContainers) await installMissing(lacking, home, report);
  const contained = inContainers ? lacking.map(({ service }) => service) : [];
  const places = { home, dataDirectory: options.dataDirectory ?? homePaths(home).data, signal };
  const started = await startAll(absent, contained, brokerCount ?? 1, { ...places, report });
  const serviceOf = (name: ServiceName): FoundService => {
    const one = found[names.indexOf(name)] ?? started.find(({ service }) => service.name === name);
    if (one === undefined) throw new Error(`The service ${name} was neither found nor started.`);
    return one;
  };
  return { serviceOf, started, places, report };
}

/** Ends the programs of started services, all at the same time. */
export async function stopServices(started: readonly StartedService[]): Promise<void> {
  await Promise.all(started.flatMap(({ programs }) => programs.map((program) => program.stop())));
}

/** Starts all at the same time, those of `contained` in containers. The first that fails stops the others; every failure of its own is told. */
async function startAll(
  names: readonly ServiceName[],
  contained: readonly ContainedService[],
  brokerCount: BrokerCount,
  { report, signal, ...places }: Omit<StartContext, 'report'> & { report: ReturnType<typeof reporter> },
): Promise<StartedService[]> {
  const givenUp = new AbortController();
  const context = { ...places, signal: AbortSignal.any([signal, givenUp.signal]) };
  const failures: Error[] = [];
  const outcomes = await Promise.all(
    names.map(async (name) => {
      try {
        const own = {
          ...context,
          report: (...words: Parameters<StartContext['report']>) => report(name, ...words),
        };
        const container = contained.find((one) => one === name);
        const one = await (container ? startInContainers(container, own) : start(name, own, brokerCount));
        report(name, 'ready', `${one.service.version}, ${one.service.startedInMs} ms`);
        return one;
      } catch (failure) {
        if (failure !== givenUp.signal.reason) failures.push(failure as Error);
        givenUp.abort(new Error('Another service could not be started.'));
        return null;
      }
    }),
  );
  const started = outcomes.filter((outcome) => outcome !== null);
  const [first, ...others] = failures;
  if (first === undefined) return started;
  await stopServices(started);
  if (others.length === 0 || !failures.every((failure) => failure instanceof StackError)) throw first;
  const message = failures.map((failure) => failure.message).join('\n');
  throw new StackError(message, { cause: new AggregateError(failures) });
}

function start(name: ServiceName, context: StartContext, brokerCount: BrokerCount): Promise<StartedService> {
  if (name === 'postgres') return startPostgres(context);
  return name === 'redis' ? startRedis(context) : startKafka(context, brokerCount);
}

function reporter(onProgress: StackOptions['onProgress']) {
  const startedMs = performance.now();
  return (service: AnyServiceName, state: StackProgress['state'], detail: string) =>
    onProgress?.({ service, state, detail, elapsedMs: Math.round(performance.now() - startedMs) });
}

function foundText({ service }: FoundService): string {
  const version = service.version === 'unknown' ? '' : `${service.version}, `;
  return `${version}${service.origin === 'environment' ? 'named by the environment' : 'left running by stack up'}`;
}
