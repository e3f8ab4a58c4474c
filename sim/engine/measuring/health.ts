// How well the generator itself keeps up: lateness, event-loop lag, CPU. It only measures; whether a run counts is
// judged by the rehearsal.
import { build, type Histogram } from 'hdr-histogram-js';
import type { Timeline } from '../timing/timeline.ts';
import { HISTOGRAM_SHAPE } from './histogram-encoder.ts';

/**
 * The event loop is asked this often how late it is. Node's own monitors, one for the second and one for the span, woke
 * the process 200 times a second: 5 ms of CPU a second, a tenth of what 500 requests cost.
 */
const BEAT_MS = 20;

export type Health = {
  /** A callback intended at `intendedMs` began `latenessMs` later. */
  late(intendedMs: number, latenessMs: number): void;
  /** The quantiles of the second now ending; starts the next one. */
  takeSecond(): { latenessP99Ms: number; eventLoopLagP99Ms: number };
  /** Marks the beginning, then the end of the measured span for CPU and event-loop lag. */
  spanBegins(): void;
  spanEnds(): void;
  /** Figures of the measured span; lateness by intended time. */
  summary(): {
    latenessP50Ms: number;
    latenessP99Ms: number;
    latenessMaxMs: number;
    eventLoopLagP99Ms: number;
    cpuSeconds: number;
    spanSeconds: number;
  };
  close(): void;
};

/** The timeline is that of the span's bounds and of the intended times given to `late`. */
export function createHealth(deps: {
  timeline: Timeline;
  spanFromMs: number;
  spanToMs: number;
  cpuSeconds: () => number;
}): Health {
  const { timeline } = deps;
  const secondLag = build(HISTOGRAM_SHAPE);
  const spanLag = build(HISTOGRAM_SHAPE);
  const secondLateness = build(HISTOGRAM_SHAPE);
  const spanLateness = build(HISTOGRAM_SHAPE);
  let beganAtMs: number | null = null;
  let cpuAtBeginSeconds = 0;
  let span = { cpuSeconds: 0, spanSeconds: 0 };
  let isInSpan = false;

  const p99Ms = (histogram: Histogram) =>
    histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(99) / 1000;
  const usOf = (ms: number) =>
    Math.min(HISTOGRAM_SHAPE.highestTrackableValue, Math.max(0, Math.round(ms * 1000)));

  let callOffBeat: () => void;
  function beatAt(dueMs: number): void {
    callOffBeat = timeline.wakeAt(dueMs, () => {
      const nowMs = timeline.nowMs();
      const lagUs = usOf(nowMs - dueMs);
      secondLag.recordValue(lagUs);
      if (isInSpan) spanLag.recordValue(lagUs);
      beatAt(nowMs + BEAT_MS);
    });
  }
  beatAt(timeline.nowMs() + BEAT_MS);

  return {
    late(intendedMs, latenessMs) {
      const us = usOf(latenessMs);
      secondLateness.recordValue(us);
      if (intendedMs >= deps.spanFromMs && intendedMs < deps.spanToMs) spanLateness.recordValue(us);
    },
    takeSecond() {
      const row = { latenessP99Ms: p99Ms(secondLateness), eventLoopLagP99Ms: p99Ms(secondLag) };
      secondLateness.reset();
      secondLag.reset();
      return row;
    },
    spanBegins() {
      beganAtMs = timeline.nowMs();
      cpuAtBeginSeconds = deps.cpuSeconds();
      isInSpan = true;
    },
    spanEnds() {
      if (beganAtMs === null || !isInSpan) return;
      isInSpan = false;
      span = {
        cpuSeconds: deps.cpuSeconds() - cpuAtBeginSeconds,
        spanSeconds: (timeline.nowMs() - beganAtMs) / 1000,
      };
    },
    summary: () => ({
      latenessP50Ms: spanLateness.totalCount === 0 ? 0 : spanLateness.getValueAtPercentile(50) / 1000,
      latenessP99Ms: p99Ms(spanLateness),
      latenessMaxMs: spanLateness.totalCount === 0 ? 0 : spanLateness.maxValue / 1000,
      eventLoopLagP99Ms: p99Ms(spanLag),
      ...span,
    }),
    close: () => callOffBeat(),
  };
}
