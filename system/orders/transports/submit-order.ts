// The one function type behind which the ways of an order to its decision (transports) differ, and what they have in
// common so that they can be compared.
import { TOPICS } from '../../contract/topics.ts';
import type { OrderToPlace, PlacedOrder } from '../place-orders.ts';

/**
 * `resolved`: decided, the outcome is here. `accepted`: queued safely, the outcome comes by push. `refused`: surely not
 * placed, try again later. `reused`: surely not placed, its id stands for another order of the same customer. `unknown`: it
 * may have been queued or not; asking again with the same id is safe.
 */
export type Submission =
  | { kind: 'resolved'; placed: PlacedOrder }
  | { kind: 'accepted' }
  | { kind: 'refused' }
  | { kind: 'reused' }
  | { kind: 'unknown' };

/** Takes an order in. */
export type SubmitOrder = (order: OrderToPlace) => Promise<Submission>;

export type Transport = {
  submitOrder: SubmitOrder;
  /** null when it can take orders in, else in words why not; it may reject with the reason as well. */
  check(): Promise<string | null>;
  /** Brings the orders taken in to where they are safe. Orders submitted later are refused. */
  close(): Promise<void>;
};

/** Limits that all transports share. */
export const TRANSPORT_LIMITS = {
  /** How long an order waits for others of its batch, in ms. */
  gatherMs: 2,
  /** Orders that may wait or be under way in one process; further ones are refused. */
  queueMax: 10_000,
  /** After this long an order is answered, whatever has become of it, in ms. */
  timeoutMs: 5_000,
  /** Partitions of the topic, and so batches that are decided at the same time. */
  laneCount: TOPICS.orders.partitionCount,
} as const;
export type TransportLimits = { [Limit in keyof typeof TRANSPORT_LIMITS]: number };
