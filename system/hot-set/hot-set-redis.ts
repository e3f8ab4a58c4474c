// The hot set in Redis: one leader's lease, the set laid beside the old one, and the step that puts it in its place. Readers of
// one key need nothing of this; `readHotCustomers` reads two of one version.
import { HOT_SET_KEYS, type HotCustomer, type HotCustomers, type HotSetMeta } from '../contract/cache.ts';
import type { Redis } from '../platform/redis/redis.ts';

const LEASE = 'cache:leader';
const VERSION = 'cache:version';
/** Leftovers of a worker that was killed go after this. */
const STAGED_SECONDS = 60;
const FIELDS_AT_ONCE = 500;

/** A set as it will lie in Redis: fields and their texts. */
export type StagedSet = Record<'users' | 'products' | 'lists', ReadonlyMap<string, string>>;

export type Lead = {
  isLeader: boolean;
  /** Of the whole set that is there; null when there is none. */
  meta: HotSetMeta | null;
};

// The lease is taken where it is free and lengthened where it is one's own. Meta counts only together with what it describes.
const LEAD = `
  local owner = redis.call('GET', KEYS[1])
  local mine = owner == ARGV[1]
  if not owner then
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    mine = true
  elseif mine then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
  end
  local meta = redis.call('HGET', KEYS[2], 'set')
  if meta then
    local told = cjson.decode(meta)
    if redis.call('HLEN', KEYS[3]) ~= told.customerCount or redis.call('HLEN', KEYS[4]) ~= told.productCount then
      meta = false
    end
  end
  return {mine and 1 or 0, meta or ''}`;

// Swaps only for the holder of the lease, only forwards, and only what has arrived whole: an evicted or expired part leaves
// the old set where it is. ARGV: owner, version, meta, then the number of fields of each of the three sets.
const SWAP = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lost-lead' end
  local old = redis.call('HGET', KEYS[2], 'set')
  if old and tonumber(cjson.decode(old).version) >= tonumber(ARGV[2]) then return 'outrun' end
  for i = 0, 2 do
    if redis.call('HLEN', KEYS[3 + i]) ~= tonumber(ARGV[4 + i]) then return 'incomplete' end
  end
  for i = 0, 2 do
    if tonumber(ARGV[4 + i]) == 0 then
      redis.call('DEL', KEYS[6 + i])
    else
      redis.call('RENAME', KEYS[3 + i], KEYS[6 + i])
      redis.call('PERSIST', KEYS[6 + i])
    end
  end
  redis.call('HSET', KEYS[2], 'set', ARGV[3])
  return 'swapped'`;

const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

export type SwapOutcome = 'swapped' | 'lost-lead' | 'outrun' | 'incomplete';

export type HotSetRedis = {
  /** Takes or lengthens the lease; tells who leads and what is there. */
  lead(owner: string, leaseMs: number): Promise<Lead>;
  /** The number of the next set; each is given once. */
  nextVersion(): Promise<number>;
  /** Lays a set beside the one that is read. */
  stage(version: number, set: StagedSet): Promise<void>;
  /** Puts a staged set in the place of the old one, all keys at once. */
  swap(owner: string, meta: HotSetMeta, set: StagedSet): Promise<SwapOutcome>;
  /** Gives the lease back, if it is still the owner's. */
  release(owner: string): Promise<void>;
};

const PARTS = ['users', 'products', 'lists'] as const;

const stagedKey = (part: (typeof PARTS)[number], version: number) => `cache:staged:${version}:${part}`;

/** @param redis with the shop's key prefix. */
export function createHotSetRedis(redis: Redis): HotSetRedis {
  return {
    async lead(owner, leaseMs) {
      const { meta, users, products } = HOT_SET_KEYS;
      const answer = await redis.eval(LEAD, 4, LEASE, meta, users, products, owner, leaseMs);
      const [isMine, text] = Array.isArray(answer) ? answer : [];
      return {
        isLeader: isMine === 1,
        meta: typeof text === 'string' && text !== '' ? (JSON.parse(text) as HotSetMeta) : null,
      };
    },
    nextVersion: () => redis.incr(VERSION),
    async stage(version, set) {
      const pipeline = redis.pipeline();
      for (const part of PARTS) {
        const key = stagedKey(part, version);
        const fields = [...set[part]];
        pipeline.del(key);
        for (let start = 0; start < fields.length; start += FIELDS_AT_ONCE)
          pipeline.hset(key, ...fields.slice(start, start + FIELDS_AT_ONCE).flat());
        pipeline.expire(key, STAGED_SECONDS);
      }
      const results = (await pipeline.exec()) ?? [];
      for (const [error] of results) if (error) throw error;
    },
    async swap(owner, meta, set) {
      const staged = PARTS.map((part) => stagedKey(part, meta.version));
      const live = PARTS.map((part) => HOT_SET_KEYS[part]);
      const keys = [LEASE, HOT_SET_KEYS.meta, ...staged, ...live];
      const counts = PARTS.map((part) => set[part].size);
      const values = [owner, meta.version, JSON.stringify(meta), ...counts];
      return (await redis.eval(SWAP, keys.length, ...keys, ...values)) as SwapOutcome;
    },
    async release(owner) {
      await redis.eval(RELEASE, 1, LEASE, owner);
    },
  };
}

/** All customers of the hot set with the metadata of the same version; null where Redis has no set. */
export async function readHotCustomers(redis: Redis): Promise<HotCustomers | null> {
  const results = await redis.multi().hget(HOT_SET_KEYS.meta, 'set').hvals(HOT_SET_KEYS.users).exec();
  const [meta, users] = (results ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  });
  if (typeof meta !== 'string' || !Array.isArray(users)) return null;
  const told = JSON.parse(meta) as HotSetMeta;
  if (users.length !== told.customerCount) return null;
  return { meta: told, customers: users.map((text) => JSON.parse(String(text)) as HotCustomer) };
}
