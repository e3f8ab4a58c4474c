// Remembers for a while which order ids were asked for with which body, so that a broker's sender is told at once when an id
// comes again with another body, however long the first one still waits. What is forgotten meanwhile the consumer finds.
import type { PlaceOrderBody } from '../../contract/orders.ts';
import type { Log } from '../../platform/diagnostics/log.ts';
import type { Redis } from '../../platform/redis/redis.ts';
import { orderBodyHash } from '../order-body.ts';

/** Senders repeat within seconds or minutes; the memory of an order takes some 200 bytes of Redis meanwhile. */
const REMEMBERED_SECONDS = 10 * 60;

export type OrderBodies = {
  /** `first`: the id is new; `same` or `other`: it was asked for before. While Redis is away everything is new. */
  claim(customerId: number, order: PlaceOrderBody): Promise<'first' | 'same' | 'other'>;
  /** Forgets an order that surely was not taken in. */
  release(customerId: number, orderId: string): Promise<void>;
};

/** @param deps.redis with the shop's key prefix; stays the caller's. */
export function createOrderBodies({ redis, log }: { redis: Redis; log: Log }): OrderBodies {
  // A key of each customer's own: nobody learns of another's ids.
  const keyOf = (customerId: number, orderId: string) => `order-body:${customerId}:${orderId}`;
  return {
    async claim(customerId, order) {
      const bodyHash = orderBodyHash(order);
      const key = keyOf(customerId, order.id);
      try {
        const known = await redis.set(key, bodyHash, 'EX', REMEMBERED_SECONDS, 'NX', 'GET');
        if (known === null) return 'first';
        return known === bodyHash ? 'same' : 'other';
      } catch (error) {
        log.debug({ err: error }, 'an order could not be compared with those before it');
        return 'first';
      }
    },
    async release(customerId, orderId) {
      await redis
        .del(keyOf(customerId, orderId))
        .catch((error) => log.debug({ err: error }, 'an order that was refused stays remembered'));
    },
  };
}
