// What the consumers of arrivals tell the operator, for each topic: how many were stored and what it cost.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { WaitingMetrics } from '../platform/postgres/waiting.ts';

export type ArrivalMetrics = WaitingMetrics & {
  /** A batch was committed; `storedCount` of its messages were new, the others had come before. */
  batchCommitted(messageCount: number, storedCount: number, durationMs: number): void;
  /** A message went to the dead letters. */
  deadLettered(): void;
};

/** The instruments of one topic; ask once for each. */
export type IntakeMetrics = (topic: string) => ArrivalMetrics;

/** Registers the metrics of all topics. */
export function createIntakeMetrics(registry: Registry): IntakeMetrics {
  const counter = (name: string, help: string, labels: string[] = []) =>
    new Counter({ name, help, labelNames: ['topic', ...labels], registers: [registry] });
  const stored = counter('shop_intake_stored_total', 'Products and people stored from their topics');
  const repeated = counter('shop_intake_repeated_total', 'Messages whose product or person had come before');
  const deadLetters = counter('shop_intake_dead_letters_total', 'Messages sent to the dead letters');
  const waits = counter(
    'shop_intake_waits_total',
    'Attempts that failed for a cause outside of the messages',
    ['cause'],
  );
  const questions = new Map<string, () => boolean>();
  new Gauge({
    name: 'shop_intake_waiting',
    help: '1 while messages wait because what the shop needs is away or refuses its service',
    labelNames: ['topic'],
    registers: [registry],
    collect() {
      for (const [topic, isWaiting] of questions) this.set({ topic }, isWaiting() ? 1 : 0);
    },
  });
  const batchSize = new Histogram({
    name: 'shop_intake_batch_size',
    help: 'Messages in one transaction',
    labelNames: ['topic'],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'shop_intake_transaction_seconds',
    help: 'Time that storing a batch took, its commit with it',
    labelNames: ['topic'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers: [registry],
  });
  return (topic) => ({
    batchCommitted(messageCount, storedCount, durationMs) {
      stored.inc({ topic }, storedCount);
      repeated.inc({ topic }, messageCount - storedCount);
      batchSize.observe({ topic }, messageCount);
      seconds.observe({ topic }, durationMs / 1_000);
    },
    deadLettered: () => deadLetters.inc({ topic }),
    waited: (cause) => waits.inc({ topic, cause }),
    watchWaiting: (isWaiting) => void questions.set(topic, isWaiting),
  });
}
