// One run of the generator, from warm-up to summary: warm up; fix second 0; start every planned session at its time; a
// row a second; let open sessions end; ask for what is still open; report. All I/O comes in as dependencies.
import type { RunPlan } from '../model/run-plan.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { createFreePeople, type FreePeople } from './free-people.ts';
import { createHealth } from './measuring/health.ts';
import { createOccupancy } from './measuring/occupancy.ts';
import { createRecorder } from './measuring/recorder.ts';
import { createSecondRows } from './measuring/second-rows.ts';
import { createWhereabouts } from './measuring/whereabouts.ts';
import { createOutbox } from './outbox.ts';
import type { AttemptMade, EngineInput, FromGenerator } from './protocol/protocol.ts';
import { STARVED_HEAP_RATIO } from './protocol/starvation.ts';
import { type CreateShopper, createSessionRunner, type SessionRunner } from './session-runner.ts';
import type { ShopAdapter, ShopHooks, WarmUpHooks } from './shop-adapter.ts';
import { type PlannedStart, plannedStarts } from './timing/planned-starts.ts';
import { createScheduler } from './timing/scheduler.ts';
import type { Timeline } from './timing/timeline.ts';

/** Between the end of warm-up and the first start that can be planned. */
const SET_UP_MS = 100;
/** How long after the span a start that was planned inside it may still be made. */
const LATE_START_MS = 1_000;

export type EngineDeps = {
  input: EngineInput;
  plan: RunPlan;
  timeline: Timeline;
  /** CPU seconds that this process has used. */
  cpuSeconds: () => number;
  /** Share of the memory that Node may use which it uses now. */
  heapRatio: () => number;
  shop: Pick<ShopAdapter, 'warmUp' | 'open' | 'cutOff'>;
  createShopper: CreateShopper;
  /** Who takes the planned starts; by default the planned people and, for those who are still busy, the plan's candidates. */
  people?: FreePeople;
  post: (message: FromGenerator) => void;
  /** When the span is to begin, which could begin at `earliestMs`; left out: then. Asked once, when all is warm. */
  beginAt?: (earliestMs: number) => Promise<number>;
  /** Aborted to end early; the run still reports. */
  stop: AbortSignal;
};

/** Runs it all; resolves after `done` was posted, rejects when an assumption is broken or warm-up fails. */
export async function runEngine(deps: EngineDeps): Promise<void> {
  const { input, timeline, post } = deps;
  const warmUpAttempts: AttemptMade[] = [];
  const hooks: WarmUpHooks = {
    onAttempt: (attempt) => void warmUpAttempts.push(attempt),
    progress: (text, doneCount, totalCount) => post({ type: 'progress', text, doneCount, totalCount }),
  };
  if (!deps.stop.aborted) await Promise.race([deps.shop.warmUp(hooks), whenAborted(deps.stop)]);
  const zeroMs = await spanStart(deps, timeline.nowMs() + input.leadInMs + SET_UP_MS);
  post({
    type: 'attempts',
    attempts: warmUpAttempts.map((attempt) => ({
      ...attempt,
      attemptedAtMs: attempt.attemptedAtMs - zeroMs,
    })),
  });
  post({ type: 'warmed-up', spanStartMonotonicMs: zeroMs });
  await runPlan(deps, zeroMs);
}

/** As it is told; at once where the run is stopped before anybody tells it. */
async function spanStart({ beginAt, stop }: EngineDeps, earliestMs: number): Promise<number> {
  if (beginAt === undefined || stop.aborted) return earliestMs;
  return Promise.race([beginAt(earliestMs), whenAborted(stop).then(() => earliestMs)]);
}

async function runPlan(deps: EngineDeps, zeroMs: number): Promise<void> {
  const { input, timeline, post } = deps;
  const endMs = zeroMs + input.durationMs;
  const parts = createParts(deps, zeroMs);
  const { deliveries, health, occupancy, planned, recorder, rows, runner, scheduler, starts } = parts;
  const waits = createWaits(timeline, deps.stop);
  const callOffBegin = timeline.wakeAt(zeroMs, health.spanBegins);

  async function run(): Promise<void> {
    await waits.until(endMs);
    health.spanEnds();
    if (scheduler.plannedLeftCount() > 0) await waits.until(endMs + LATE_START_MS);
    scheduler.dropPlan();
    await Promise.race([runner.whenIdle(), waits.until(endMs + input.drainMs)]);
    await runner.abandonAll();
    await deliveries.whenIdle();
  }

  try {
    scheduler.plan(planned, ({ startMs }) => zeroMs + startMs, starts.start);
    await Promise.race([run(), parts.broken]);
    rows.finish();
  } finally {
    callOffBegin();
    waits.close();
    rows.close();
    scheduler.stop();
    health.close();
  }
  const figures = { ...starts.counts(), ...recorder.totals(), ...health.summary() };
  post({ type: 'done', summary: { ...figures, occupancy: occupancy.summary(runner.openSinceMs()) } });
}

