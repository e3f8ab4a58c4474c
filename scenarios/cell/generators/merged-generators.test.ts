// Several generators are one generator: the same plan, divided, against the same shop, gives the same sessions, steps and figures.
import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { beforeAll, describe, expect, it } from 'vitest';
import { type EngineDeps, runEngine } from '../../../sim/engine/engine.ts';
import type {
  FromGenerator,
  GeneratorSecond,
  GeneratorSummary,
} from '../../../sim/engine/protocol/protocol.ts';
import type { OpenShop, ShopHooks } from '../../../sim/engine/shop-adapter.ts';
import { createVirtualTimeline } from '../../../sim/engine/timing/virtual-timeline.ts';
import { createRandom } from '../../../sim/model/chance/random.ts';
import type { RunPlan } from '../../../sim/model/run-plan.ts';
import { shardOf } from '../../../sim/model/shards.ts';
import type { Step } from '../../../sim/shopper/state/steps.ts';
import { createSecondMerger, mergeSecond } from './merge-seconds.ts';
import { mergeSummaries } from './merge-summaries.ts';

const SPAN_MS = 5_000;
const SESSION_COUNT = 600;
const input = {
  durationMs: SPAN_MS,
  leadInMs: 1_000,
  thinkTimeCompression: 1,
  httpDeadlineMs: 2_000,
  outcomeDeadlineMs: 2_000,
  drainMs: 2_000,
};
const plan: RunPlan = {
  seed: 7,
  sessions: Array.from({ length: SESSION_COUNT }, (_, index) => ({
    index,
    startMs: -1_000 + index * 10,
    personId: 1 + ((index * 37) % 1_009),
  })),
  candidates: [],
  people: [],
};

/** Some steps, as the session's own index has them. */
const createShopper: EngineDeps['createShopper'] = (_personId, sessionIndex) => {
  const random = createRandom(plan.seed, 'session', sessionIndex);
  const steps: Step[] = Array.from({ length: random.integer(1, 5) }, () => ({
    kind: 'view-product',
    productId: random.integer(1, 1_000),
  }));
  steps.push({ kind: 'leave', because: 'browsed' });
  return { next: () => ({ step: steps.shift() ?? { kind: 'leave', because: 'browsed' }, thinkMs: 100 }) };
};

/** Takes a time for each product that depends on nothing else, and notes who did what when. */
const stubShop =
  (timeline: ReturnType<typeof createVirtualTimeline>, done: string[]) =>
  ({ measures }: ShopHooks): OpenShop['openVisit'] =>
  (personId) => ({
    async perform(step, intendedMs) {
      if (step.kind !== 'view-product') return { outcome: 'ok' };
      done.push(`${intendedMs} person ${personId} product ${step.productId}`);
      await new Promise<void>((resolve) =>
        timeline.wakeAt(timeline.nowMs() + (step.productId % 83), resolve),
      );
      measures.sample('http.response', intendedMs, timeline.nowMs() - intendedMs);
      measures.requestEnded(intendedMs, { ok: true });
      return { outcome: 'ok' };
    },
    abandon: async () => undefined,
  });

async function generate(part: RunPlan) {
  const timeline = createVirtualTimeline();
  const steps: string[] = [];
  const messages: FromGenerator[] = [];
  const ended = runEngine({
    input,
    plan: part,
    timeline,
    cpuSeconds: () => timeline.nowMs() / 10_000,
    heapRatio: () => 0.1,
    shop: {
      warmUp: async () => undefined,
      cutOff: () => undefined,
      open: (hooks) => ({
        openVisit: stubShop(timeline, steps)(hooks),
        signUp: () => Promise.reject(new Error('nobody signs up')),
      }),
    },
    createShopper,
    post: (message) => messages.push(message),
    stop: new AbortController().signal,
  });
  await timeline.runUntil(60_000);
  await ended;
  const rows = messages.flatMap((message) => (message.type === 'second' ? [message.row] : []));
  const done = messages.find((message) => message.type === 'done');
  if (done === undefined) throw new Error('the engine gave no summary');
  return { rows, steps, summary: done.summary };
}

/** All parts of a second of the metric, as the record merges them. */
function bySecond(rows: readonly GeneratorSecond[]): Map<number, Histogram> {
  const merged = new Map<number, Histogram>();
  for (const { second, encoded } of rows.flatMap((row) => row.histograms)) {
    const part = decodeFromCompressedBase64(encoded);
    const before = merged.get(second);
    if (before === undefined) merged.set(second, part);
    else before.add(part);
  }
  return merged;
}

const total = (rows: readonly GeneratorSecond[], count: string) =>
  rows.reduce((sum, { counts }) => sum + (counts[count] ?? 0), 0);

