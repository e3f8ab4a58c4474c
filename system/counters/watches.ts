// Which sockets of this process watch which counters, what is known of these, and who is to be told what. Pure: when it is told, and
// by whom, is live-counters.ts's. Sockets of pages that hear the same share a message, which is so encoded once for all of them.
import type { CountersChanged } from '../contract/counters.ts';
import { changedOf } from './keys.ts';

/** One message for all of these sockets. */
export type Told = { socketIds: readonly string[]; changed: CountersChanged };

export type Watches = {
  /**
   * Replaces what the socket watched; it is told all of it once `ready` says so, and nothing before. Gives the counters that nobody
   * watched until now.
   */
  watch(socketId: string, keys: readonly string[]): string[];
  /** The sockets that watch something else than they were told of, each given once. */
  opened(): string[];
  /** What these watch is known by now, as far as it will be soon: they are told all of it next time. */
  ready(socketIds: readonly string[]): void;
  isWatched(key: string): boolean;
  keys(): IterableIterator<string>;
  /** Of sockets that watch something. */
  socketCount(): number;
  /** A value as it is now. @param changedMs when it became so, on the monotonic clock; null where nobody knows. */
  set(key: string, value: number, changedMs: number | null): void;
  /** What is to be told: to each socket at most one message. What a socket was given counts as heard, unless `missed` says otherwise. */
  take(): Told[];
  /** The socket did not get this message, and is told all of its counters next time. */
  missed(socketId: string, changed: CountersChanged): void;
};

type Watch = { id: string; keys: readonly string[]; socketIds: Set<string> };
type News = { keys: string[]; changedMs: number | null };

const oldest = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other);

/** Pages by what they show: those that show the same are one. */
function createPages() {
  const ofSocket = new Map<string, Watch>();
  const byId = new Map<string, Watch>();
  const byKey = new Map<string, Set<Watch>>();

  /** Gives the keys that are on no page any more. */
  function leave(socketId: string): string[] {
    const watch = ofSocket.get(socketId);
    ofSocket.delete(socketId);
    watch?.socketIds.delete(socketId);
    if (watch === undefined || watch.socketIds.size > 0) return [];
    byId.delete(watch.id);
    return watch.keys.filter((key) => {
      const watches = byKey.get(key);
      watches?.delete(watch);
      return watches?.size === 0 && byKey.delete(key);
    });
  }
  /** Gives the keys that were on no page until now. */
  function enter(socketId: string, keys: readonly string[]): string[] {
    const id = keys.join(' ');
    const known = byId.get(id);
    const watch = known ?? { id, keys, socketIds: new Set<string>() };
    watch.socketIds.add(socketId);
    ofSocket.set(socketId, watch);
    if (known !== undefined) return [];
    byId.set(id, watch);
    return keys.filter((key) => {
      const watches = byKey.get(key);
      if (watches === undefined) byKey.set(key, new Set([watch]));
      else watches.add(watch);
      return watches === undefined;
    });
  }
  return { ofSocket, byKey, enter, leave };
}

/** Pages that show different things and hear of the same, as of the people in the shop, share that message too. */
function byContent(news: ReadonlyMap<Watch, News>): (News & { socketIds: string[] })[] {
  const groups = new Map<string, News & { socketIds: string[] }>();
  for (const [watch, { keys, changedMs }] of news) {
    const content = `${changedMs} ${keys.join(' ')}`;
    const group = groups.get(content) ?? { keys, changedMs, socketIds: [] };
    for (const id of watch.socketIds) group.socketIds.push(id);
    groups.set(content, group);
  }
  return [...groups.values()];
}

export function createWatches(): Watches {
  const pages = createPages();
  const values = new Map<string, number>();
  /** What was told of each to all that watched it then. */
  const told = new Map<string, number>();
  const changes = new Map<string, number | null>();
  /** Sockets whose page is new: by the time of its first message as much as possible is to be known, for it costs as much as any other. */
  const isOpening = new Set<string>();
  const openedIds = new Set<string>();
  /** Sockets that are to be told all, with when the oldest change happened that they have not heard of. */
  const behind = new Map<string, number | null>();

  function newsOfWatches(): Map<Watch, News> {
    const news = new Map<Watch, News>();
    for (const [key, changedMs] of changes) {
      const value = values.get(key);
      if (value === undefined || told.get(key) === value) continue;
      told.set(key, value);
      for (const watch of pages.byKey.get(key) ?? []) {
        const one = news.get(watch);
        if (one === undefined) news.set(watch, { keys: [key], changedMs });
        else {
          one.keys.push(key);
          one.changedMs = oldest(one.changedMs, changedMs);
        }
      }
    }
    changes.clear();
    return news;
  }
  function behindByWatch(): Map<Watch, { socketIds: string[]; changedMs: number | null }> {
    const groups = new Map<Watch, { socketIds: string[]; changedMs: number | null }>();
    for (const [socketId, changedMs] of behind) {
      const watch = pages.ofSocket.get(socketId);
      if (watch === undefined) continue;
      const group = groups.get(watch) ?? { socketIds: [], changedMs };
      group.socketIds.push(socketId);
      group.changedMs = oldest(group.changedMs, changedMs);
      groups.set(watch, group);
    }
    return groups;
  }
  return {
    watch(socketId, keys) {
      const left = pages.leave(socketId);
      const isNew = new Set(keys.length === 0 ? [] : pages.enter(socketId, keys));
      for (const key of left) {
        // What the socket's next page shows as well is known already, or on its way.
        if (!isNew.delete(key)) for (const map of [values, told, changes]) map.delete(key);
      }
      behind.delete(socketId);
      if (keys.length === 0) {
        isOpening.delete(socketId);
        openedIds.delete(socketId);
      } else {
        isOpening.add(socketId);
        openedIds.add(socketId);
      }
      return [...isNew];
    },
    opened() {
      const ids = [...openedIds];
      openedIds.clear();
      return ids;
    },
    ready(socketIds) {
      // Not who has turned to yet another page since.
      for (const id of socketIds) if (!openedIds.has(id) && isOpening.delete(id)) behind.set(id, null);
    },
    isWatched: (key) => pages.byKey.has(key),
    keys: () => pages.byKey.keys(),
    socketCount: () => pages.ofSocket.size,
    set(key, value, changedMs) {
      if (!pages.byKey.has(key) || values.get(key) === value) return;
      values.set(key, value);
      changes.set(key, oldest(changes.get(key) ?? null, changedMs));
    },
    take() {
      const news = newsOfWatches();
      const late = behindByWatch();
      const messages: Told[] = [];
      const add = (socketIds: readonly string[], keys: readonly string[], changedMs: number | null) => {
        const changed = socketIds.length === 0 ? null : changedOf(keys, values, changedMs);
        if (changed !== null) messages.push({ socketIds, changed });
      };
      for (const { socketIds, keys, changedMs } of byContent(news))
        add(
          socketIds.filter((id) => !behind.has(id) && !isOpening.has(id)),
          keys,
          changedMs,
        );
      for (const [watch, { socketIds, changedMs }] of late) add(socketIds, watch.keys, changedMs);
      behind.clear();
      return messages;
    },
    missed(socketId, { changedMs }) {
      if (pages.ofSocket.has(socketId) && !isOpening.has(socketId))
        behind.set(socketId, oldest(behind.get(socketId) ?? null, changedMs));
    },
  };
}