/** All that works while the plan runs. `broken` rejects when an assumption of any part turns out wrong. */
function createParts(deps: EngineDeps, zeroMs: number) {
  const { input, plan, timeline } = deps;
  const { reject: failed, promise: broken } = Promise.withResolvers<never>();
  broken.catch(() => undefined);
  const planned = plannedStarts(plan, input);
  const recorder = createRecorder({
    zeroMs,
    spanMs: input.durationMs,
    longestSampleMs: Math.max(input.httpDeadlineMs, input.outcomeDeadlineMs) + 1_000,
    ...(input.liveMetrics === undefined ? {} : { liveMetrics: input.liveMetrics }),
  });
  const span = { timeline, spanFromMs: zeroMs, spanToMs: zeroMs + input.durationMs };
  const health = createHealth({ ...span, cpuSeconds: deps.cpuSeconds });
  const takeHealth = () => {
    if (deps.heapRatio() >= STARVED_HEAP_RATIO) recorder.starved('heap');
    return health.takeSecond();
  };
  const occupancy = createOccupancy(span);
  const whereabouts = createWhereabouts();
  const scheduler = createScheduler({ timeline, onLateness: health.late, failed });
  const outbox = createOutbox(deps.post);
  const attemptedAt: ShopHooks['attemptedAt'] = (intendedMs) => ({
    attemptedAtMs: intendedMs - zeroMs,
    phase: intendedMs < zeroMs ? 'lead-in' : 'measure',
  });
  const { deliver, ...open } = deps.shop.open({ measures: recorder, attemptedAt, onAttempt: outbox.add });
  const deliveries = createDeliveries({ deliver, failed });
  const runner = createSessionRunner({
    timeline,
    scheduler,
    measures: recorder,
    occupancy,
    whereabouts,
    createShopper: deps.createShopper,
    thinkTimeCompression: input.thinkTimeCompression,
    cutOff: deps.shop.cutOff,
    people: deps.people ?? createFreePeople(plan),
    failed,
    ...open,
  });
  const rows = createSecondRows({
    timeline,
    zeroMs,
    firstSecond: -Math.ceil(input.leadInMs / 1000),
    planned,
    recorder,
    takeHealth,
    activeCount: runner.activeCount,
    whereabouts,
    onRow: outbox.postRow,
  });
  const starts = countStarts(planned, runner, deliveries);
  return { deliveries, planned, broken, recorder, health, occupancy, scheduler, runner, rows, starts };
}

/** Starts all that is planned, and counts what became of the sessions, newcomers' too, of the measured span. */
function countStarts(planned: readonly PlannedStart[], runner: SessionRunner, deliveries: Deliveries) {
  let startedCount = 0;
  let noFreePersonCount = 0;
  const plannedCount = planned.filter(({ kind, startMs }) => kind !== 'delivery' && startMs >= 0).length;

  function begin(
    start: Exclude<PlannedStart, { kind: 'delivery' }>,
    atMs: number,
  ): 'started' | 'no-free-person' {
    if (start.kind === 'session') return runner.start(start.session, atMs);
    runner.startNewcomer(start.newcomer, atMs);
    return 'started';
  }

  return {
    start(start: PlannedStart, atMs: number) {
      if (start.kind === 'delivery') return deliveries.start(start.delivery, atMs);
      const result = begin(start, atMs);
      if (start.startMs < 0) return;
      if (result === 'started') startedCount += 1;
      else noFreePersonCount += 1;
    },
    counts: () => ({
      plannedCount,
      startedCount,
      noFreePersonCount,
      droppedCount: plannedCount - startedCount - noFreePersonCount,
    }),
  };
}

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Waiting for times of the timeline, cut short for good once `stop` is aborted. */
function createWaits(timeline: Timeline, stop: AbortSignal) {
  const stopped = whenAborted(stop);
  const callOffs: (() => void)[] = [];
  const at = (atMs: number) => new Promise<void>((resolve) => callOffs.push(timeline.wakeAt(atMs, resolve)));
  return {
    until: (atMs: number): Promise<void> => Promise.race([stopped, at(atMs)]),
    close() {
      for (const callOff of callOffs) callOff();
    },
  };
}
