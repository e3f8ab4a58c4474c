import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { createRecorder } from './recorder.ts';

const recorderAt = (zeroMs: number) =>
  createRecorder({
    zeroMs,
    spanMs: 10_000,
    longestSampleMs: 2_000,
    liveMetrics: ['http.response', 'coupon.claimed'],
  });

function drain(recorder: ReturnType<typeof recorderAt>) {
  while (recorder.encodeOne());
  return recorder.takeParts();
}

describe('the recorder', () => {
  it('keeps samples by intended second, the lead-in in negative ones', () => {
    const recorder = recorderAt(100_000);
    for (const atMs of [98_999, 99_000, 99_999, 100_000, 100_999, 101_000]) recorder.sample('m', atMs, 5);
    recorder.encodeAll();
    const counts = recorder.takeParts().map((part) => [part.second, part.sampleCount]);
    expect(counts).toEqual([
      [-2, 1],
      [-1, 2],
      [0, 2],
      [1, 1],
    ]);
  });

  it('gives a second out only when its longest sample is over, and a straggler as a further part', () => {
    const recorder = recorderAt(0);
    recorder.sample('m', 500, 1);
    recorder.completeSeconds(2_999);
    expect(drain(recorder)).toEqual([]);
    recorder.completeSeconds(3_000);
    expect(drain(recorder)).toHaveLength(1);
    recorder.sample('m', 500, 4_000);
    recorder.completeSeconds(4_000);
    expect(drain(recorder)).toMatchObject([{ second: 0, sampleCount: 1 }]);
  });

  it('counts censored samples at their deadline and says how many they are', () => {
    const recorder = recorderAt(0);
    recorder.sample('m', 0, 1);
    recorder.censored('m', 0, 5_000);
    recorder.encodeAll();
    const [part] = recorder.takeParts();
    expect(part).toMatchObject({ sampleCount: 2, censoredCount: 1 });
    const histogram = decodeFromCompressedBase64(part!.encoded);
    expect(histogram.getValueAtPercentile(100) / 5_000_000).toBeCloseTo(1, 2);
    expect(histogram.totalCount).toBe(2);
  });

  it('keeps three digits from a microsecond to an hour', () => {
    const recorder = recorderAt(0);
    const valuesMs = [0.001, 0.137, 12.345, 999.4, 60_000, 3_600_000, 9_999_999];
    for (const valueMs of valuesMs) recorder.sample(`m${valueMs}`, 0, valueMs);
    recorder.encodeAll();
    for (const part of recorder.takeParts()) {
      const wantedUs = Math.min(3_600_000_000, Number(part.metric.slice(1)) * 1000);
      const { maxValue } = decodeFromCompressedBase64(part.encoded);
      expect(Math.abs(maxValue / wantedUs - 1)).toBeLessThan(0.001);
    }
  });

  it('counts events in the second in which they happen, and totals by intended time', () => {
    const recorder = recorderAt(0);
    recorder.count('requestsSent');
    recorder.count('listsPushed', 6);
    recorder.count('listsPushed');
    recorder.requestEnded(-5, { ok: false, failure: 'GET /x 500', isUnknown: false });
    recorder.requestEnded(5, { ok: false, failure: 'timeout GET /x', isUnknown: true });
    recorder.requestEnded(9_999, { ok: true });
    recorder.failed('socket', 9_999);
    expect(recorder.takeSecond()).toMatchObject({
      counts: { requestsSent: 1, listsPushed: 7, requestsFailed: 2, requestsSucceeded: 1 },
      failures: { 'GET /x 500': 1, 'timeout GET /x': 1, socket: 1 },
    });
    expect(recorder.takeSecond()).toMatchObject({
      counts: {},
      failures: {},
    });
    expect(recorder.totals()).toEqual({
      starved: {},
      requestsSucceededCount: 1,
      requestsFailedCount: 1,
      unknownCount: 1,
      failures: { 'timeout GET /x': 1, socket: 1 },
    });
  });

  it('shows running quantiles of the last three seconds', () => {
    const recorder = recorderAt(0);
    for (let ms = 1; ms <= 100; ms++) recorder.sample('http.response', 0, ms);
    expect(recorder.takeSecond().live).toEqual({
      'http.response': { p50Ms: 50, p99Ms: 99 },
      'coupon.claimed': { p50Ms: null, p99Ms: null },
    });
    recorder.takeSecond();
    expect(recorder.takeSecond().live['http.response']?.p50Ms).toBe(50);
    expect(recorder.takeSecond().live['http.response']?.p50Ms).toBeNull();
  });
});
