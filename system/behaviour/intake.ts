// Takes in the batches of shoppers, whichever way they come: limited for each customer, checked, handed to the transport.
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import {
  type BehaviourAnswer,
  BehaviourReport,
  MAX_BEHAVIOUR_ACTIONS,
  type BehaviourReport as Report,
} from '../contract/behaviour.ts';
import type { Clock } from '../platform/settings/clock.ts';
import type { ClientLimit } from './client-limit.ts';
import type { BehaviourMetrics } from './metrics.ts';
import { type LoggedAction, readBatch } from './rules.ts';
import type { BehaviourTransport } from './transports/transport.ts';

export type Intake = {
  /** A batch whose shape has been checked. Never rejects. */
  take(customerId: number, reports: readonly Report[]): Promise<BehaviourAnswer>;
  /** A batch that nobody has checked. Never rejects. */
  takeUnchecked(customerId: number, payload: unknown): Promise<BehaviourAnswer>;
};

export type IntakeDeps = {
  transport: Pick<BehaviourTransport, 'submit'>;
  limit: ClientLimit;
  clock: Clock;
  /** How far the shop's clock is ahead of the wall clock, in ms. */
  shiftMs: number;
  metrics: BehaviourMetrics;
};

const RETRY_AFTER_MS = 2_000;
const reportsShape = Compile(Type.Array(BehaviourReport, { minItems: 1, maxItems: MAX_BEHAVIOUR_ACTIONS }));

export function createIntake(deps: IntakeDeps): Intake {
  const { limit, clock, metrics } = deps;

  function refuse(code: string, detail: string, retryAfterMs: number | null = null): BehaviourAnswer {
    metrics.refused(code);
    return { kind: 'refused', code, detail, retryAfterMs };
  }

  async function submit(customerId: number, actions: LoggedAction[]): Promise<BehaviourAnswer> {
    const outcome = await deps.transport.submit({ customerId, actions, receivedMs: clock.monotonicMs() });
    if (outcome === 'safe') {
      metrics.accepted(actions.length);
      return { kind: 'accepted', acceptedCount: actions.length };
    }
    const detail =
      outcome === 'refused'
        ? 'The actions were not taken in.'
        : 'The actions may have been taken in. Sending them again with the same ids is safe.';
    return refuse('temporarily-unavailable', detail, RETRY_AFTER_MS);
  }

  /** Paid before anything is looked at, so that nonsense in masses is limited like everything else. */
  function owed(customerId: number, count: number): BehaviourAnswer | null {
    const waitMs = limit.take(customerId, count);
    return waitMs === 0
      ? null
      : refuse('too-many-requests', `Too many actions of one customer; wait ${waitMs} ms.`, waitMs);
  }

  async function take(customerId: number, reports: readonly Report[]): Promise<BehaviourAnswer> {
    const batch = readBatch(customerId, reports, { now: clock.now(), shiftMs: deps.shiftMs });
    return typeof batch === 'string' ? refuse('invalid-request', batch) : submit(customerId, batch);
  }

  return {
    take: async (customerId, reports) => owed(customerId, reports.length) ?? take(customerId, reports),
    async takeUnchecked(customerId, payload) {
      const limited = owed(customerId, Array.isArray(payload) ? Math.max(1, payload.length) : 1);
      if (limited !== null) return limited;
      if (reportsShape.Check(payload)) return take(customerId, payload);
      const problems = reportsShape.Errors(payload).map((error) => `${error.instancePath} ${error.message}`);
      return refuse(
        'invalid-request',
        `needed are 1 to ${MAX_BEHAVIOUR_ACTIONS} actions: ${problems.slice(0, 5).join('; ')}`,
      );
    },
  };
}
