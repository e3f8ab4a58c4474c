// What the live counters tell the operator: who watches, how much is told and how late, and what goes wrong.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export type CounterMetrics = {
  /** One message went to so many sockets; `lagMs` since its oldest change, null where that is not known. */
  told(socketCount: number, lagMs: number | null): void;
  /** People were read from the database for so many counters. */
  read(counterCount: number): void;
  /** So much that ended instances had said of people was taken away. */
  swept(count: number): void;
  refused(code: string): void;
  /** Redis or the database did not do its part. */
  failed(): void;
  /** Asks for the number of watching sockets whenever somebody reads the metrics. Call it once. */
  watchSockets(count: () => number): void;
};

export function createCounterMetrics(registry: Registry): CounterMetrics {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const messages = counter('shop_counters_messages_total', 'Messages with new values told to sockets');
  const reads = counter('shop_counters_reads_total', 'Counters whose people were read from the database');
  const swept = counter('shop_counters_swept_total', 'Presences of ended instances that were taken away');
  const refused = counter('shop_counters_refused_total', 'Socket events that were refused', ['code']);
  for (const code of ['invalid-request', 'too-many-requests']) refused.inc({ code }, 0);
  const failures = counter(
    'shop_counters_failures_total',
    'Attempts that Redis or the database did not take',
  );
  let socketCount = () => 0;
  new Gauge({
    name: 'shop_counters_watching_sockets',
    help: 'Sockets that watch counters',
    registers,
    collect() {
      this.set(socketCount());
    },
  });
  const lagSeconds = new Histogram({
    name: 'shop_counters_lag_seconds',
    help: 'Time from a change to its telling',
    buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5],
    registers,
  });
  return {
    told(count, lagMs) {
      messages.inc(count);
      if (lagMs !== null) lagSeconds.observe(lagMs / 1_000);
    },
    read: (count) => reads.inc(count),
    swept: (count) => swept.inc(count),
    refused: (code) => refused.inc({ code }),
    failed: () => failures.inc(),
    watchSockets(count) {
      socketCount = count;
    },
  };
}
