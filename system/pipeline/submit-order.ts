// The one function type behind which the ways of an order to its decision (transports) differ.
import type { OrderToPlace, PlacedOrder } from '../orders/place-orders.ts';

/**
 * `resolved`: decided, the outcome is here. `accepted`: queued safely, the outcome comes by push. `refused`: surely not
 * placed, try again later. `unknown`: it may have been queued or not; asking again with the same id is safe.
 */
export type Submission =
  | { kind: 'resolved'; placed: PlacedOrder }
  | { kind: 'accepted' }
  | { kind: 'refused' }
  | { kind: 'unknown' };

/** Takes an order in. */
export type SubmitOrder = (order: OrderToPlace) => Promise<Submission>;
