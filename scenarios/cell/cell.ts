// One single run of one variant: fresh database, fresh topics, new shop processes, one generator; then the drain, the
// audit and the sweeping up. Everything opened is taken away again, in reverse order, however it ends.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createCleanUp } from '../../deploy/local/programs/clean-up.ts';
import { programsFromNowOn } from '../../deploy/local/programs/programs-of-this-process.ts';
import { remains } from '../../deploy/local/programs/remains.ts';
import { unlessStopped } from '../../deploy/local/programs/unless-stopped.ts';
import type { Stack } from '../../deploy/local/services/stack.ts';
import type { CellWriter } from '../../reports/record/cell-writer.ts';
import type { AuditFinding, RunEvent } from '../../reports/record/result.ts';
import type {
  GeneratorInput,
  GeneratorSummary,
  OrderAttempt,
  SignUpAttempt,
} from '../../sim/engine/protocol/protocol.ts';
import { noteBefore } from '../audit/attempts-table.ts';
import { auditRun } from '../audit/audit.ts';
import { behindCount } from '../audit/rule.ts';
import { withClient } from '../data/databases.ts';
import { faultLabels } from '../faults/fault.ts';
import { recoveryOf } from '../faults/recovery.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { shopStart } from '../scenario/shop-start.ts';
import { historySettings } from '../scenario/world.ts';
import type { BrokerWatch } from '../targets/our-shop/broker-watch.ts';
import { drainShop } from '../targets/our-shop/drain.ts';
import { type Shop, startShop } from '../targets/our-shop/shop-processes.ts';
import { type FaultSurroundings, strike } from '../targets/our-shop/strike.ts';
import { openSurroundings } from '../targets/our-shop/surroundings.ts';
import { type Generator, startGenerator } from './generator-process.ts';
import type { View } from './live-view.ts';
import { type OrderFates, orderFates } from './order-fates.ts';
import { createProcessSampler } from './process-sampler.ts';
import { createSecondRecorder } from './second-recorder.ts';

export type CellOutcome = {
  /** What was done to the shop on purpose, by second of the measured span. */
  events: RunEvent[];
  /** From the fault until shoppers saw nothing of it any more; null without a fault or a recovery. */
  recoverySeconds: number | null;
  /** Why a recovery cannot be told, in words; null without a fault or with a recovery. */
  notRecoveredBecause?: string | null;
  audit: AuditFinding[];
  summary: GeneratorSummary;
  /** Absent in cells that an older version kept. */
  orders?: OrderFates;
  stealMaxRatio: number;
  generatorHasPriority: boolean;
  /** Why its block was run a second time; absent for a first attempt. */
  repeatedBecause?: readonly string[];
};

export type CellInput = {
  scenario: Scenario;
  seed: number;
  planFile: string;
  template: string;
  serverIsOurs: boolean;
  stack: Stack;
  cell: CellWriter;
  view: View;
  /** Aborted when the run is to end at once: what is under way is let go, all that was opened is taken away. */
  stop: AbortSignal;
  /** Takes a sentence for each thing that could not be taken away. */
  onLeft: (sentence: string) => void;
  monotonicMs: () => number;
};

/** Longer than any data set takes to warm up, drain and be audited on a machine that can be used at all. */
const USED_BESIDE_SPAN_MS = 3_600_000;

/** Runs the cell to its end. Rejects when something other than the shop's slowness stopped it. */
export async function runCell(input: CellInput): Promise<CellOutcome> {
  const { stack, template, view, stop } = input;
  const { durationSeconds, leadInSeconds, drainSeconds } = input.scenario.load;
  await using cleanUp = createCleanUp(input.onLeft);
  try {
    stop.throwIfAborted();
    view.phase('fresh database', 1);
    const { broker, flushRedis, ...surroundings } = await openSurroundings(cleanUp, {
      places: stack,
      template,
      serverIsOurs: input.serverIsOurs,
      kind: 'cell',
      usedForMs: (durationSeconds + leadInSeconds + drainSeconds) * 1_000 + USED_BESIDE_SPAN_MS,
      nowMs: Date.now(),
    });
    const { databaseUrl } = surroundings;
    await withClient(databaseUrl, (client) => noteBefore(client, shopStart(input.scenario)));
    stop.throwIfAborted();
    view.phase('starting shop and generator', 3);
    // All of them, however far their start has come when it is stopped.
    cleanUp.later(remains.programs, programsFromNowOn());
    const logFolder = join(input.cell.directory, 'logs');
    const generator = await startGenerator(logFolder);
    // Before the shop, which closes sooner when nobody asks anything of it any more.
    cleanUp.later(remains.programs, () => generator.stop());
    const shop = await unlessStopped(
      stop,
      startShop(input.scenario, { ...surroundings, logFolder, generatorHasPriority: generator.hasPriority }),
    );
    const run = await measure(input, shop, generator, broker, flushRedis);
    view.phase('draining queues', null);
    const facts = await drainShop({ broker, shop, stop, monotonicMs: input.monotonicMs });
    stop.throwIfAborted();
    view.phase('audit', 2);
    const audit = await unlessStopped(
      stop,
      auditRun({ databaseUrl, attempts: run.attempts, signUps: run.signUps, broker: facts }),
    );
    input.cell.writeAudit(audit);
    return {
      events: run.events,
      recoverySeconds: run.recoverySeconds,
      notRecoveredBecause: run.notRecoveredBecause,
      audit,
      summary: run.summary,
      orders: orderFates(run.attempts, input.scenario.load.durationSeconds * 1_000),
      stealMaxRatio: run.stealMaxRatio,
      generatorHasPriority: generator.hasPriority,
    };
  } finally {
    view.phase('sweeping up', 1);
  }
}