describe.each([2, 3, 8])('%i generators', (count) => {
  let one: Awaited<ReturnType<typeof generate>>;
  let several: Awaited<ReturnType<typeof generate>>[];
  let rows: GeneratorSecond[];
  let summary: GeneratorSummary;

  beforeAll(async () => {
    one = await generate(plan);
    several = [];
    for (let index = 0; index < count; index += 1)
      several.push(await generate(shardOf(plan, { index, count })));
    rows = [];
    const merger = createSecondMerger(count, (row) => rows.push(row));
    for (const [index, shard] of several.entries()) {
      for (const row of shard.rows) merger.take(index, row);
      merger.ended(index);
    }
    summary = mergeSummaries(several.map((shard) => shard.summary));
  });

  it('have the same people do the same steps at the same time', () => {
    expect(several.flatMap(({ steps }) => steps).sort()).toEqual(one.steps.sort());
    expect(one.steps.length).toBeGreaterThan(SESSION_COUNT);
  });

  it('record the same histograms, bucket by bucket, in every second', () => {
    const [merged, whole] = [bySecond(rows), bySecond(one.rows)];
    expect([...merged.keys()].sort()).toEqual([...whole.keys()].sort());
    for (const [second, histogram] of whole)
      expect(merged.get(second)?.outputPercentileDistribution(), `second ${second}`).toBe(
        histogram.outputPercentileDistribution(),
      );
  });

  it('count the same, each second once and in its order', () => {
    expect(rows.map(({ second }) => second)).toEqual(one.rows.map(({ second }) => second));
    for (const name of ['sessionsPlanned', 'sessionsStarted', 'requestsSucceeded'])
      expect(total(rows, name), name).toBe(total(one.rows, name));
    expect(rows.map(({ gauges }) => gauges.sessionsActive)).toEqual(
      one.rows.map(({ gauges }) => gauges.sessionsActive),
    );
  });

  it('sum up the same run, and keep each generator’s own figures', () => {
    const { plannedCount, startedCount, requestsSucceededCount, occupancy } = one.summary;
    expect(summary).toMatchObject({ plannedCount, startedCount, requestsSucceededCount });
    for (const name of [
      'meanOpenCount',
      'stepsPerSecond',
      'meanThinkMs',
      'meanResponseMs',
      'cutCount',
    ] as const)
      expect(summary.occupancy[name]).toBeCloseTo(occupancy[name], 6);
    expect(summary.shards).toHaveLength(count);
    expect(summary.cpuSeconds).toBeCloseTo(count * one.summary.cpuSeconds, 6);
  });
});

describe('a merged second', () => {
  const row = (over: Partial<GeneratorSecond>): GeneratorSecond => ({
    second: 3,
    counts: {},
    gauges: {},
    failures: {},
    live: {},
    histograms: [],
    intendedRequests: [],
    ...over,
  });

  it('adds what happened and keeps the worst of how they kept up', () => {
    const merged = mergeSecond([
      row({
        counts: { sessionsStarted: 2 },
        gauges: { sessionsActive: 10, latenessP99Ms: 1, eventLoopLagP99Ms: 9 },
        failures: { 'timeout POST /orders': 1 },
        live: { 'http.response': { p50Ms: 4, p99Ms: null } },
      }),
      row({
        counts: { sessionsStarted: 3, orders: 1 },
        gauges: { sessionsActive: 5, latenessP99Ms: 7, eventLoopLagP99Ms: 2 },
        live: { 'http.response': { p50Ms: 3, p99Ms: 80 } },
      }),
    ]);
    expect(merged).toMatchObject({
      second: 3,
      counts: { sessionsStarted: 5, orders: 1 },
      gauges: { sessionsActive: 15, latenessP99Ms: 7, eventLoopLagP99Ms: 9 },
      failures: { 'timeout POST /orders': 1 },
      live: { 'http.response': { p50Ms: 4, p99Ms: 80 } },
    });
  });

  it('waits for the slowest, and for nobody who is gone', () => {
    const given: number[] = [];
    const merger = createSecondMerger(2, ({ second }) => given.push(second));
    merger.take(0, row({ second: 0 }));
    merger.take(0, row({ second: 1 }));
    expect(given).toEqual([]);
    merger.take(1, row({ second: 0 }));
    expect(given).toEqual([0]);
    merger.ended(1);
    expect(given).toEqual([0, 1]);
    // A row that comes late brings no second twice and holds none up.
    merger.take(1, row({ second: 1 }));
    merger.take(0, row({ second: 2 }));
    expect(given).toEqual([0, 1, 2]);
  });
});
