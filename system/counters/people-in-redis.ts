// People as Redis holds them for all processes of the shop, below `<prefix>counters:`.
//
// - `viewing:<product>` and `shop` are hashes: a person, and by how many instances of the API they are there; so a person at two
//   instances is one, and their number is HLEN. What an instance has added stands in the set `of:<instance>`, and whether it still
//   lives in the sorted set `leases` (when its lease ends). An instance whose lease has ended is moved to `ended`, and what it had
//   added is taken away by whoever comes first.
// - `bought:<product>` and the like are sets of people, read from the database when somebody first wants to know and then kept up to
//   date by whoever writes; 0 is in each, so that an empty one is there. `reading:<counter>` is there while one is being read, and has
//   who came and went meanwhile, and at 0 the reading's name. A set lives an hour, so what a crash left wrong does not stay.
//
// Whoever changes something publishes on `changed` when it happened and each counter with its new number, "?" where it must be read.
import type { Redis } from '../platform/redis/redis.ts';
import { isPresence } from './keys.ts';
import type { PresenceChanges } from './presence.ts';

const SET_TTL_MS = 3_600_000;
/** Longer than any statement that reads a set. */
const READING_TTL_SECONDS = 60;
/** Members that one script handles, so that nobody else waits long for Redis. */
const MEMBERS_AT_ONCE = 1_000;

const COMMON = `
  local p = ARGV[1]
  local counts = {}
  local function publish(changedMs)
    local said = {changedMs}
    for key, count in pairs(counts) do
      said[#said + 1] = key
      said[#said + 1] = count
    end
    if #said > 1 then redis.call('PUBLISH', p .. 'changed', table.concat(said, ' ')) end
  end
  local function leave(member)
    local key, person = string.match(member, '^(.+)|(%d+)$')
    if redis.call('HINCRBY', p .. key, person, -1) <= 0 then redis.call('HDEL', p .. key, person) end
    counts[key] = redis.call('HLEN', p .. key)
  end
  local function nowMs()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
  end`;

// ARGV: prefix, instance, lease in ms, '1' where the instance is new, when it changed, how many entered, these, those who left.
const KEEP = `${COMMON}
  local instance = ARGV[2]
  if ARGV[4] ~= '1' and not redis.call('ZSCORE', p .. 'leases', instance) then return 0 end
  redis.call('ZADD', p .. 'leases', nowMs() + tonumber(ARGV[3]), instance)
  local enteredCount = tonumber(ARGV[6])
  for i = 7, #ARGV do
    local member = ARGV[i]
    if i < 7 + enteredCount then
      if redis.call('SADD', p .. 'of:' .. instance, member) == 1 then
        local key, person = string.match(member, '^(.+)|(%d+)$')
        redis.call('HINCRBY', p .. key, person, 1)
        counts[key] = redis.call('HLEN', p .. key)
      end
    elseif redis.call('SREM', p .. 'of:' .. instance, member) == 1 then
      leave(member)
    end
  end
  publish(ARGV[5])
  return 1`;

// ARGV: prefix, when it changed, how many at most.
const SWEEP = `${COMMON}
  for _, instance in ipairs(redis.call('ZRANGEBYSCORE', p .. 'leases', '-inf', nowMs())) do
    redis.call('ZREM', p .. 'leases', instance)
    redis.call('SADD', p .. 'ended', instance)
  end
  local instance = redis.call('SRANDMEMBER', p .. 'ended')
  if not instance then return -1 end
  local members = redis.call('SPOP', p .. 'of:' .. instance, ARGV[3])
  for _, member in ipairs(members) do leave(member) end
  if #members == 0 then redis.call('SREM', p .. 'ended', instance) end
  publish(ARGV[2])
  return #members`;

// ARGV: prefix, instance.
const END = `
  redis.call('ZREM', ARGV[1] .. 'leases', ARGV[2])
  redis.call('SADD', ARGV[1] .. 'ended', ARGV[2])`;

const OF_CHANGES = `${COMMON}
  local commandOf = { ['+'] = 'SADD', ['-'] = 'SREM' }`;

