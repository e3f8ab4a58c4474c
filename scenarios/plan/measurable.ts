// Which metrics a run of a scenario can measure at all, so that a limit on any other is a mistake before anything starts and
// not a run without a verdict after it.
import { METRICS } from '../../reports/metrics/catalogue.ts';
import { betterOf } from '../../reports/metrics/find-metric.ts';
import type { Metric } from '../../reports/metrics/metric.ts';
import { endsWithAnswer } from '../../reports/words/answer-meaning.ts';
import { isLatencyStatistic, neededCount } from '../../reports/words/quantile.ts';
import { ROUTES } from '../../sim/adapters/our-shop/routes.ts';
import { didYouMean } from '../mistakes/nearest.ts';
import { arrivalKindOf, arrivalsText } from '../scenario/arrival-rate.ts';
import type { ComparedMetric, Scenario, Threshold } from '../scenario/scenario.ts';
import { targetOf } from '../targets/find-target.ts';
import { meets } from './needs.ts';

type Measurable = {
  latencies: string[];
  values: string[];
  /** Of latencies that are recorded for each route too: what those of routes nobody knows beforehand begin with. */
  ofAnyRoute: string[];
};

/**
 * Latencies have the statistics mean, p50, …, max; plain values have `value`. Limits on orders are no mistake where the arrivals
 * that were asked for place none: they stay undecided.
 */
export function measurableMetrics(scenario: Scenario, catalogue: readonly Metric[] = METRICS): Measurable {
  const hasGrowth = meets(scenario, 'growth');
  const isHidden = targetOf(scenario).hidesItsInside === true;
  const measured = catalogue.filter(
    ({ needs, isOfInside }) =>
      !(isHidden && isOfInside === true) &&
      (needs === undefined || needs === 'orders' || meets(scenario, needs)),
  );
  if (isHidden)
    return { ...namesOf(measured, []), ofAnyRoute: perRouteOf(measured).map((name) => `${name}/`) };
  return namesOf(
    measured,
    Object.values(ROUTES).filter((route) => hasGrowth || route !== ROUTES.signUp),
  );
}

/** Names as a result has them, those of each route among them. */
function namesOf(metrics: readonly Metric[], routes: readonly { name: string }[]): Measurable {
  const latencies = metrics.filter((metric) => metric.kind === 'latency');
  const perRoute = perRouteOf(metrics);
  return {
    latencies: [
      ...latencies.map(({ name }) => name),
      ...routes.flatMap((route) => perRoute.map((name) => `${name}/${route.name}`)),
    ],
    ofAnyRoute: [],
    values: metrics.filter(({ kind }) => kind !== 'latency').map(({ name }) => name),
  };
}

function perRouteOf(metrics: readonly Metric[]): string[] {
  return metrics.flatMap((metric) =>
    metric.kind === 'latency' && metric.isPerRoute === true ? [metric.name] : [],
  );
}

/** What the limits, the search and the comparison of one cell's scenario ask for and cannot get, a sentence each. */
export function metricMistakes(scenario: Scenario, catalogue: readonly Metric[] = METRICS): string[] {
  const known = measurableMetrics(scenario, catalogue);
  const limits = Object.entries(scenario.thresholds).flatMap(([name, threshold]) => [
    ...figureMistakes(`thresholds.${name}`, threshold, known),
    ...boundMistakes(name, threshold),
  ]);
  const { primary = [], exploratory = [] } = scenario.comparison ?? {};
  // What is only explored may be of one of the variants; it must be something that some run measures.
  const anywhere = namesOf(catalogue, Object.values(ROUTES));
  const compared = [
    ...primary.flatMap((figure) => comparedMistakes('comparison.primary', figure, known, catalogue)),
    ...exploratory.flatMap((figure) =>
      comparedMistakes('comparison.exploratory', figure, anywhere, catalogue),
    ),
  ];
  return [...limits, ...compared, ...keepsMistakes(scenario)];
}

