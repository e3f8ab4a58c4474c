// Keeps what the engine measures: samples per metric and second of intended start, counters per second. A second's
// histograms are made once its deadline has passed, a little at a time so that encoding never holds up a send.

import type { HistogramPart, IntendedRequests, LiveQuantiles } from '../protocol/protocol.ts';
import type { StarvationCode } from '../protocol/starvation.ts';
import { createHistogramEncoder } from './histogram-encoder.ts';
import { createLiveWindow } from './live-window.ts';
import type { Measures } from './measures.ts';
import { addCensored, addSample, createSampleBuffer, type SampleBuffer } from './sample-buffer.ts';

/** By name; what did not happen is absent. */
export type SecondCounts = Record<string, number>;

/** Totals over the measured span, by intended time. */
export type SpanTotals = {
  requestsSucceededCount: number;
  requestsFailedCount: number;
  unknownCount: number;
  failures: Record<string, number>;
  /** Over the whole run. */
  starved: Partial<Record<StarvationCode, number>>;
};

export type Recorder = Measures & {
  /** Closes the present second: its counts, its failures by kind, and the view of the last seconds. */
  takeSecond(): { counts: SecondCounts; failures: Record<string, number>; live: LiveQuantiles };
  /** Queues every second for encoding that can receive no more samples at `nowMs`. */
  completeSeconds(nowMs: number): void;
  /** Encodes one queued histogram, about 0.1 ms of work; false when none is queued. */
  encodeOne(): boolean;
  /** The parts encoded since the last call. */
  takeParts(): HistogramPart[];
  /** How requests of the seconds completed since the last call ended. */
  takeIntended(): IntendedRequests[];
  /** Queues and encodes everything that is left, whatever its age. */
  encodeAll(): void;
  totals(): SpanTotals;
};

/** What was intended for one second, as long as it may still get more. */
type OpenSecond = { metrics: Map<string, SampleBuffer>; succeeded: number; failed: number };

/**
 * `zeroMs` is the timeline's time of second 0, `spanMs` the measured length, `longestSampleMs` the longest that a
 * sample can take from its intended start. Memory: 4 bytes per sample for so long, then one encoded histogram.
 */
export function createRecorder(options: {
  zeroMs: number;
  spanMs: number;
  longestSampleMs: number;
  /** Whose running quantiles a row tells. */
  liveMetrics?: readonly string[];
}): Recorder {
  const { zeroMs, spanMs } = options;
  const encode = createHistogramEncoder();
  const live = createLiveWindow(options.liveMetrics ?? []);
  const openSeconds = new Map<number, OpenSecond>();
  const queue: { metric: string; second: number; samples: SampleBuffer }[] = [];
  const totals: SpanTotals = {
    requestsSucceededCount: 0,
    requestsFailedCount: 0,
    unknownCount: 0,
    failures: {},
    starved: {},
  };
  let parts: HistogramPart[] = [];
  let intended: IntendedRequests[] = [];
  let counts: SecondCounts = {};
  let failures: Record<string, number> = {};

  const count = (counter: string, howMany = 1) => {
    counts[counter] = (counts[counter] ?? 0) + howMany;
  };
  const isInSpan = (atMs: number) => atMs >= zeroMs && atMs < zeroMs + spanMs;
  /** In the second in which it shows, and in the totals if it was intended in the span. */
  const addFailure = (failure: string, intendedMs: number) => {
    failures[failure] = (failures[failure] ?? 0) + 1;
    if (isInSpan(intendedMs)) totals.failures[failure] = (totals.failures[failure] ?? 0) + 1;
  };

  function secondOf(intendedMs: number): OpenSecond {
    const second = Math.floor((intendedMs - zeroMs) / 1000);
    let open = openSeconds.get(second);
    if (open === undefined) {
      open = { metrics: new Map(), succeeded: 0, failed: 0 };
      openSeconds.set(second, open);
    }
    return open;
  }

  function bufferOf(metric: string, intendedMs: number): SampleBuffer {
    const { metrics } = secondOf(intendedMs);
    let buffer = metrics.get(metric);
    if (buffer === undefined) {
      buffer = createSampleBuffer();
      metrics.set(metric, buffer);
    }
    return buffer;
  }

  function enqueue(second: number, { metrics, succeeded, failed }: OpenSecond): void {
    openSeconds.delete(second);
    if (succeeded + failed > 0) intended.push({ second, succeeded, failed });
    for (const [metric, samples] of metrics) queue.push({ metric, second, samples });
  }

  function encodeOne(): boolean {
    const next = queue.shift();
    if (next === undefined) return false;
    const { metric, second, samples } = next;
    parts.push({
      metric,
      second,
      encoded: encode(samples.us.subarray(0, samples.count)),
      sampleCount: samples.count,
      censoredCount: samples.censoredCount,
      censoredFromMs: samples.censoredCount === 0 ? null : samples.censoredFromMs,
    });
    return true;
  }

  return {
    sample(metric, intendedMs, durationMs) {
      addSample(bufferOf(metric, intendedMs), durationMs);
      live.add(metric, durationMs);
    },
    censored(metric, intendedMs, atLeastMs) {
      addCensored(bufferOf(metric, intendedMs), atLeastMs);
      live.add(metric, atLeastMs);
    },
    count,
    requestEnded(intendedMs, end) {
      count(end.ok ? 'requestsSucceeded' : 'requestsFailed');
      secondOf(intendedMs)[end.ok ? 'succeeded' : 'failed'] += 1;
      if (!end.ok) addFailure(end.failure, intendedMs);
      if (!isInSpan(intendedMs)) return;
      if (end.ok) {
        totals.requestsSucceededCount += 1;
        return;
      }
      totals.requestsFailedCount += 1;
      if (end.isUnknown) totals.unknownCount += 1;
    },
    failed: addFailure,
    starved(code) {
      totals.starved[code] = (totals.starved[code] ?? 0) + 1;
    },
    takeSecond() {
      const taken = { counts, failures, live: live.takeSecond() };
      counts = {};
      failures = {};
      return taken;
    },
    completeSeconds(nowMs) {
      const lastCompleteMs = nowMs - zeroMs - options.longestSampleMs;
      for (const [second, open] of openSeconds) {
        if ((second + 1) * 1000 <= lastCompleteMs) enqueue(second, open);
      }
    },
    encodeOne,
    takeParts() {
      const taken = parts;
      parts = [];
      return taken;
    },
    takeIntended() {
      const taken = intended;
      intended = [];
      return taken;
    },
    encodeAll() {
      for (const [second, open] of openSeconds) enqueue(second, open);
      while (encodeOne());
    },
    totals: () => ({ ...totals, failures: { ...totals.failures }, starved: { ...totals.starved } }),
  };
}
