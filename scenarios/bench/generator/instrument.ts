// Bench: does the instrument tell the truth on real time? A stub with a known delay, once spread widely, once with a stall
// of half the time, must come out of the engine with the quantiles that the stub itself recorded.
import type { Histogram } from 'hdr-histogram-js';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  reported,
} from '../bench.ts';
import { startStubShop } from '../programs/stub-shop.ts';
import { type EngineRun, requestInput, runEngine } from './engine-run.ts';
import { planRequests, type RequestLoad, writePlan } from './request-plan.ts';

const MAX_DEVIATION = 0.02;
const METRICS = ['http.response', 'http.service'] as const;

type Stall = { fromMs: number; untilMs: number };
type Case = {
  name: string;
  delay: { medianMs: number; sigma: number; seed: number };
  load: RequestLoad;
  deadlineMs: number;
  stall: Stall | null;
  quantiles: readonly number[];
};

/**
 * Delays are long beside what the way and a late timer add (about a millisecond), or 2 % would say nothing. In the stall
 * 240 requests are open at a time: fewer than the engine has connections, so that the stub sees each when it is sent.
 */
const FULL: readonly Case[] = [
  {
    name: 'spread',
    delay: { medianMs: 150, sigma: 0.4, seed: 1 },
    load: { requestsPerSecond: 200, leadInMs: 0, durationMs: 10_000, peopleCount: 2_000, seed: 1 },
    deadlineMs: 5_000,
    stall: null,
    quantiles: [0.1, 0.25, 0.5, 0.75, 0.9, 0.99],
  },
  {
    name: 'stall',
    delay: { medianMs: 80, sigma: 0.1, seed: 2 },
    load: { requestsPerSecond: 24, leadInMs: 0, durationMs: 20_000, peopleCount: 2_000, seed: 2 },
    deadlineMs: 15_000,
    stall: { fromMs: 10_000, untilMs: 20_000 },
    quantiles: [0.25, 0.6, 0.75, 0.9, 0.99],
  },
];

/** A second of each, with the stall in its second half. */
const CHECK: readonly Case[] = FULL.map((one) => ({
  ...one,
  load: { ...one.load, durationMs: 1_000 },
  deadlineMs: 60_000,
  stall: one.stall === null ? null : { fromMs: 500, untilMs: 1_000 },
}));

const CASES: Record<BenchSize, readonly Case[]> = { full: FULL, check: CHECK };

/** The value at a quantile by nearest rank. */
function quantileOf(sorted: readonly number[], quantile: number): number {
  return sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? Number.NaN;
}

/** The largest relative difference over the quantiles; Infinity without samples. */
function largestDeviation(
  truthMs: readonly number[],
  measured: Histogram,
  quantiles: readonly number[],
): number {
  if (truthMs.length === 0 || measured.totalCount === 0) return Infinity;
  const deviations = quantiles.map((quantile) => {
    const truth = quantileOf(truthMs, quantile);
    return Math.abs(measured.getValueAtPercentile(quantile * 100) / 1_000 / truth - 1);
  });
  return Math.max(...deviations);
}

async function measure(context: BenchContext, { delay, load, stall, deadlineMs }: Case) {
  const shop = await startStubShop(context.folder, delay);
  try {
    const planFile = await writePlan(context.folder, planRequests(load));
    let told: Promise<void> = Promise.resolve();
    const run = await runEngine({
      folder: context.folder,
      input: { ...requestInput(shop.url, planFile, load), httpDeadlineMs: deadlineMs, drainMs: deadlineMs },
      metrics: METRICS,
      onWarmedUp(startMs) {
        if (stall !== null) told = shop.stall(startMs + stall.fromMs, startMs + stall.untilMs);
      },
    });
    await told;
    return { run, heldMs: await shop.heldMs() };
  } finally {
    await shop.stop();
  }
}

function rowsOf({ name, quantiles }: Case, run: EngineRun, heldMs: readonly number[]): BenchRow[] {
  const { plannedCount } = run.summary;
  const rows = METRICS.map((metric) => {
    const histogram = run.histograms.get(metric);
    const isWhole = histogram?.totalCount === plannedCount && heldMs.length === plannedCount;
    const deviation = isWhole ? largestDeviation(heldMs, histogram, quantiles) : Infinity;
    return judged(`instrument.${name}.${metric}`, deviation * 100, '% off', { atMost: MAX_DEVIATION * 100 });
  });
  return [
    ...rows,
    counted(`instrument.${name}.requests`, heldMs.length, plannedCount, 'requests'),
    ...METRICS.map((metric) =>
      counted(
        `instrument.${name}.${metric}.samples`,
        run.histograms.get(metric)?.totalCount ?? 0,
        plannedCount,
        'samples',
      ),
    ),
    ...[0.5, 0.75, 0.99].map((quantile) =>
      reported(`instrument.${name}.truthP${quantile * 100}`, quantileOf(heldMs, quantile), 'ms'),
    ),
  ];
}

export const instrument: Bench = {
  name: 'instrument',
  question:
    'quantiles that the engine measured beside those that a stub with a known delay and stall recorded',
  expectedSeconds: 40,
  async run(context) {
    const rows: BenchRow[] = [];
    for (const one of CASES[context.size]) {
      context.view.detail(`stub with ${one.name}`);
      const { run, heldMs } = await measure(context, one);
      rows.push(...rowsOf(one, run, heldMs));
    }
    return rows;
  },
};
