// Transport without a broker: batches are gathered in the process and answered when they are stored.
import { createGatherer } from '../../platform/kafka/gather.ts';
import type { AddActions } from '../add-actions.ts';
import { type Batch, type BehaviourTransport, submittedOf, TRANSPORT_LIMITS } from './transport.ts';

/** @param batchMax batches of customers in one turn. */
export function createDirectBehaviourTransport(addActions: AddActions, batchMax: number): BehaviourTransport {
  const gatherer = createGatherer<Batch>({
    prepare: async () => undefined,
    async send(batches) {
      await addActions(batches.flatMap(({ actions }) => actions));
      return batches.map(() => undefined);
    },
    batchMax,
    ...TRANSPORT_LIMITS,
  });
  return {
    submit: async (batch) => submittedOf(await gatherer.submit(batch)),
    check: async () => null,
    close: gatherer.close,
  };
}
