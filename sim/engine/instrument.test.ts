// Is the instrument right? A stub shop with a known delay and a known stall must come out of the engine with the
// quantiles that the stub itself recorded (coordinated omission would show milliseconds instead of seconds).
import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import type { Newcomer } from '../model/newcomers.ts';
import type { RunPlan } from '../model/run-plan.ts';
import type { Step } from '../shopper/state/steps.ts';
import { type EngineDeps, runEngine } from './engine.ts';
import type {
  AttemptMade,
  EngineInput,
  FromGenerator,
  GeneratorSummary,
  HistogramPart,
} from './protocol/protocol.ts';
import type { OpenShop, ShopHooks } from './shop-adapter.ts';
import { createVirtualTimeline, type VirtualTimeline } from './timing/virtual-timeline.ts';

const input: EngineInput = {
  durationMs: 20_000,
  leadInMs: 0,
  thinkTimeCompression: 1,
  httpDeadlineMs: 30_000,
  outcomeDeadlineMs: 30_000,
  drainMs: 30_000,
};

function planOf(starts: number[]): RunPlan {
  return {
    seed: 1,
    sessions: starts.map((startMs, index) => ({ index, startMs, personId: index + 1 })),
    candidates: [],
    people: [],
  };
}

const SIGNED_UP: AttemptMade = { kind: 'toy-sign-up', attemptedAtMs: 0 };

/** A plan of single requests: each session is one step. */
const singleRequest = () => {
  const steps: Step[] = [{ kind: 'home' }, { kind: 'leave', because: 'bounced' }];
  return { next: () => ({ step: steps.shift()!, thinkMs: 0 }) };
};

async function rehearse(
  timeline: VirtualTimeline,
  over: Partial<Omit<EngineDeps, 'shop'>> &
    Pick<EngineDeps, 'plan'> & {
      openShop: (hooks: ShopHooks) => OpenShop['openVisit'];
      openSignUp?: (hooks: ShopHooks) => OpenShop['signUp'];
    },
) {
  const { openShop, openSignUp, ...others } = over;
  const nobodySignsUp = () => Promise.reject(new Error('nobody is planned to sign up'));
  const messages: FromGenerator[] = [];
  const ended = runEngine({
    input,
    timeline,
    cpuSeconds: () => 0,
    heapRatio: () => 0.1,
    shop: {
      warmUp: async () => undefined,
      cutOff: () => undefined,
      open: (hooks) => ({ openVisit: openShop(hooks), signUp: openSignUp?.(hooks) ?? nobodySignsUp }),
    },
    createShopper: singleRequest,
    post: (message) => messages.push(message),
    stop: new AbortController().signal,
    ...others,
  });
  await timeline.runUntil(120_000);
  await ended;
  const rows = messages.flatMap((message) => (message.type === 'second' ? [message.row] : []));
  const done = messages.find((message) => message.type === 'done');
  return { messages, rows, summary: done?.summary as GeneratorSummary };
}

/** A shop that answers after `serviceMs`, one after the other, and stands still from `stallFromMs` on for `stallMs`. */
function stubShop(
  timeline: VirtualTimeline,
  times: { serviceMs: number; stallFromMs: number; stallMs: number },
) {
  const recordedMs: number[] = [];
  let zeroMs: number | null = null;
  const openShop: (hooks: ShopHooks) => OpenShop['openVisit'] =
    ({ measures }) =>
    () => ({
      async perform(step, intendedMs) {
        if (step.kind === 'leave') return { outcome: 'ok' };
        zeroMs ??= timeline.nowMs();
        const calledMs = timeline.nowMs();
        const sinceMs = calledMs - zeroMs;
        const isStalled = sinceMs >= times.stallFromMs && sinceMs < times.stallFromMs + times.stallMs;
        const stalledMs = isStalled ? times.stallFromMs + times.stallMs - sinceMs : 0;
        await new Promise<void>((resolve) =>
          timeline.wakeAt(calledMs + stalledMs + times.serviceMs, resolve),
        );
        recordedMs.push(timeline.nowMs() - calledMs);
        measures.sample('http.response', intendedMs, timeline.nowMs() - intendedMs);
        return { outcome: 'ok' };
      },
      abandon: async () => undefined,
    });
  return { openShop, recordedMs };
}

