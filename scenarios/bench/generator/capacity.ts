// Bench: the search for the highest rate, with the real generator and the judge of the scenario `capacity`, against stub
// shops whose capacity is known: one that lets everybody wait, one that turns away whoever would wait long.

import { sum } from 'simple-statistics';
import { createHistogram, summarise } from '../../../reports/record/histograms.ts';
import type { Metrics } from '../../../reports/record/result.ts';
import { judgeProbe, KEPT_UP, keptUpRatio } from '../../capacity/judge-probe.ts';
import { probeLine } from '../../capacity/run-searches.ts';
import {
  nextStep,
  type Probe,
  type ProbeOutcome,
  type SearchAnswer,
  type SearchSettings,
} from '../../capacity/search.ts';
import { peakHour } from '../../questions/peak-hour.ts';
import type { Threshold } from '../../scenario/scenario.ts';
import { judgeGenerator } from '../../verdict/generator-health.ts';
import {
  type Bench,
  type BenchContext,
  type BenchRow,
  type BenchSize,
  counted,
  judged,
  notRun,
  reported,
} from '../bench.ts';
import { capacityPerSecond, type ServerSettings } from '../programs/stub-servers.ts';
import { startStubShop } from '../programs/stub-shop.ts';
import { type EngineRun, requestInput, runEngine } from './engine-run.ts';
import { planRequests, writePlan } from './request-plan.ts';

const MAX_DEVIATION_RATIO = 0.05;
const LEAD_IN_MS = 500;
const PEOPLE_COUNT = 2_000;
/** The generator's own: a stub that the machine keeps waiting has another capacity than the one that is known. */
const PRIORITY_NICE = -15;

/**
 * Response times count from the planned start: one start in a hundred that is this late moves no p95 and still finds room
 * with the stub that refuses.
 */
const GENERATOR = { ...peakHour.generator, latenessP99MsAtMost: 100, eventLoopLagP99MsAtMost: 100 };
/** None: a check asks whether the search goes its way, not how busy the machine is. */
const ANY_GENERATOR: typeof GENERATOR = {
  startedRatioAtLeast: 0,
  latenessP99MsAtMost: Infinity,
  eventLoopLagP99MsAtMost: Infinity,
  cpuRatioAtMost: Infinity,
};

type Size = { search: SearchSettings; probeMs: number; confirmMs: number; generator: typeof GENERATOR };
const SIZES: Record<BenchSize, Size> = {
  full: {
    search: {
      startPerSecond: 200,
      leastPerSecond: 20,
      growthFactor: 2,
      toleranceRatio: 0.025,
      maxProbes: 20,
    },
    probeMs: 3_000,
    confirmMs: 12_000,
    generator: GENERATOR,
  },
  // Rates below the capacity and as many probes as let one of them be a long one.
  check: {
    search: { startPerSecond: 40, leastPerSecond: 20, growthFactor: 2, toleranceRatio: 1, maxProbes: 4 },
    probeMs: 500,
    confirmMs: 1_000,
    generator: ANY_GENERATOR,
  },
};

/** Waits are short beside what a rate just above the capacity piles up in a long probe. */
const THRESHOLDS: Record<string, Threshold> = {
  'response-p95': { metric: 'http.response', statistic: 'p95', atMost: 150 },
  'failed-ratio': { metric: 'http.failedRatio', statistic: 'value', atMost: 0.01 },
  'kept-up': { metric: KEPT_UP, statistic: 'value', atLeast: 0.97 },
};

const CASES: readonly { name: string; servers: ServerSettings }[] = [
  { name: 'refusing', servers: { serverCount: 6, serviceMs: 10, refuseAfterMs: 120 } },
  { name: 'waiting', servers: { serverCount: 4, serviceMs: 10, refuseAfterMs: null } },
];

function metricsOf({ summary, histograms }: EngineRun, sentCount: number, endedCount: number): Metrics {
  const failedCount = summary.requestsFailedCount;
  const answeredCount = failedCount + summary.requestsSucceededCount;
  const keptUp = keptUpRatio('sessions', {
    plannedCount: summary.plannedCount,
    ordersResolvedCount: 0,
    actsShownCount: 0,
    requestsSentCount: sentCount,
    requestsEndedCount: endedCount,
  });
  return {
    'http.response': summarise(histograms.get('http.response') ?? createHistogram(), summary.unknownCount),
    'http.failedRatio': { unit: 'ratio', value: answeredCount === 0 ? 1 : failedCount / answeredCount },
    [KEPT_UP]: { unit: 'ratio', value: keptUp },
  };
}