// ARGV: prefix, when it changed, then '+', '-' or '?', a counter and a person each. What nobody has read is not kept.
const RECORD = `${OF_CHANGES}
  for i = 3, #ARGV, 3 do
    local what, key, person = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    local reading = p .. 'reading:' .. key
    if what == '?' then
      redis.call('DEL', p .. key, reading)
      counts[key] = '?'
    elseif redis.call('EXISTS', p .. key) == 0 then
      if redis.call('EXISTS', reading) == 1 then redis.call('HSET', reading, person, what) end
      counts[key] = '?'
    elseif redis.call(commandOf[what], p .. key, person) == 1 then
      counts[key] = redis.call('SCARD', p .. key) - 1
    end
  end
  publish(ARGV[2])`;

// ARGV: prefix, how long a reading may take in s, counters. One that is being read already goes on, with what it has.
const BEGIN_READING = `
  local name = table.concat(redis.call('TIME'), '.')
  local names = {}
  for i = 3, #ARGV do
    local reading = ARGV[1] .. 'reading:' .. ARGV[i]
    redis.call('HSETNX', reading, 0, name)
    redis.call('EXPIRE', reading, ARGV[2])
    names[#names + 1] = redis.call('HGET', reading, 0)
  end
  return names`;

// ARGV: prefix, counter, its reading, how long it lives in ms, people. A set that is there is kept up to date, so it is right already.
const STORE = `${OF_CHANGES}
  local key, reading = p .. ARGV[2], p .. 'reading:' .. ARGV[2]
  if redis.call('EXISTS', key) == 0 then
    if redis.call('HGET', reading, 0) ~= ARGV[3] then return 0 end
    redis.call('SADD', key, 0)
    for i = 5, #ARGV do redis.call('SADD', key, ARGV[i]) end
    local changes = redis.call('HGETALL', reading)
    for i = 1, #changes, 2 do
      local command = commandOf[changes[i + 1]]
      if command then redis.call(command, key, changes[i]) end
    end
    redis.call('PEXPIRE', key, ARGV[4])
    redis.call('DEL', reading)
  end
  counts[ARGV[2]] = redis.call('SCARD', key) - 1
  publish('?')
  return 1`;

/** Somebody who belongs to a counter from now on, or no more; `unknown`: who belongs to it has to be read again. */
export type PeopleChange =
  | { what: 'joined' | 'left'; key: string; personId: number }
  | { what: 'unknown'; key: string };

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
  /** Keeps people that were read; false when it is not known who came or went meanwhile, so that they have to be read again. */
  store(key: string, reading: string, personIds: readonly number[]): Promise<boolean>;
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
    counts: (keys) =>
      Promise.all(
        keys.map(async (key) => {
          if (isPresence(key)) return redis.hlen(prefix + key);
          const count = await redis.scard(prefix + key);
          return count === 0 ? null : count - 1;
        }),
      ),
    async record(changes, changedMs) {
      const values = changes.flatMap((change) =>
        change.what === 'unknown'
          ? ['?', change.key, '']
          : [change.what === 'joined' ? '+' : '-', change.key, change.personId],
      );
      await run(RECORD, changedMs, ...values);
    },
    async beginReading(keys) {
      const readings = await run(BEGIN_READING, READING_TTL_SECONDS, ...keys);
      return Array.isArray(readings) ? readings.map(String) : [];
    },
    async store(key, reading, personIds) {
      return (await run(STORE, key, reading, SET_TTL_MS, ...personIds)) === 1;
    },
  };
}

/** What a message of the channel says: numbers are null where they have to be read, the time where nobody knows it. */
export function readPublished(message: string): {
  changedMs: number | null;
  counts: { key: string; count: number | null }[];
} {
  const [changedMs = '?', ...words] = message.split(' ');
  const numberOf = (text: string | undefined) => (text === undefined || text === '?' ? null : Number(text));
  const counts: { key: string; count: number | null }[] = [];
  for (let index = 0; index < words.length; index += 2)
    counts.push({ key: words[index] ?? '', count: numberOf(words[index + 1]) });
  return { changedMs: numberOf(changedMs), counts };
}
