// The ways of actions to their store: one function type, an implementation for each.
import type { LoggedAction } from '../rules.ts';

/** One customer's batch. */
export type Batch = {
  customerId: number;
  actions: LoggedAction[];
  /** When the shop took it in, on the monotonic clock. */
  receivedMs: number;
};

/**
 * What became of a batch. `safe`: stored, or with the broker. `refused`: it surely was not taken. `unknown`: it may have been;
 * doing it again is safe.
 */
export type Submitted = 'safe' | 'refused' | 'unknown';

export type BehaviourTransport = {
  /** Never rejects. */
  submit(batch: Batch): Promise<Submitted>;
  /** null when batches can be taken in, else in words why not. */
  check(): Promise<string | null>;
  /** Brings what it has been given to where it is safe. */
  close(): Promise<void>;
};

/** For all transports. An action may wait a little longer than an order: nobody sits in front of it. */
export const TRANSPORT_LIMITS = {
  /** Batches; of one customer they are limited before (client-limit.ts). */
  queueMax: 10_000,
  timeoutMs: 5_000,
} as const;

/** As the gatherer tells it. */
export function submittedOf({ kind }: { kind: 'sent' | 'not-sent' | 'unknown' }): Submitted {
  return kind === 'sent' ? 'safe' : kind === 'not-sent' ? 'refused' : 'unknown';
}
