// Transport without a broker: batches are gathered in the process and answered when they are stored.
import { createGatherer } from '../../platform/gathering/gather.ts';
import type { AddActions } from '../add-actions.ts';
import { type Batch, type BehaviourTransport, submittedOf, TRANSPORT_LIMITS } from './transport.ts';

/** `batchMax`: batches of customers in one turn; `gatherMs`: how long they gather for it. */
export function createDirectBehaviourTransport(
  addActions: AddActions,
  limits: { batchMax: number; gatherMs: number },
): BehaviourTransport {
  const gatherer = createGatherer<Batch>({
    prepare: async () => undefined,
    async send(batches) {
      await addActions(batches.flatMap(({ actions }) => actions));
      return batches.map(() => undefined);
    },
    ...TRANSPORT_LIMITS,
    ...limits,
  });
  return {
    submit: async (batch) => submittedOf(await gatherer.submit(batch)),
    check: async () => null,
    close: gatherer.close,
  };
}