type Measured = Pick<CellOutcome, 'summary' | 'events' | 'recoverySeconds' | 'stealMaxRatio'> & {
  notRecoveredBecause: string | null;
  attempts: OrderAttempt[];
  signUps: SignUpAttempt[];
};

async function measure(
  input: CellInput,
  shop: Shop,
  generator: Generator,
  broker: BrokerWatch,
  flushRedis: () => Promise<void>,
): Promise<Measured> {
  const { scenario, view, stack, monotonicMs } = input;
  const attempts: OrderAttempt[] = [];
  const signUps: SignUpAttempt[] = [];
  const watched = () => ({
    generator: [generator.pid],
    ...shop.pids(),
    ...Object.fromEntries(stack.services.map((service) => [service.name, service.pids])),
    rehearsal: [process.pid],
  });
  const recorder = createSecondRecorder({
    cell: input.cell,
    view,
    durationSeconds: scenario.load.durationSeconds,
    sampler: createProcessSampler(monotonicMs),
    watched,
    lagCount: scenario.orders.transport === 'kafka' ? () => lagOf(broker).catch(unknownLag) : null,
  });
  const over = new AbortController();
  const notAnyMore = AbortSignal.any([input.stop, over.signal]);
  let plannedFault: Promise<RunEvent[]> = Promise.resolve([]);
  view.phase('warming up', null);
  const running = generator.run(generatorInput(input, shop), {
    onProgress: (text, doneCount, totalCount) => view.detail(`${text}: ${doneCount} of ${totalCount}`),
    onWarmedUp: (spanStartMonotonicMs) => {
      const spanStart = Date.now() + (spanStartMonotonicMs - monotonicMs());
      input.cell.startSpan(new Date(spanStart));
      const { leadInSeconds, durationSeconds } = scenario.load;
      const untilSpanMs = spanStartMonotonicMs - monotonicMs();
      const surroundings = { shop, services: stack.services, flushRedis };
      plannedFault = strikeOnTime(scenario, untilSpanMs, surroundings, notAnyMore);
      // A strike that fails is told when the run is over; until then nobody else listens.
      plannedFault.catch(() => undefined);
      view.phase(`rehearsing ${scenario.name}`, leadInSeconds + durationSeconds);
    },
    onSecond: (row) => recorder.take(row),
    onOrders: (batch) => {
      for (const attempt of batch) attempts.push(attempt);
    },
    onSignUps: (batch) => {
      for (const attempt of batch) signUps.push(attempt);
    },
  });
  const summary = await unlessStopped(
    input.stop,
    Promise.race([running, shop.failed, recorder.failed]),
  ).catch((error: unknown) => {
    // Nobody is struck after the end.
    over.abort();
    throw error;
  });
  const { stealMaxRatio, rows } = await recorder.finish();
  const events = await plannedFault;
  const [struck] = events;
  const recovery = struck === undefined ? null : recoveryOf(rows, attempts, struck.second);
  return {
    summary,
    attempts,
    signUps,
    stealMaxRatio,
    events,
    recoverySeconds: recovery?.seconds ?? null,
    notRecoveredBecause: recovery?.because ?? null,
  };
}

function generatorInput(input: CellInput, shop: Shop): GeneratorInput {
  const { load } = input.scenario;
  return {
    shopUrls: shop.urls,
    seed: input.seed,
    history: historySettings(input.scenario),
    planFile: input.planFile,
    sessionKind: load.arrivals === 'orders' ? 'order' : 'shopper',
    durationMs: load.durationSeconds * 1_000,
    leadInMs: load.leadInSeconds * 1_000,
    warmUpOrderCount: load.warmUpOrders,
    thinkTimeCompression: load.thinkTimeCompression,
    passwordSignInRatio: load.passwordSignInRatio,
    httpDeadlineMs: load.httpDeadlineMs,
    outcomeDeadlineMs: load.outcomeDeadlineMs,
    drainMs: load.drainSeconds * 1_000,
  };
}

/** Strikes at the fault's share of the span, which starts in `untilSpanMs`; gives the event for the page. */
async function strikeOnTime(
  { fault, load }: Scenario,
  untilSpanMs: number,
  surroundings: FaultSurroundings,
  notAnyMore: AbortSignal,
): Promise<RunEvent[]> {
  if (fault === undefined) return [];
  const second = fault.atRatio * load.durationSeconds;
  await wait(Math.max(0, untilSpanMs + second * 1_000), undefined, { signal: notAnyMore });
  await strike(fault.name, surroundings);
  return [{ second, label: faultLabels[fault.name] }];
}

/** A broker that was killed on purpose cannot say how far behind anybody is; that second has no figure. */
function unknownLag(): null {
  return null;
}

async function lagOf(broker: BrokerWatch): Promise<number> {
  return behindCount(await broker.facts());
}
