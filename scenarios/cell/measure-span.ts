// The measured part of a cell: the generator runs its plan against a target that is up, each second is recorded, and the
// scenario's fault strikes on time.
import { setTimeout as wait } from 'node:timers/promises';
import { unlessStopped } from '../../deploy/local/programs/unless-stopped.ts';
import type { CellWriter } from '../../reports/record/cell-writer.ts';
import type { RunEvent } from '../../reports/record/result.ts';
import type { GeneratorSummary } from '../../sim/engine/protocol/protocol.ts';
import type { GeneratorInput } from '../../sim/generator/input.ts';
import { readsFileOf } from '../../sim/generator/reads-file.ts';
import { heardLikeAnOrder, type Order, type Recovery, recoveryOf, type Second } from '../faults/recovery.ts';
import { meets } from '../plan/needs.ts';
import { arrivalKindOf } from '../scenario/arrival-rate.ts';
import { actionsGatherMs, sendsActions } from '../scenario/behaviour.ts';
import { watchesCounters } from '../scenario/counters.ts';
import { hasCoupons } from '../scenario/coupons.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { historySettings } from '../scenario/world.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type ActFates, createActFates } from './act-fates.ts';
import type { AttemptsFile } from './attempts-file.ts';
import type { Browsers } from './browsers-process.ts';
import type { Generators } from './generators/generators.ts';
import { terminalLatencies } from './live-figures.ts';
import type { View } from './live-view.ts';
import { createOrderFates, type OrderFates } from './order-fates.ts';
import { createProcessSampler } from './process-sampler.ts';
import { createSecondRecorder } from './second-recorder.ts';

export type SpanInput = {
  scenario: Scenario;
  seed: number;
  planFile: string;
  /** People of the data set who walk in a browser beside the load; left out: nobody. */
  browserPersonIds?: readonly number[];
  cell: CellWriter;
  view: View;
  /** Aborted when the run is to end at once: what is under way is let go. */
  stop: AbortSignal;
  monotonicMs: () => number;
};

/** What was done and seen. */
export type MeasuredSpan = {
  summary: GeneratorSummary;
  /** How each generator of several ended that ended too early: what it sent is not known, so nothing can be audited. */
  lostGenerators: readonly string[];
  events: RunEvent[];
  recoverySeconds: number | null;
  notRecoveredBecause: string | null;
  stealMaxRatio: number;
  orders: OrderFates;
  acts: ActFates;
};

/** Runs the plan to its end. Rejects when the generator, the target or the record fails, or when the run is stopped. */
export async function measureSpan(
  input: SpanInput,
  {
    target,
    generators,
    browsers,
  }: { target: RunningTarget; generators: Generators; browsers: Browsers | null },
  attempts: AttemptsFile,
): Promise<MeasuredSpan> {
  const { scenario, view, monotonicMs } = input;
  const { fault, load } = scenario;
  const durationMs = load.durationSeconds * 1_000;
  const fates = createOrderFates(durationMs, fault === undefined ? undefined : fault.atRatio * durationMs);
  const acts = createActFates(durationMs);
  const watched = () => ({
    // Of those of other machines nobody can tell here; each tells its own.
    ...(generators.pids.length === 0 ? {} : { generator: generators.pids }),
    ...(browsers === null ? {} : { browsers: [browsers.pid] }),
    ...target.pids(),
    rehearsal: [process.pid],
  });
  const recorder = createSecondRecorder({
    cell: input.cell,
    view,
    durationSeconds: scenario.load.durationSeconds,
    meets: (need) => meets(scenario, need),
    sampler: createProcessSampler(monotonicMs),
    watched,
    lagCount: target.backlogCount,
    ownGauges: target.gauges,
  });
  const over = new AbortController();
  const notAnyMore = AbortSignal.any([input.stop, over.signal]);
  let plannedFault: Promise<RunEvent[]> = Promise.resolve([]);
  view.phase('warming up', null);
  const running = generators.run(generatorInput(input, target), {
    onProgress: (text, doneCount, totalCount) => view.detail(`${text}: ${doneCount} of ${totalCount}`),
    onWarmedUp: (spanStartMonotonicMs) => {
      const spanStart = Date.now() + (spanStartMonotonicMs - monotonicMs());
      input.cell.startSpan(new Date(spanStart));
      browsers?.walk(spanStartMonotonicMs, durationMs);
      const { leadInSeconds, durationSeconds } = scenario.load;
      const untilSpanMs = spanStartMonotonicMs - monotonicMs();
      plannedFault = strikeOnTime(scenario, untilSpanMs, { target, view }, notAnyMore);
      // A strike that fails is told when the run is over; until then nobody else listens.
      plannedFault.catch(() => undefined);
      view.phase(`rehearsing ${scenario.name}`, leadInSeconds + durationSeconds);
    },
    onSecond: (row) => {
      recorder.take(row);
      target.onSecond?.(row);
    },
    onAttempts: (batch) => {
      attempts.append(batch);
      for (const attempt of batch) {
        fates.add(attempt);
        acts.add(attempt);
      }
    },
  });
  const { summary, lost } = await unlessStopped(
    input.stop,
    Promise.race([running, target.failed, recorder.failed]),
  ).catch((error: unknown) => {
    // Nobody is struck after the end.
    over.abort();
    throw error;
  });
  // The audit is told of what was done in them, and was of most of it; no figure of the load is.
  if (browsers !== null) attempts.append(await unlessStopped(input.stop, browsers.finished()));
  const { stealMaxRatio, rows } = await recorder.finish();
  const events = await plannedFault;
  const [struck] = events;
  const recovery = struck === undefined ? null : await recoveryFrom(scenario, rows, attempts, struck.second);
  return {
    summary,
    lostGenerators: lost,
    orders: fates.counted(),
    acts: acts.counted(),
    stealMaxRatio,
    events,
    recoverySeconds: recovery?.seconds ?? null,
    notRecoveredBecause: recovery?.because ?? null,
  };
}

