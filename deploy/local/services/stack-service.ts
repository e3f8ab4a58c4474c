// What one service of the stack is, how it came to be there, and how its coming up is told.
import type { Program } from '../programs/programs.ts';

export const SERVICE_NAMES = ['postgres', 'redis', 'kafka'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** What is there only where somebody asks for it, beside what always is. */
export type AnyServiceName = ServiceName | 'opensearch';

/**
 * `environment`: a URL somebody set; `stack-up`: left running by `npm run stack -- up`; `local`: started for this run;
 * `compose`: containers of Docker Compose.
 */
export type StackService = {
  name: AnyServiceName;
  origin: 'environment' | 'local' | 'stack-up' | 'compose';
  version: string;
  /** The service's first process; null where it is not ours to know. */
  pid: number | null;
  /** All processes that were started for it (three brokers: three); their children are not listed. */
  pids: number[];
  startedInMs: number | null;
  /** The settings that bear on results, as the running service tells them. */
  settings: Record<string, string>;
};

export type StackProgress = {
  service: AnyServiceName;
  state: 'checking' | 'downloading' | 'installing' | 'starting' | 'ready' | 'found';
  detail: string;
  /** Since the stack's bring-up began. */
  elapsedMs: number;
};

/** What a running service answers about itself. */
export type ServiceFacts = { version: string; settings: Record<string, string> };

/** A service with the address to reach it at; for Kafka `host:port,host:port`. */
export type FoundService = {
  url: string;
  service: StackService;
  /** What a person should know about a service of somebody else, each a sentence. */
  notes?: readonly string[];
};

/** A service that was just started, with its programs. */
export type StartedService = FoundService & { programs: Program[] };

/** What a starter needs: where things lie, whether it is still wanted, and whom it tells. */
export type StartContext = {
  home: string;
  /** Where the services keep their data. */
  dataDirectory: string;
  signal: AbortSignal;
  report(state: StackProgress['state'], detail: string): void;
};
