import { expect, test } from 'vitest';
import type { Cell } from '../../record/read-cell.ts';
import type { RunResult } from '../../record/result.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { syntheticManifest } from '../../testing/synthetic-manifest.ts';
import { syntheticRow } from '../../testing/synthetic-seconds.ts';
import { type Drift, watchSentences } from './watch.ts';

const manifest = syntheticManifest('peak-hour', 1, new Date(0), '');
const summary = (p95: number, count = 300) =>
  ({ unit: 'ms', count, censoredCount: 0, mean: 20, p50: 15, p90: p95, p95, p99: p95, max: p95 }) as const;

function watch(
  own: Partial<RunResult['variants'][string]>,
  { drifts = [], cpu = {} }: { drifts?: Drift[]; cpu?: Record<string, number> } = {},
): string[] {
  const sample = sampleResult('PASS');
  const [variant] = Object.values(sample.variants);
  const row = syntheticRow({
    second: 1,
    durationSeconds: 9,
    stage: 0,
    hasBroker: true,
    deliveredRatio: 1,
    random: () => 0,
  });
  const series = [{ ...row, cpuRatios: cpu }];
  const cell = { variant: 'kafka', level: null, block: 0, series } as unknown as Cell;
  return watchSentences(
    { result: { ...sample, variants: { kafka: { ...variant!, ...own } } }, manifest, cells: [cell] },
    drifts,
  );
}

test('a quiet run has nothing to watch', () => {
  expect(watch({})).toEqual([]);
});

test('the slowest route stands by its own percentile where all requests together hide it', () => {
  const metrics = {
    'http.response': summary(29, 80_000),
    'http.response/GET /products': summary(27),
    'http.response/POST /sessions': summary(577),
  };
  expect(watch({ metrics })).toEqual([
    'signing in took up to 0.58 s for 95 of 100; all requests together 0.03 s.',
  ]);
  const few = { ...metrics, 'http.response/POST /sessions': summary(577, 19) };
  expect(watch({ metrics: few })).toEqual([]);
  const unfelt = { ...metrics, 'http.response': summary(2), 'http.response/POST /sessions': summary(49) };
  expect(watch({ metrics: unfelt })).toEqual([]);
  const theirs = { 'http.response': summary(29), 'http.response/GET /basket': summary(577) };
  expect(watch({ metrics: theirs })[0]).toMatch(/^GET \/basket took up to/);
});

test('a wait that grew within the run is told with both its ends', () => {
  const drift = (firstMs: number, lastMs: number) =>
    watch({}, { drifts: [{ label: 'an order', firstMs, lastMs }] });
  expect(drift(20, 61)).toEqual([
    'the wait for an order grew within the run: half took 0.02 s in its first third, 0.06 s in its last.',
  ]);
  expect(drift(20, 29)).toEqual([]);
  expect(drift(2, 5)).toEqual([]);
});

test('a core that one process filled, and a machine that all filled', () => {
  expect(watch({}, { cpu: { api: 0.97, postgres: 0.95, generator: 0.95 } })).toEqual([
    'api had its core full: 97 %.',
    'the machine was full: 143.5 % of its 2 cores, the load’s own work among it.'.replace('143.5', '144'),
  ]);
  expect(watch({}, { cpu: { api: 0.5, postgres: 1.2, generator: 0.1 } })).toEqual([]);
});

test('refusals, timeouts and visits that never came about are told by their numbers', () => {
  const failures = {
    'GET /products 503': 11,
    'POST /orders 429': 1,
    'timeout GET /cart': 3,
    'GET /cart 500': 1,
    'socket connect': 2,
  };
  const [kafka] = Object.values(sampleResult('PASS').variants);
  const generator = { ...kafka!.generator, noFreePersonCount: 1 };
  expect(watch({ failures, generator })).toEqual([
    '12 requests refused for want of room, 3 requests without an answer in time, 1 request failed otherwise, 2 live connections failed.',
    '1 visit did not come about, because everybody was still waiting in the shop.',
  ]);
});

test('what was tried again, and who gave up, is told by numbers', () => {
  const triedAgain = (again: number, givenUp: number) =>
    watch({
      metrics: {
        'steps.triedAgain': { unit: 'steps', value: again },
        'sessions.givenUp': { unit: 'visits', value: givenUp },
      },
    });
  expect(triedAgain(12, 5)).toEqual([
    '12 steps were tried again after a failure; 5 visitors gave up and left.',
  ]);
  expect(triedAgain(1, 0)).toEqual(['1 step was tried again after a failure.']);
  expect(triedAgain(0, 0)).toEqual([]);
});
