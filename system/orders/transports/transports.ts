// Chooses the way of the orders to their decision.
import type { OrderTransport } from '../../contract/processes.ts';
import { createDirectTransport, type DirectDeps } from './direct.ts';
import { createDirectBatchedTransport, type DirectBatchedDeps } from './direct-batched.ts';
import { createKafkaTransport, type KafkaTransportDeps } from './kafka.ts';
import { TRANSPORT_LIMITS, type Transport } from './submit-order.ts';

type Deps = Omit<DirectDeps & DirectBatchedDeps & KafkaTransportDeps, 'limits'>;

/** Makes the named transport with the limits that all of them share. */
export function createTransport(name: OrderTransport, deps: Deps): Transport {
  const withLimits = { ...deps, limits: TRANSPORT_LIMITS };
  switch (name) {
    case 'direct':
      return createDirectTransport(withLimits);
    case 'direct-batched':
      return createDirectBatchedTransport(withLimits);
    case 'kafka':
      return createKafkaTransport(withLimits);
  }
}
