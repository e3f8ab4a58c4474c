// What a feature of the shop tells of itself. Features are listed in system/features.ts; whatever puts the shop together
// (configuration, API, processes, topics) loops over that list and knows none of them by name.
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kafka } from 'kafkajs';
import type { Registry } from 'prom-client';
import type { Role } from '../../contract/roles.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../../contract/sockets.ts';
import type { Topic } from '../../contract/topics.ts';
import type { Health } from '../diagnostics/health.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Metrics } from '../diagnostics/metrics.ts';
import type { HttpApp } from '../http/http.ts';
import type { Database } from '../postgres/postgres.ts';
import type { Redis } from '../redis/redis.ts';
import type { Clock } from '../settings/clock.ts';
import type { PlatformConfig } from '../settings/config.ts';
import type { Environment, SettingsTable, ValuesOf } from '../settings/settings.ts';

/** What every feature finds in the process, with the values of its own settings among the platform's. */
export type ShopProcess<Own = Readonly<Record<string, unknown>>> = {
  config: PlatformConfig & Own;
  log: Log;
  clock: Clock;
  health: Health;
  metrics: Metrics;
  database: Database;
  /** Without key prefix: channels carry theirs in their names. */
  channels: Redis;
  kafka: Kafka;
};

/** What a process that serves the API has besides. */
export type ApiProcess = {
  /** With the shop's key prefix. */
  redis: Redis;
  /** Disconnects the sockets of an ended session, in whichever process they are. */
  closeSockets: (familyId: string) => void;
};

/** A hook that refuses strangers and remembers who asks. */
export type RequestHook = (request: FastifyRequest) => Promise<void>;

/** Who is asking, at routes and sockets alike. */
export type Authentication = {
  /** Prepares a server, once, before its routes. */
  prepare(app: FastifyInstance): void;
  authenticate: RequestHook;
  /** The session of an access token, or null when there is none. */
  readSession(accessToken: string): Promise<{ customerId: number; familyId: string } | null>;
};

/** Something that runs in the background until it is closed. */
export type Running = { close(): Promise<void> };

/** How an event of customers is answered; `payload` is what they sent, unchecked. */
export type SocketAnswer = {
  event: keyof ClientToServerEvents;
  answer(customerId: number, payload: unknown): Promise<unknown>;
};

/** Tells a customer who has just connected what they may have missed; `tell` reaches that one socket alone. */
export type SocketGreeting = (
  customerId: number,
  tell: <Event extends keyof ServerToClientEvents>(
    event: Event,
    ...payload: Parameters<ServerToClientEvents[Event]>
  ) => void,
) => Promise<void>;

/** Somebody in the shop: a customer by their id, a guest by that of their visit, 32 hexadecimal digits. */
export type PersonId = number | string;

/** One socket of somebody in the shop. */
export type ConnectedSocket = { id: string; personId: PersonId };

/** The sockets of this process alone. */
export type LocalSockets = {
  /**
   * Tells each of them, encoded once for all. Gives those who were not told, because they are gone or have not taken yet what they
   * were told before: nothing is kept for them.
   */
  tell<Event extends keyof ServerToClientEvents>(
    socketIds: readonly string[],
    event: Event,
    ...payload: Parameters<ServerToClientEvents[Event]>
  ): readonly string[];
};

/** Goes along with each socket of this process, from its connection to its end. */
export type SocketFollower = {
  connected(socket: ConnectedSocket): void;
  disconnected(socket: ConnectedSocket): void;
  /** How events about the socket itself are answered, at once; `payload` is what was sent, unchecked. */
  events: Partial<Record<keyof ClientToServerEvents, (socket: ConnectedSocket, payload: unknown) => unknown>>;
};

/** What a feature adds to a process that serves the API. */
export type ApiShare = {
  /** Given by exactly one feature. */
  authentication?: Authentication;
  /** Who a guest's socket is of, by its handshake; null for whoever has begun no visit. Given by one feature at most. */
  readVisitor?(handshake: Pick<IncomingMessage, 'headers'>): Promise<string | null>;
  routes?(app: HttpApp, authenticate: RequestHook): void | Promise<void>;
  answers?: readonly SocketAnswer[];
  greetings?: readonly SocketGreeting[];
  followers?: readonly ((sockets: LocalSockets) => SocketFollower)[];
  /** Started before the routes are added. */
  jobs?: readonly (() => Running)[];
  /** Brings what requests have given it to where it is safe. Called when no new requests come any more. */
  drain?(): Promise<void>;
};

/** A feature in one process. */
export type OpenedFeature = {
  /** Rejects, with the reason, where the API must not be served. */
  beforeApi?(): Promise<void>;
  api?(process: ApiProcess): ApiShare;
  /** What each of its roles does in the process, by the role's name; it runs until it is closed. */
  roles?: Readonly<Record<string, () => Running>>;
};

/**
 * A feature as its folder writes it down; what it does not have is left out. `Instruments`: what its metrics are told by;
 * `Others`: settings of other features that it reads.
 */
export type Feature<Table extends SettingsTable = SettingsTable, Instruments = unknown, Others = unknown> = {
  name: string;
  settings?: Table;
  /** Topics of the contract's table that are the feature's. */
  topics?: readonly Topic[];
  /** Roles of the contract's table that are the feature's; each has its entry in what `open` gives. */
  roles?: readonly Role[];
  /** Whether it speaks to Kafka in a process with this environment and these roles; left out: never. */
  needsKafka?(environment: Environment, roles: readonly string[]): boolean;
  /** Registers its instruments, in every process. */
  metrics?(registry: Registry): Instruments;
  /** Called once in every process, whatever its roles; opens nothing that must be closed. */
  open?(process: ShopProcess<ValuesOf<Table> & Others>, instruments: Instruments): OpenedFeature;
};

/** As the parameter of a function, because a union of those becomes an intersection where it is inferred from. */
type OwnOf<One> = One extends { settings: infer Table extends SettingsTable }
  ? (own: ValuesOf<Table>) => void
  : never;

/** All settings of a shop with these features. */
export type ConfigOf<Features extends readonly Feature[]> = PlatformConfig &
  (OwnOf<Features[number]> extends (all: infer All) => void ? All : never);

/** The topics of these features. */
export function topicsOf(features: readonly Feature[]): Topic[] {
  return features.flatMap((feature) => feature.topics ?? []);
}
