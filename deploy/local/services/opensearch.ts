// Starts OpenSearch as one node on loopback, or finds the one that OPENSEARCH_URL names. Its indexes do not stay between runs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../programs/free-ports.ts';
import { refuseSecondUse } from '../programs/program-records.ts';
import { startProgram } from '../programs/programs.ts';
import { StackError } from '../programs/stack-error.ts';
import { withoutPassword } from '../programs/without-password.ts';
import { findJava, javaEnvironment } from './java.ts';
import { copyJars } from './kafka-libs.ts';
import { layOutOpensearch } from './opensearch-home.ts';
import { readyService } from './ready-service.ts';
import {
  emptyOwnDirectory,
  giveTo,
  reachableDirectory,
  runsAs,
  serviceAccount,
  usableFolder,
} from './service-account.ts';
import type { FoundService, ServiceFacts, StartContext, StartedService } from './stack-service.ts';
import { leftServices } from './stack-state.ts';

const POM = join(import.meta.dirname, 'opensearch', 'pom.xml');
const PROBE_MS = 5_000;

/** A quick start matters more than the last word in speed, and a small machine has it beside everything else. */
const JAVA_OPTIONS = ['-Xms512m', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'];

/** The version that opensearch/pom.xml names. */
export function opensearchVersion(): string {
  const version = /<artifactId>opensearch<\/artifactId>\s*<version>([\d.]+)</.exec(
    readFileSync(POM, 'utf8'),
  )?.[1];
  if (version === undefined) throw new StackError(`${POM} names no version of opensearch.`);
  return version;
}

/** Version of the OpenSearch at a URL. Throws when it does not answer or is something else. */
export async function probeOpensearch(url: string): Promise<ServiceFacts> {
  const { username, password, origin } = new URL(url);
  const authorization =
    username === ''
      ? {}
      : { authorization: `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}` };
  const answer = await fetch(origin, { headers: authorization, signal: AbortSignal.timeout(PROBE_MS) });
  if (!answer.ok) throw new Error(`It answers ${answer.status}.`);
  const { version } = (await answer.json()) as { version?: { number?: string; distribution?: string } };
  if (version?.distribution !== 'opensearch' || version.number === undefined)
    throw new Error('What answers is no OpenSearch.');
  return { version: version.number, settings: {} };
}

/** Starts a node on free ports of 127.0.0.1 with an empty data directory; waits until it answers. */
export async function startOpensearch(context: StartContext): Promise<StartedService> {
  const account = serviceAccount(join(context.dataDirectory, 'opensearch'));
  const java = findJava(account);
  const version = opensearchVersion();
  const brought = await copyJars(context, {
    pom: POM,
    directory: join(context.home, 'opensearch-libs', version),
    what: `OpenSearch ${version}`,
    size: '45 MB',
    instead: 'set OPENSEARCH_URL to an OpenSearch that runs already',
  });
  const jar = `opensearch-${version}.jar`;
  const libs = usableFolder({
    folder: brought,
    name: `opensearch-${version}`,
    home: context.home,
    works: (folder) => runsAs(account, 'test', ['-r', join(folder, jar)]),
    advice: `The account that runs OpenSearch (uid ${account?.uid ?? process.getuid?.()}) cannot read ${join(brought, jar)}. Remove ${brought}, so that it is brought again.`,
  });
  const startedMs = performance.now();
  const root = join(reachableDirectory(context.dataDirectory, account), 'opensearch');
  refuseSecondUse(context.home, root);
  const [httpPort = 0, transportPort = 0] = await freePorts(2);
  const url = `http://127.0.0.1:${httpPort}`;
  context.report('starting', `OpenSearch ${version} at ${url}`);
  emptyOwnDirectory(root, account);
  const { config, data, logs } = layOutOpensearch(root, libs, version, { httpPort, transportPort });
  // It writes a keystore beside its settings.
  giveTo(account, config, data, logs, ...readdirSync(config).map((name) => join(config, name)));
  const program = await startProgram({
    name: 'opensearch',
    command: java,
    args: [
      ...JAVA_OPTIONS,
      ...['-cp', join(root, 'lib', '*')],
      '-Djava.security.manager=allow',
      '-Dlog4j.shutdownHookEnabled=false',
      `-Dopensearch.path.home=${root}`,
      `-Dopensearch.path.conf=${config}`,
      'org.opensearch.bootstrap.OpenSearch',
    ],
    cwd: root,
    env: javaEnvironment(),
    home: context.home,
    directory: root,
    graceMs: 10_000,
    endTogether: 'stack',
    ...account,
  });
  return readyService({
    name: 'opensearch',
    what: 'OpenSearch',
    url,
    program,
    startedMs,
    probe: () => probeOpensearch(url),
    deadlineMs: 120_000,
    signal: context.signal,
  });
}

/**
 * The OpenSearch that is to be used: the one that OPENSEARCH_URL names, or that `npm run stack -- up` left; null: none.
 * @throws StackError when the named one does not answer: a wish that cannot be kept is not silently replaced
 */
export async function findOpensearch(
  home: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<FoundService | null> {
  const url = environment.OPENSEARCH_URL;
  if (!url) {
    const left = leftServices(home).opensearch;
    return left === undefined ? null : { url: left.url, service: { ...left.service, origin: 'stack-up' } };
  }
  const facts = await probeOpensearch(url).catch((cause: Error) => {
    throw new StackError(
      `OPENSEARCH_URL is set to ${withoutPassword(url)}, but nothing there answers as it should: ${cause.message.replace(/\.$/, '')}. Start it, correct OPENSEARCH_URL, or unset it so that Stampede starts its own.`,
      { cause },
    );
  });
  const service = {
    name: 'opensearch',
    origin: 'environment',
    pid: null,
    pids: [],
    startedInMs: null,
  } as const;
  return { url, service: { ...service, pids: [], ...facts } };
}

/**
 * The OpenSearch that runs already, or one that is started; `started` null: it was found. `report` hears of both.
 * @throws StackError when it cannot be had
 */
export async function bringUpOpensearch(
  context: StartContext,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ found: FoundService; started: StartedService | null }> {
  const found = await findOpensearch(context.home, environment);
  if (found !== null) {
    context.report('found', found.service.version);
    return { found, started: null };
  }
  const started = await startOpensearch(context);
  context.report('ready', `${started.service.version}, ${started.service.startedInMs} ms`);
  return { found: started, started };
}
