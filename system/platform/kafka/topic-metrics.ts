// What the broker knows of the shop's topics, for the operator: how much was written, and how far each consumer group is
// behind. It is asked when somebody reads the metrics, so a consumer that stands still or is dead shows as well.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Log } from '../diagnostics/log.ts';
import type { TopicReading } from './topic-reading.ts';

const ANSWER_WITHIN_MS = 1_500;

/**
 * Registers the topics' metrics. `read` null: this process speaks to no broker, and the metrics have no values. A reading
 * that fails or takes longer than 1.5 s leaves no values but `shop_broker_reachable` 0: an old lag is worse than none.
 */
export function addTopicMetrics(
  registry: Registry,
  read: (() => Promise<TopicReading>) | null,
  onFailure: (error: unknown) => void,
): void {
  const reading = oneAtATime(read, onFailure);
  new Counter({
    name: 'shop_topic_written_total',
    help: 'Messages written to a topic since it was created',
    labelNames: ['topic'],
    registers: [registry],
    async collect() {
      const found = await reading();
      this.reset();
      for (const { topic, writtenCount } of found?.written ?? []) this.inc({ topic }, writtenCount);
    },
  });
  new Counter({
    name: 'shop_topic_committed_total',
    help: 'Messages of a topic that its consumer group has committed since the topic was created',
    labelNames: ['topic', 'group'],
    registers: [registry],
    async collect() {
      const found = await reading();
      this.reset();
      for (const { topic, group, committedCount } of found?.reads ?? [])
        this.inc({ topic, group }, committedCount);
    },
  });
  new Gauge({
    name: 'shop_topic_lag',
    help: 'Messages of a topic that its consumer group has not committed yet',
    labelNames: ['topic', 'group', 'partition'],
    registers: [registry],
    async collect() {
      const found = await reading();
      this.reset();
      for (const { topic, group, partition, lagCount } of found?.reads ?? [])
        this.set({ topic, group, partition }, lagCount);
    },
  });
  new Gauge({
    name: 'shop_broker_reachable',
    help: '1 while Kafka answers questions about the topics, 0 while it does not; no value without Kafka',
    registers: [registry],
    async collect() {
      const found = await reading();
      this.remove();
      if (read !== null) this.set(found === null ? 0 : 1);
    },
  });
}

/** The metrics of one answer are collected at the same time; the broker is asked once for all of them. */
function oneAtATime(
  read: (() => Promise<TopicReading>) | null,
  onFailure: (error: unknown) => void,
): () => Promise<TopicReading | null> {
  const attempt = async (): Promise<TopicReading | null> => {
    try {
      return read === null ? null : await within(ANSWER_WITHIN_MS, read());
    } catch (error) {
      onFailure(error);
      return null;
    }
  };
  let underWay: Promise<TopicReading | null> | undefined;
  return () => {
    underWay ??= attempt().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

async function within<T>(limitMs: number, answer: Promise<T>): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`Kafka did not tell about the topics within ${limitMs} ms; is it up?`)),
    limitMs,
  );
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}

/** A failure a minute is told as a warning; a broker that is away would be told at every question. */
export function createFailureReport(log: Log, monotonicMs: () => number): (error: unknown) => void {
  let toldMs = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (monotonicMs() - toldMs < 60_000) return;
    toldMs = monotonicMs();
    log.warn({ err: error }, 'the metrics know nothing of the topics: Kafka was asked and did not answer');
  };
}
