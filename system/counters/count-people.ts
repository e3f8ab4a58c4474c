// Tells the counters of people who bought something or changed their cart: after the commit, by whoever wrote it, in whichever
// process. Nothing waits for it and it never throws; what Redis does not take is right again when the counter is next read.
import type { Log } from '../platform/diagnostics/log.ts';
import type { Redis } from '../platform/redis/redis.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { couponKey, productKey } from './keys.ts';
import { createPeopleInRedis, type PeopleChange } from './people-in-redis.ts';

/** Changes of so long go to Redis together: hundreds of orders a second cost it little so. */
const GATHER_MS = 50;
const CHANGES_AT_ONCE = 500;

export type CountPeople = {
  /** Orders that are confirmed. `isNew`: they were placed just now and have taken their products out of the cart. */
  bought(orders: readonly { customerId: number; productIds: readonly number[]; isNew: boolean }[]): void;
  /** An order with these products stands no more; its buyer may have others. */
  cancelled(productIds: readonly number[]): void;
  putInCart(customerId: number, productId: number): void;
  tookOutOfCart(customerId: number, productIds: readonly number[]): void;
  usedCoupon(customerId: number, couponDefinitionId: number): void;
  /** An order with a coupon of this type stands no more; its customer may have used another of them. */
  gaveCouponBack(couponDefinitionId: number): void;
  /** Resolves when Redis has all of it, or has not taken it. */
  settled(): Promise<void>;
};

type Process = { channels: Redis; config: { redisKeyPrefix: string }; clock: Clock; log: Log };

/** Without the time, which all changes that are told together have in common. */
type Change = WithoutTime<PeopleChange>;
type WithoutTime<T> = T extends unknown ? Omit<T, 'doneMs'> : never;

const ofProcesses = new WeakMap<Redis, CountPeople>();

/** The one of a process, by its connection: what its carts and its orders tell goes together, in the order in which it was done. */
export function countPeopleOf(process: Process): CountPeople {
  const known = ofProcesses.get(process.channels);
  if (known !== undefined) return known;
  const created = createCountPeople(process);
  ofProcesses.set(process.channels, created);
  return created;
}

/** @param deps.channels without key prefix. */
function createCountPeople({ channels, config, clock, log }: Process): CountPeople {
  const people = createPeopleInRedis({ redis: channels, keyPrefix: config.redisKeyPrefix });
  let waiting: PeopleChange[] = [];
  let waitingSinceMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  let areLost = false;

  function record(done: readonly Change[]): void {
    if (done.length === 0) return;
    if (waiting.length === 0) {
      waitingSinceMs = clock.monotonicMs();
      timer = setTimeout(send, GATHER_MS);
    }
    const doneMs = clock.now().getTime();
    waiting.push(...done.map((change): PeopleChange => ({ ...change, doneMs })));
    if (waiting.length >= CHANGES_AT_ONCE) send();
  }
  function send(): void {
    clearTimeout(timer);
    const changes = waiting;
    waiting = [];
    if (changes.length === 0) return;
    // Sent in this order, and so done in it.
    sending = people.record(changes, waitingSinceMs).then(
      () => {
        areLost = false;
      },
      (error) => {
        if (!areLost)
          log.warn({ err: error }, 'counters do not know who bought or chose what; they are read again');
        areLost = true;
      },
    );
  }
  const changesOf = (
    what: 'joined' | 'left',
    kind: 'bought' | 'inCart',
    personId: number,
    productIds: readonly number[],
  ) => productIds.map((id): Change => ({ what, key: productKey(kind, id), personId }));

  return {
    bought: (orders) =>
      record(
        orders.flatMap(({ customerId, productIds, isNew }) => [
          ...changesOf('joined', 'bought', customerId, productIds),
          ...(isNew ? changesOf('left', 'inCart', customerId, productIds) : []),
        ]),
      ),
    cancelled: (productIds) =>
      record(productIds.map((id) => ({ what: 'unknown', key: productKey('bought', id) }))),
    putInCart: (customerId, productId) => record(changesOf('joined', 'inCart', customerId, [productId])),
    tookOutOfCart: (customerId, productIds) => record(changesOf('left', 'inCart', customerId, productIds)),
    usedCoupon: (customerId, definitionId) =>
      record([{ what: 'joined', key: couponKey(definitionId), personId: customerId }]),
    gaveCouponBack: (definitionId) => record([{ what: 'unknown', key: couponKey(definitionId) }]),
    settled() {
      send();
      return sending;
    },
  };
}