/** A verdict on a time that ends with the shop's answer would set 202 "taken in" beside 201 "placed". */
export function answerMistakes(
  { comparison }: Scenario,
  cells: readonly { variant: string; scenario: Scenario }[],
  catalogue: readonly Metric[] = METRICS,
): string[] {
  const hasBroker = (name: string) =>
    cells.some(({ variant, scenario }) => variant === name && meets(scenario, 'broker'));
  const crossing = (comparison?.pairs ?? []).filter(
    ({ baseline, candidate }) => hasBroker(baseline) !== hasBroker(candidate),
  );
  const needed = catalogue.find(isWholeWait)?.name;
  return (comparison?.primary ?? [])
    .filter(({ metric }) => endsWithAnswer(metric))
    .flatMap(({ metric }) =>
      crossing.map(
        ({ baseline, candidate }) =>
          `comparison.primary: ${metric} of ${candidate} against ${baseline} would set 202 “taken in” beside 201 “placed”. Needed: ${needed ?? 'another metric'}.`,
      ),
    );
}

/** Neither ends with the shop's answer nor is a part of another wait. */
function isWholeWait(metric: Metric): boolean {
  return metric.kind === 'latency' && metric.endsWithAnswer !== true && metric.stage === undefined;
}

function figureMistakes(
  where: string,
  { metric, statistic }: Pick<ComparedMetric, 'metric' | 'statistic'>,
  { latencies, values, ofAnyRoute }: Measurable,
): string[] {
  const isLatency = latencies.includes(metric) || ofAnyRoute.some((begin) => metric.startsWith(begin));
  if (!isLatency && !values.includes(metric)) {
    const nearest = didYouMean(metric, [...latencies, ...values]);
    return [`${where}: no run of this plan measures ${metric}.${nearest} Needed: a metric that it measures.`];
  }
  if (isLatency === isLatencyStatistic(statistic)) return [];
  const needed = isLatency ? 'mean, p50, p90, p95, p99 or max' : 'value';
  return [`${where}: found ${metric} ${statistic}. Needed: ${needed}.`];
}

/** A compared metric also has a direction, or nobody could say which variant is better. */
function comparedMistakes(
  where: string,
  figure: ComparedMetric,
  known: Measurable,
  catalogue: readonly Metric[],
): string[] {
  const mistakes = figureMistakes(where, figure, known);
  if (mistakes.length > 0 || betterOf(figure.metric, catalogue) !== 'neither') return mistakes;
  return [
    `${where}: found ${figure.metric}, of which neither more nor less is better. Needed: a metric with a better direction.`,
  ];
}

function boundMistakes(name: string, { atMost, atLeast }: Threshold): string[] {
  return atMost === undefined && atLeast === undefined
    ? [`thresholds.${name}: found no bound, which everything keeps. Needed: atMost or atLeast.`]
    : [];
}

/** A search keeps limits that there are, and its probes are long enough for them. */
function keepsMistakes({ capacity, thresholds, load }: Scenario): string[] {
  if (capacity === undefined) return [];
  const names = Object.keys(thresholds);
  return capacity.keeps.flatMap((name) => {
    const threshold = thresholds[name];
    if (threshold === undefined) {
      return [
        `capacity.keeps: the scenario has no limit ${name}.${didYouMean(name, names)} Needed: names out of ${names.join(', ')}.`,
      ];
    }
    const { metric, statistic } = threshold;
    const isOfEach = arrivalKindOf(load).wait === metric;
    if (!isOfEach || !isLatencyStatistic(statistic)) return [];
    const arrivals = capacity.leastPerSecond * capacity.probeSeconds;
    const needed = neededCount(statistic);
    return arrivals >= needed
      ? []
      : [
          `capacity.leastPerSecond=${capacity.leastPerSecond} for capacity.probeSeconds=${capacity.probeSeconds} makes about ${Math.round(arrivals)} ${arrivalsText(load)}, too few for ${name}. Needed: ${needed}; raise either.`,
        ];
  });
}
