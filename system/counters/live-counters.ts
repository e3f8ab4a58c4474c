// The counters of one process that serves sockets: keeps Redis informed of who is here, hears what changes anywhere, and tells the
// sockets that watch it. All of it happens in beats, so that many changes become one message; whoever calls `beat` decides when.
import { setImmediate } from 'node:timers/promises';
import type { CountersChanged } from '../contract/counters.ts';
import type { Log } from '../platform/diagnostics/log.ts';
import type { ConnectedSocket, LocalSockets } from '../platform/features/feature.ts';
import { createInstance } from './instance.ts';
import { SHOP } from './keys.ts';
import type { CounterMetrics } from './metrics.ts';
import { paceMs } from './pace.ts';
import type { Pages } from './page-events.ts';
import { type PeopleInRedis, readPublished } from './people-in-redis.ts';
import { createPresence, memberOf } from './presence.ts';
import type { ReadPeople } from './read-people.ts';
import { createValues } from './values.ts';
import { createWatches, type Told } from './watches.ts';

/** After a failure everything is left for so long. */
const RETRY_AFTER_MS = 500;
/** Sockets that are told before requests have their turn again: some 5 ms. */
const TOLD_AT_ONCE = 250;

export type LiveCounters = Pages & {
  attach(sockets: LocalSockets): void;
  /** Takes a message of the channel of people-in-redis.ts. */
  hear(message: string): void;
  /** Messages may have been missed: all values are asked for again. */
  askAgain(): void;
  /** Tells what is due and does what is to be done; resolves when that is done. Never rejects. */
  beat(): Promise<void>;
  /** Nobody is here any more. Never rejects. */
  end(): Promise<void>;
};

export type LiveCountersDeps = {
  people: PeopleInRedis;
  readPeople: ReadPeople;
  /** For how long Redis believes a process that says nothing. */
  leaseMs: number;
  newInstanceId: () => string;
  monotonicMs: () => number;
  metrics: CounterMetrics;
  log: Log;
};

export function createLiveCounters(deps: LiveCountersDeps): LiveCounters {
  const { monotonicMs, metrics, log } = deps;
  const presence = createPresence(monotonicMs);
  const watches = createWatches();
  const values = createValues({ ...deps, watches });
  const viewed = new Map<string, string>();
  const instance = createInstance({ ...deps, presence });
  metrics.watchSockets(watches.socketCount);
  let sockets: LocalSockets | null = null;
  let tellAtMs = Number.NEGATIVE_INFINITY;
  let workAtMs = Number.NEGATIVE_INFINITY;
  let isAway = false;
  let telling: Promise<void> | null = null;
  let working: Promise<void> | null = null;

  async function tell(): Promise<void> {
    const nowMs = monotonicMs();
    if (nowMs < tellAtMs) return;
    const messages = watches.take().flatMap(inParts);
    if (messages.length === 0) return;
    const socketCount = messages.reduce((sum, { socketIds }) => sum + socketIds.length, 0);
    tellAtMs = nowMs + paceMs(socketCount);
    let inTurnCount = 0;
    for (const message of messages) {
      tellOne(message);
      inTurnCount += message.socketIds.length;
      if (inTurnCount < TOLD_AT_ONCE) continue;
      inTurnCount = 0;
      await setImmediate();
    }
  }
  function tellOne({ socketIds, changed }: Told): void {
    const missed = sockets?.tell(socketIds, 'counters:changed', changed) ?? socketIds;
    for (const socketId of missed) watches.missed(socketId, changed);
    const toldCount = socketIds.length - missed.length;
    if (toldCount > 0) metrics.told(toldCount, lagOf(changed, monotonicMs()));
  }
  async function work(): Promise<void> {
    if (monotonicMs() < workAtMs) return;
    const opened = watches.opened();
    try {
      await instance.keep();
      await values.ask();
      await instance.sweep();
      if (isAway) log.info('counters are kept again');
      isAway = false;
    } catch (error) {
      metrics.failed();
      if (!isAway) log.warn({ err: error }, 'counters are not kept; the shop goes on without them');
      isAway = true;
      workAtMs = monotonicMs() + RETRY_AFTER_MS;
      instance.beginAnew();
      values.askAgain();
    } finally {
      watches.ready(opened);
    }
  }
  function view({ id, personId }: ConnectedSocket, key: string | null): void {
    const before = viewed.get(id);
    // Entered first, so that who looks at the same again never left.
    if (key !== null) presence.enter(memberOf(key, personId));
    if (before !== undefined) presence.leave(memberOf(before, personId));
    if (key === null) viewed.delete(id);
    else viewed.set(id, key);
  }
  return {
    attach(local) {
      sockets = local;
    },
    connected: ({ personId }) => presence.enter(memberOf(SHOP, personId)),
    disconnected(socket) {
      view(socket, null);
      watches.watch(socket.id, []);
      presence.leave(memberOf(SHOP, socket.personId));
    },
    watch: ({ id }, keys) => values.want(watches.watch(id, keys)),
    view,
    hear(message) {
      const { changedMs, counts } = readPublished(message);
      for (const { key, count } of counts) values.hear(key, count, changedMs);
    },
    askAgain: values.askAgain,
    async beat() {
      telling ??= tell().finally(() => {
        telling = null;
      });
      working ??= work().finally(() => {
        working = null;
      });
      await Promise.all([telling, working]);
    },
    async end() {
      await Promise.all([telling, working]);
      await instance.end().catch((error) => {
        log.warn({ err: error }, 'the people of this process stay counted until its lease ends');
      });
    },
  };
}

function inParts({ socketIds, changed }: Told): Told[] {
  const parts: Told[] = [];
  for (let start = 0; start < socketIds.length; start += TOLD_AT_ONCE)
    parts.push({ socketIds: socketIds.slice(start, start + TOLD_AT_ONCE), changed });
  return parts;
}

const lagOf = ({ changedMs }: CountersChanged, nowMs: number): number | null =>
  changedMs === null ? null : nowMs - changedMs;
