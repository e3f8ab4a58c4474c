// What each variant made of each level: rates, waits, backlog and costs over all its single runs, the points of the curve among
// them; and where the curves cross.
import { median } from 'simple-statistics';
import { METRICS } from '../../reports/metrics/catalogue.ts';
import type { CrossingResult, LevelFigures } from '../../reports/record/of-capacity.ts';
import { readSeries } from '../../reports/record/read-cell.ts';
import type { Metrics } from '../../reports/record/result.ts';
import { rowCount, type SeriesRow } from '../../reports/record/series.ts';
import { crossingOf } from '../../reports/statistics/crossing.ts';
import { backlogOf } from '../../reports/words/backlog.ts';
import { latencyOf, plainValueOf } from '../../reports/words/metric-names.ts';
import { crossingSentence } from '../../reports/words/of-capacity-words.ts';
import { readStatistic } from '../../reports/words/quantile.ts';
import { levelsAt } from '../plan/levels-of-capacity.ts';
import { startsPerSecond } from '../plan/plan.ts';
import { arrivalsText, ratePerSecond } from '../scenario/arrival-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { FinishedCell } from './finished-cell.ts';
import { metricsOf } from './run-metrics.ts';

const OF_SERVICE_UNAVAILABLE = / 503$/;

/** A row for each level and variant that ran, in the order of the levels; `perSecond` is the capacity. */
export function levelFigures(
  scenario: Scenario,
  finished: readonly FinishedCell[],
  perSecond: number,
): LevelFigures[] {
  const { comparison } = scenario;
  if (comparison?.ofCapacity === undefined) return [];
  const levels = levelsAt(scenario, perSecond);
  return levels.flatMap(({ name, ratio }) =>
    Object.keys(comparison.variants).flatMap((variant) => {
      const own = finished.filter(
        ({ plan }) =>
          plan.variant === variant &&
          plan.purpose !== 'strike' &&
          (plan.level === name || levels.length === 1),
      );
      return own[0] === undefined
        ? []
        : [figuresOf({ variant, level: name, ratio }, own, own[0].plan.scenario)];
    }),
  );
}

function figuresOf(
  names: Pick<LevelFigures, 'variant' | 'level' | 'ratio'>,
  own: readonly FinishedCell[],
  { load, comparison }: Scenario,
): LevelFigures {
  const { durationSeconds } = load;
  const series = own.map(({ directory }) => readSeries(directory));
  const measured = series.flatMap((rows) =>
    rows.filter(({ second }) => second >= 0 && second < durationSeconds),
  );
  const metrics = metricsOf(
    own.map(({ directory }) => directory),
    durationSeconds,
    own.map(({ outcome }) => outcome),
  );
  const seconds = durationSeconds * own.length;
  const sum = (read: (row: SeriesRow) => number) => measured.reduce((total, row) => total + read(row), 0);
  const completed = sum((row) => rowCount(row, 'ordersConfirmed') + rowCount(row, 'ordersRejected'));
  const planned = own.reduce((total, { outcome }) => total + outcome.summary.plannedCount, 0);
  const nobody = own.reduce((total, { outcome }) => total + outcome.summary.noFreePersonCount, 0);
  const backlogs = series.filter((rows) => rows.length > 0).map(backlogOf);
  const hasBurst = load.burstSeconds > 0 && load.burstFactor !== 1;
  const wait = comparison?.primary[0]?.metric ?? '';
  return {
    ...names,
    hasBurst,
    offeredPerSecond: hasBurst ? startsPerSecond(load, load.burstAtSecond * 1_000) : ratePerSecond(load),
    completedPerSecond: completed / seconds,
    keptUpRatio: planned === 0 ? 0 : completed / planned,
    refusedPerSecond: sum(refusedIn) / seconds,
    noPersonPerSecond: nobody / seconds,
    p50: quantileOf(metrics, wait, 'p50'),
    p95: quantileOf(metrics, wait, 'p95'),
    accepted: {
      means: latencyOf(metrics, 'stage.broker') === undefined ? 'placed' : 'taken in',
      p50: quantileOf(metrics, 'order.accepted', 'p50'),
    },
    ...backlogFigures(backlogs),
    waits: waitsOf(metrics),
    cpuPerOrderMs: plainValueOf(metrics, 'cpu.perOrderMs')?.value ?? null,
    databaseCpuPerOrderMs: plainValueOf(metrics, 'database.cpuPerOrderMs')?.value ?? null,
    runCount: own.length,
  };
}

function refusedIn({ failures = {} }: SeriesRow): number {
  return Object.entries(failures).reduce(
    (total, [kind, count]) => total + (OF_SERVICE_UNAVAILABLE.test(kind) ? count : 0),
    0,
  );
}

/** Medians over the single runs. */
function backlogFigures(
  backlogs: readonly ReturnType<typeof backlogOf>[],
): Pick<LevelFigures, 'mostOpenCount' | 'mostBehindBrokerCount' | 'drainedAfterSeconds'> {
  const middle = (values: readonly number[]) => (values.length === 0 ? null : median([...values]));
  const drained = backlogs.flatMap(({ drainedAfterSeconds }) => drainedAfterSeconds ?? []);
  return {
    mostOpenCount: middle(backlogs.map(({ mostOpenCount }) => mostOpenCount)),
    mostBehindBrokerCount: middle(backlogs.flatMap(({ mostLagCount }) => mostLagCount ?? [])),
    drainedAfterSeconds: drained.length < backlogs.length ? null : middle(drained),
  };
}

function quantileOf(metrics: Metrics, name: string, statistic: 'p50' | 'p95'): LevelFigures['p50'] {
  const summary = latencyOf(metrics, name);
  const reading = summary && readStatistic(summary, statistic);
  if (reading === undefined || reading.kind === 'too-few') return null;
  return { ms: reading.ms, isAtLeast: reading.kind === 'at-least' };
}

/** The stages of an order's way, by the mean time in each. */
function waitsOf(metrics: Metrics): LevelFigures['waits'] {
  return METRICS.flatMap((metric) => {
    const stage = metric.kind === 'latency' ? metric.stage : undefined;
    const summary = stage && latencyOf(metrics, metric.name);
    return stage && summary ? [{ stage: stage.name, meanMs: summary.mean }] : [];
  });
}

/** Of every pair whose curves have at least two rates in common. */
export function crossingsOf(
  { comparison, load }: Scenario,
  levels: readonly LevelFigures[],
): CrossingResult[] {
  const points = levels.filter(({ ratio, hasBurst }) => ratio !== null && !hasBurst);
  return (comparison?.pairs ?? []).flatMap(({ baseline, candidate }) => {
    const [before, after] = [baseline, candidate].map((side) =>
      points.filter(({ variant }) => variant === side),
    );
    if (before === undefined || after === undefined || Math.min(before.length, after.length) < 2) return [];
    const crossing = crossingOf(before, after, comparison?.marginRatio ?? 0);
    const names = { baseline, candidate, arrivals: arrivalsText(load) };
    return [{ baseline, candidate, ...crossing, sentence: crossingSentence(names, crossing) }];
  });
}
