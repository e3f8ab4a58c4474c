// The one evaluation of the catalogue's formulas: for the whole measured span as a run is summed up, and for a span chosen
// on its page.
import type { GaugeName } from './gauges.ts';
import type { CountedMetric, Metric } from './metric.ts';

/** What is known of a span, whoever adds it up. */
export type SpanFigures = {
  /** Recorded seconds, over all single runs that are taken together. */
  seconds: number;
  count: (source: string) => number;
  /** What was recorded of a gauge, each value with the seconds that it stands for. */
  gauge: (name: GaugeName) => { value: number; seconds: number }[];
};

export function isCounted(metric: Metric): metric is CountedMetric {
  return metric.kind !== 'latency' && metric.kind !== 'told';
}

/** The counts that a value follows from. */
export function sourcesOf(metric: CountedMetric): readonly string[] {
  switch (metric.kind) {
    case 'count':
    case 'rate':
      return metric.counts;
    case 'ratio':
      return [...metric.part, ...metric.whole];
    case 'gauge':
      return [];
  }
}

/** Null where the span has no such value: a ratio of nothing, a rate over no time, a gauge that nobody read. */
export function evaluate(metric: CountedMetric, { seconds, count, gauge }: SpanFigures): number | null {
  const sum = (sources: readonly string[]) => sources.reduce((total, source) => total + count(source), 0);
  switch (metric.kind) {
    case 'count':
      return metric.absentWithout !== undefined && count(metric.absentWithout) === 0
        ? null
        : sum(metric.counts);
    case 'rate':
      return seconds > 0 ? (sum(metric.counts) / seconds) * metric.perSeconds : null;
    case 'ratio': {
      const whole = sum(metric.whole);
      return whole === 0 ? null : sum(metric.part) / whole;
    }
    case 'gauge':
      return metric.sumsUp === 'largest' ? largestOf(gauge(metric.gauge)) : meanOf(gauge(metric.gauge));
  }
}

/** The latency metric whose answered samples a source counts; null for a count of the series. */
export function answeredMetric(source: string): string | null {
  return source.startsWith('answered ') ? source.slice('answered '.length) : null;
}

function largestOf(values: readonly { value: number }[]): number | null {
  return values.reduce<number | null>(
    (largest, { value }) => (largest === null || value > largest ? value : largest),
    null,
  );
}

function meanOf(values: readonly { value: number; seconds: number }[]): number | null {
  const seconds = values.reduce((sum, own) => sum + own.seconds, 0);
  return seconds === 0 ? null : values.reduce((sum, own) => sum + own.value * own.seconds, 0) / seconds;
}