function merge(parts: HistogramPart[], metric: string): Histogram {
  const [first, ...rest] = parts
    .filter((part) => part.metric === metric)
    .map((part) => decodeFromCompressedBase64(part.encoded));
  for (const histogram of rest) first!.add(histogram);
  return first!;
}

describe('the instrument', () => {
  it('shows a stall of ten seconds as the shop itself saw it, not as the few requests that were under way', async () => {
    const timeline = createVirtualTimeline();
    const shop = stubShop(timeline, { serviceMs: 1, stallFromMs: 10_000, stallMs: 10_000 });
    const starts = Array.from({ length: 2_000 }, (_, index) => index * 10);
    const { rows, summary } = await rehearse(timeline, { plan: planOf(starts), openShop: shop.openShop });

    const histogram = merge(
      rows.flatMap((row) => row.histograms),
      'http.response',
    );
    const recorded = shop.recordedMs.toSorted((a, b) => a - b);
    const truthMs = (quantile: number) => recorded[Math.ceil(quantile * recorded.length) - 1]!;
    for (const quantile of [0.25, 0.5, 0.75, 0.9, 0.99, 1]) {
      const measuredMs = histogram.getValueAtPercentile(quantile * 100) / 1000;
      expect(Math.abs(measuredMs / truthMs(quantile) - 1)).toBeLessThan(0.002);
    }
    expect(histogram.getValueAtPercentile(75) / 1000).toBeCloseTo(5_000, -2);
    expect(histogram.getValueAtPercentile(99) / 1000).toBeCloseTo(9_800, -2);
    expect(histogram.totalCount).toBe(2_000);
    expect(summary).toMatchObject({ plannedCount: 2_000, startedCount: 2_000, droppedCount: 0 });
  });

  it('counts what the generator itself was late as part of the response and says how late it was', async () => {
    const timeline = createVirtualTimeline();
    const shop = stubShop(timeline, { serviceMs: 1, stallFromMs: 1e9, stallMs: 0 });
    const starts = Array.from({ length: 100 }, (_, index) => index * 100);
    const ended = rehearse(timeline, { plan: planOf(starts), openShop: shop.openShop });
    timeline.wakeAt(5_000, () => timeline.stall(1_000));
    const { rows, summary } = await ended;

    const histogram = merge(
      rows.flatMap((row) => row.histograms),
      'http.response',
    );
    expect(histogram.maxValue / 1000).toBeGreaterThan(900);
    expect(summary.latenessMaxMs).toBeGreaterThan(900);
    expect(summary.startedCount).toBe(100);
  });

  it('files samples under their intended second and emits each second after its deadline', async () => {
    const timeline = createVirtualTimeline();
    const shop = stubShop(timeline, { serviceMs: 2_500, stallFromMs: 1e9, stallMs: 0 });
    const { rows } = await rehearse(timeline, {
      plan: planOf([-1_500, 0, 999, 1_000]),
      openShop: shop.openShop,
      input: {
        ...input,
        durationMs: 5_000,
        leadInMs: 2_000,
        httpDeadlineMs: 3_000,
        outcomeDeadlineMs: 3_000,
      },
    });
    const parts = rows.flatMap((row) => row.histograms.map((part) => ({ ...part, sentInRow: row.second })));
    expect(parts.map(({ second, sampleCount }) => [second, sampleCount])).toEqual([
      [-2, 1],
      [0, 2],
      [1, 1],
    ]);
    expect(parts[0]!.sentInRow).toBeGreaterThanOrEqual(2);
    expect(rows[0]).toMatchObject({ second: -2, counts: { sessionsPlanned: 1, sessionsStarted: 1 } });
    expect(rows.map((row) => row.second)).toEqual(rows.map((_, index) => index - 2));
  });

  it('gives open sessions up after the drain and still reports when it is stopped', async () => {
    const timeline = createVirtualTimeline();
    const shop = stubShop(timeline, { serviceMs: 1e9, stallFromMs: 1e9, stallMs: 0 });
    const stop = new AbortController();
    timeline.wakeAt(5_150, () => stop.abort());
    const { summary } = await rehearse(timeline, {
      plan: planOf(Array.from({ length: 20 }, (_, index) => index * 1000)),
      openShop: shop.openShop,
      stop: stop.signal,
    });
    expect(summary).toMatchObject({ plannedCount: 20, startedCount: 6, droppedCount: 14 });
  });

  it('obeys Little’s law to a thousandth in a short span that most sessions outlast and a lead-in too short to fill', async () => {
    const timeline = createVirtualTimeline();
    const shop = stubShop(timeline, { serviceMs: 70, stallFromMs: 6_000, stallMs: 900 });
    const { summary } = await rehearse(timeline, {
      plan: planOf(Array.from({ length: 300 }, (_, index) => index * 30 - 1_000)),
      openShop: shop.openShop,
      input: { ...input, durationMs: 5_000, leadInMs: 1_000, drainMs: 1_000 },
      createShopper(personId) {
        let stepsLeft = 1 + (personId % 7);
        const thinkMs = 40 * (personId % 101);
        return {
          next: () =>
            stepsLeft-- > 0
              ? { step: { kind: 'home' }, thinkMs }
              : { step: { kind: 'leave', because: 'bounced' }, thinkMs: 0 },
        };
      },
    });
    const { meanOpenCount, stepsPerSecond, meanThinkMs, meanResponseMs, cutCount } = summary.occupancy;
    const through = (stepsPerSecond * (meanThinkMs + meanResponseMs)) / 1_000;
    expect(meanOpenCount).toBeGreaterThan(50);
    expect(Math.abs(through / meanOpenCount - 1)).toBeGreaterThan(0.2);
    expect(Math.abs((through + cutCount) / meanOpenCount - 1)).toBeLessThan(0.001);
  });

  it('counts a start without a free person as the shop’s, not as dropped', async () => {
    const timeline = createVirtualTimeline();
    const shop = stubShop(timeline, { serviceMs: 10_000, stallFromMs: 1e9, stallMs: 0 });
    const plan = planOf([0, 1_000, 2_000]);
    for (const session of plan.sessions) session.personId = 7;
    plan.candidates = [
      { personId: 7, score: 1 },
      { personId: 8, score: 1 },
    ];
    const { summary } = await rehearse(timeline, { plan, openShop: shop.openShop });
    expect(summary).toMatchObject({
      plannedCount: 3,
      startedCount: 2,
      noFreePersonCount: 1,
      droppedCount: 0,
    });
  });

  it('starts newcomers at their own times among the sessions, counts and reports them, and drops them honestly', async () => {
    const timeline = createVirtualTimeline();
    const shop = stubShop(timeline, { serviceMs: 1, stallFromMs: 1e9, stallMs: 0 });
    const stop = new AbortController();
    timeline.wakeAt(2_600, () => stop.abort());
    const newcomers = [500, 2_400, 9_000].map((startMs, index) => ({ index, startMs }) as Newcomer);
    const { messages, rows, summary } = await rehearse(timeline, {
      plan: { ...planOf([0, 1_000]), newcomers },
      openShop: shop.openShop,
      stop: stop.signal,
      // The second newcomer's answer comes after the run was stopped.
      openSignUp: (hooks) => async (newcomer, intendedMs) => {
        await new Promise<void>((resolve) => timeline.wakeAt(timeline.nowMs() + 300, resolve));
        hooks.onAttempt({ ...SIGNED_UP, attemptedAtMs: hooks.attemptedAt(intendedMs).attemptedAtMs });
        return newcomer.index + 100;
      },
    });
    expect(summary).toMatchObject({ plannedCount: 5, startedCount: 4, droppedCount: 1 });
    const attempts = messages.flatMap((message) => (message.type === 'attempts' ? message.attempts : []));
    expect(attempts).toEqual([
      { ...SIGNED_UP, attemptedAtMs: 500 },
      { ...SIGNED_UP, attemptedAtMs: 2_400 },
    ]);
    expect(rows.slice(0, 3).map((row) => [row.counts.sessionsPlanned, row.counts.signUpsPlanned])).toEqual([
      [2, 1],
      [1, 0],
      [1, 1],
    ]);
  });
});
