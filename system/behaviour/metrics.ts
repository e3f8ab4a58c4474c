// What the behaviour log tells the operator: how much came in, what was refused, how long it took to be found.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { WaitingMetrics } from '../platform/postgres/waiting.ts';

export type BehaviourMetrics = WaitingMetrics & {
  /** A batch of so many actions is safe. */
  accepted(actionCount: number): void;
  refused(code: string): void;
  /** A batch was given to the store in so many ms; some of it may have been there before. */
  stored(actionCount: number, durationMs: number): void;
  deadLettered(): void;
};

export function createBehaviourMetrics(registry: Registry): BehaviourMetrics {
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const accepted = counter('shop_behaviour_accepted_total', 'Actions of shoppers taken in');
  const refused = counter('shop_behaviour_refused_total', 'Batches of actions refused', ['code']);
  const stored = counter('shop_behaviour_stored_total', 'Actions given to the store, repeated ones too');
  const deadLetters = counter(
    'shop_behaviour_dead_letters_total',
    'Batches of actions sent to the dead letters',
  );
  const waits = counter(
    'shop_behaviour_waits_total',
    'Attempts to store actions that failed for a cause outside of them',
    ['cause'],
  );
  let isWaiting = () => false;
  new Gauge({
    name: 'shop_behaviour_waiting',
    help: '1 while actions wait because the store is away or refuses its service',
    registers: [registry],
    collect() {
      this.set(isWaiting() ? 1 : 0);
    },
  });
  const seconds = new Histogram({
    name: 'shop_behaviour_store_seconds',
    help: 'Time that the store takes for a batch',
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers: [registry],
  });
  return {
    accepted: (actionCount) => accepted.inc(actionCount),
    refused: (code) => refused.inc({ code }),
    stored(actionCount, durationMs) {
      stored.inc(actionCount);
      seconds.observe(durationMs / 1_000);
    },
    deadLettered: () => deadLetters.inc(),
    waited: (cause) => waits.inc({ cause }),
    watchWaiting(ask) {
      isWaiting = ask;
    },
  };
}