/** Told by what the scenario's people wait for: their orders, their lists, or nothing but answers. */
async function recoveryFrom(
  { load }: Scenario,
  rows: readonly Second[],
  attempts: AttemptsFile,
  faultSecond: number,
): Promise<Recovery> {
  const kind = arrivalKindOf(load);
  if (!kind.placesOrders && kind.awaitsLists !== true) return recoveryOf(rows, null, faultSecond);
  const heard: Order[] = [];
  for await (const attempt of attempts.read()) {
    if (attempt.kind === 'order' && attempt.isOfBrowser !== true) heard.push(attempt);
    else if (attempt.kind === 'act') heard.push(heardLikeAnOrder(attempt));
  }
  return recoveryOf(rows, heard, faultSecond, kind.placesOrders ? 'orders' : 'acts');
}

function generatorInput(
  input: SpanInput,
  { urls, topics, yourShop, wantedItem }: RunningTarget,
): GeneratorInput {
  const { load } = input.scenario;
  return {
    shopUrls: urls,
    seed: input.seed,
    history: historySettings(input.scenario),
    planFile: input.planFile,
    ...(topics === undefined ? {} : { topics }),
    ...(yourShop === undefined ? {} : { yourShop }),
    ...(wantedItem === undefined ? {} : { wantedItem }),
    sendsActions: sendsActions(input.scenario),
    actionsGatherMs: actionsGatherMs(input.scenario),
    watchesCounters: watchesCounters(input.scenario),
    hasLists: input.scenario.recommendations.engine !== 'none',
    hasCoupons: hasCoupons(input.scenario),
    sessionKind: arrivalKindOf(load).script,
    durationMs: load.durationSeconds * 1_000,
    leadInMs: load.leadInSeconds * 1_000,
    warmUpOrderCount: load.warmUpOrders,
    warmUpReadCount: load.warmUpReads,
    ...(input.scenario.cacheReplay === undefined ? {} : { readsFile: readsFileOf(input.cell.directory) }),
    thinkTimeCompression: load.thinkTimeCompression,
    passwordSignInRatio: load.passwordSignInRatio,
    httpDeadlineMs: load.httpDeadlineMs,
    outcomeDeadlineMs: load.outcomeDeadlineMs,
    drainMs: load.drainSeconds * 1_000,
    liveMetrics: terminalLatencies(),
  };
}

/** Strikes at the fault's share of the span, which starts in `untilSpanMs`; gives the event for the page. */
async function strikeOnTime(
  { fault, load }: Scenario,
  untilSpanMs: number,
  { target, view }: { target: RunningTarget; view: View },
  notAnyMore: AbortSignal,
): Promise<RunEvent[]> {
  if (fault === undefined) return [];
  const second = fault.atRatio * load.durationSeconds;
  await wait(Math.max(0, untilSpanMs + second * 1_000), undefined, { signal: notAnyMore });
  view.fault(fault.name, false);
  const label = await target.strike(fault.name);
  view.fault(fault.name, true);
  return [{ second, label }];
}