/** Requests of the plan, and those of which the generator says how they ended or why they were never sent. */
type Told = { plannedCount: number; toldCount: number };

function toldOf(summary: EngineRun['summary']): Told {
  const { requestsSucceededCount, requestsFailedCount, droppedCount, noFreePersonCount } = summary;
  const toldCount = requestsSucceededCount + requestsFailedCount + droppedCount + noFreePersonCount;
  return { plannedCount: summary.plannedCount, toldCount };
}

async function runProbe(
  context: BenchContext,
  servers: ServerSettings,
  probe: Probe,
  seed: number,
): Promise<ProbeOutcome & Told> {
  const { confirmMs, probeMs, generator: limits } = SIZES[context.size];
  const durationMs = probe.kind === 'confirm' ? confirmMs : probeMs;
  const load = {
    requestsPerSecond: probe.perSecond,
    leadInMs: LEAD_IN_MS,
    durationMs,
    peopleCount: PEOPLE_COUNT,
    seed,
  };
  const planFile = await writePlan(context.folder, planRequests(load));
  const shop = await startStubShop(context.folder, servers, PRIORITY_NICE);
  try {
    let sentCount = 0;
    let endedCount = 0;
    const run = await runEngine({
      folder: context.folder,
      input: requestInput(shop.url, planFile, load),
      metrics: ['http.response'],
      onSecond({ second, counts: { requestsSent = 0, requestsSucceeded = 0, requestsFailed = 0 } }) {
        if (second < 0 || second * 1_000 >= durationMs) return;
        sentCount += requestsSent;
        endedCount += requestsSucceeded + requestsFailed;
      },
    });
    const metrics = metricsOf(run, sentCount, endedCount);
    const generator = judgeGenerator(run.summary, 0, limits);
    const { verdict, limits: kept } = judgeProbe(THRESHOLDS, {
      variant: 'stub',
      metrics,
      durationSeconds: durationMs / 1_000,
      generator,
    });
    const { perSecond } = probe;
    context.view.say(`  ${probeLine({ verdict, perSecond, limits: kept, reasons: generator.reasons })}`);
    return { ...probe, verdict, ...toldOf(run.summary) };
  } finally {
    await shop.stop();
  }
}

async function search(
  context: BenchContext,
  name: string,
  servers: ServerSettings,
): Promise<{ answer: SearchAnswer; history: (ProbeOutcome & Told)[] }> {
  const history: (ProbeOutcome & Told)[] = [];
  for (;;) {
    const step = nextStep(SIZES[context.size].search, history);
    if (step.kind === 'answer') return { answer: step.answer, history };
    context.view.detail(`${name}: probe ${history.length + 1}, ${step.probe.perSecond} requests/s`);
    history.push(await runProbe(context, servers, step.probe, history.length + 1));
  }
}

export const capacity: Bench = {
  name: 'capacity',
  question: 'the rate that the search finds beside the known capacity of two stub shops',
  expectedSeconds: 150,
  async run(context) {
    const rows: BenchRow[] = [];
    for (const { name, servers } of CASES) {
      const { answer, history } = await search(context, name, servers);
      const found = answer.sustainedPerSecond ?? 0;
      const known = capacityPerSecond(servers);
      const deviation = `capacity.${name}.deviation`;
      const limit = { atMost: MAX_DEVIATION_RATIO };
      // Where the generator was in the way, nothing was found that could be right or wrong.
      const isSpoilt = answer.outcome !== 'found' && history.some(({ verdict }) => verdict === 'invalid');
      rows.push(
        isSpoilt
          ? notRun(deviation, 'ratio', limit, `the machine is too busy: ${answer.reason}`)
          : judged(deviation, Math.abs(found / known - 1), 'ratio', limit),
        reported(`capacity.${name}.found`, found, 'requests/s'),
        reported(`capacity.${name}.known`, known, 'requests/s'),
        reported(`capacity.${name}.probes`, history.length, 'probes'),
        counted(
          `capacity.${name}.requests`,
          sum(history.map(({ toldCount }) => toldCount)),
          sum(history.map(({ plannedCount }) => plannedCount)),
          'requests',
        ),
      );
    }
    return rows;
  },
};
