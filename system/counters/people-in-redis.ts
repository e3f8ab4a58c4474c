// People as Redis holds them for all processes of the shop, below `<prefix>counters:`.
//
// - `viewing:<product>` and `shop` are hashes: a person, and by how many instances of the API they are there; so a person at two
//   instances is one, and their number is HLEN. What an instance has added stands in the set `of:<instance>`, and whether it still
//   lives in the sorted set `leases` (when its lease ends). An instance whose lease has ended is moved to `ended`, and what it had
//   added is taken away by whoever comes first.
// - `bought:<product>` and the like are sets of people, read from the database when somebody first wants to know and then kept up to
//   date by whoever writes; 0 is in each, so that an empty one is there. `reading:<counter>` is there while one is being read, and has
//   who came and went meanwhile, and at 0 the reading's name. A set lives an hour, so what a crash left wrong does not stay.
// - `done:<n>` has of each change that was told in the n-th ten seconds when it was done. Several processes write carts and orders, and
//   each gathers for itself: what was done before what is known already comes too late, and is left out.
//
// Whoever changes something publishes on `changed` when it happened and each counter with its new number, "?" where it must be read.
import type { Redis } from '../platform/redis/redis.ts';
import { isPresence } from './keys.ts';
import type { PresenceChanges } from './presence.ts';
import { BEGIN_READING, COUNTS, END, KEEP, MEMBERS_AT_ONCE, RECORD, STORE, SWEEP } from './scripts.ts';

const SET_TTL_MS = 3_600_000;
/** Longer than any statement that reads a set. */
const READING_TTL_SECONDS = 60;
/** For how long it is known when something was done: far longer than any process gathers. */
const DONE_KNOWN_MS = 10_000;

/**
 * Somebody who belongs to a counter from now on, or no more; `unknown`: who belongs to it has to be read again. `doneMs` is when that was
 * done, Unix ms of the clock that all processes share: of two changes of one person the later one holds, whichever comes first.
 */
export type PeopleChange = { key: string; doneMs: number } & (
  | { what: 'joined' | 'left'; personId: number }
  | { what: 'unknown' }
);

/** The people of a counter as they were read; `reading` is what `beginReading` gave. */
type ReadCounter = { key: string; reading: string; personIds: readonly number[] };

export type PeopleInRedis = {
  /** Where all of it is published; the messages are read by `readPublished`. */
  channel: string;
  /**
   * Tells what an instance has found and renews its lease. False when the instance is not known (any more): it has to begin as a new
   * one, with everybody. @param isNew whether it is told of for the first time.
   */
  keep(
    instance: { id: string; leaseMs: number; isNew: boolean },
    changes: PresenceChanges | null,
  ): Promise<boolean>;
  /** Takes away some of what ended instances had added; gives how many, null when there is nothing left of any. */
  sweep(changedMs: number): Promise<number | null>;
  /** An instance that ends, or is another from now on. */
  end(instanceId: string): Promise<void>;
  /** Number of people of each, null where Redis does not know them. */
  counts(keys: readonly string[]): Promise<(number | null)[]>;
  record(changes: readonly PeopleChange[], changedMs: number): Promise<void>;
  /** Has to be said before the people are read, so that nobody is missed who comes or goes meanwhile; gives what `store` has to be shown. */
  beginReading(keys: readonly string[]): Promise<string[]>;
  /** Keeps people that were read; gives the counters of which it is not known who came or went meanwhile: they have to be read again. */
  store(read: readonly ReadCounter[]): Promise<string[]>;
};

/** @param deps.redis without key prefix. */
export function createPeopleInRedis(deps: { redis: Redis; keyPrefix: string }): PeopleInRedis {
  const { redis } = deps;
  const prefix = `${deps.keyPrefix}counters:`;
  // The names of the keys come out of each other in the scripts, so none is named beforehand.
  const run = (script: string, ...values: (string | number)[]) => redis.eval(script, 0, prefix, ...values);

  return {
    channel: `${prefix}changed`,
    async keep({ id, leaseMs, isNew }, changes) {
      const { entered = [], left = [], changedMs = 0 } = changes ?? {};
      const all = [...entered, ...left];
      for (let start = 0; start === 0 || start < all.length; start += MEMBERS_AT_ONCE) {
        const some = all.slice(start, start + MEMBERS_AT_ONCE);
        const enteredCount = Math.max(0, Math.min(entered.length - start, some.length));
        const asNew = isNew && start === 0 ? '1' : '0';
        const answer = await run(KEEP, id, leaseMs, asNew, changedMs, enteredCount, ...some);
        if (answer !== 1) return false;
      }
      return true;
    },
    async sweep(changedMs) {
      const count = Number(await run(SWEEP, changedMs, MEMBERS_AT_ONCE));
      return count < 0 ? null : count;
    },
    async end(instanceId) {
      await run(END, instanceId);
    },
    async counts(keys) {
      const words = keys.map((key) => (isPresence(key) ? `#${key}` : key));
      const answers = await Promise.all(
        inPortions(words, () => 1).map(async (some) => String(await run(COUNTS, some.join(' '))).split(' ')),
      );
      return answers.flat().map(numberOf);
    },
    async record(changes, changedMs) {
      const values = changes.flatMap((change) =>
        change.what === 'unknown'
          ? ['?', change.key, '', change.doneMs]
          : [change.what === 'joined' ? '+' : '-', change.key, change.personId, change.doneMs],
      );
      await run(RECORD, changedMs, DONE_KNOWN_MS, ...values);
    },
    async beginReading(keys) {
      const readings = await run(BEGIN_READING, READING_TTL_SECONDS, ...keys);
      return Array.isArray(readings) ? readings.map(String) : [];
    },
    async store(read) {
      const again: string[] = [];
      for (const some of inPortions(read, ({ personIds }) => 1 + personIds.length)) {
        const values = some.flatMap(({ key, reading, personIds }) => [key, reading, personIds.join(' ')]);
        const outcomes = await run(STORE, SET_TTL_MS, ...values);
        for (const [index, { key }] of some.entries())
          if (!Array.isArray(outcomes) || outcomes[index] !== 1) again.push(key);
      }
      return again;
    },
  };
}

/** In their order, at most MEMBERS_AT_ONCE members in each portion, unless a single one has more. */
function inPortions<T>(values: readonly T[], membersOf: (value: T) => number): T[][] {
  const portions: T[][] = [];
  let memberCount = Number.POSITIVE_INFINITY;
  for (const value of values) {
    memberCount += membersOf(value);
    if (memberCount <= MEMBERS_AT_ONCE) portions.at(-1)?.push(value);
    else {
      portions.push([value]);
      memberCount = membersOf(value);
    }
  }
  return portions;
}

const numberOf = (text: string | undefined): number | null =>
  text === undefined || text === '?' ? null : Number(text);

/** What a message of the channel says: numbers are null where they have to be read, the time where nobody knows it. */
export function readPublished(message: string): {
  changedMs: number | null;
  counts: { key: string; count: number | null }[];
} {
  const [changedMs = '?', ...words] = message.split(' ');
  const counts: { key: string; count: number | null }[] = [];
  for (let index = 0; index < words.length; index += 2)
    counts.push({ key: words[index] ?? '', count: numberOf(words[index + 1]) });
  return { changedMs: numberOf(changedMs), counts };
}
