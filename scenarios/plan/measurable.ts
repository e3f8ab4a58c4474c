// Which metrics a run of a scenario can measure at all, so that a limit on any other is a mistake before anything starts and
// not a run without a verdict after it.
import { METRICS } from '../../reports/metrics/catalogue.ts';
import { betterOf } from '../../reports/metrics/find-metric.ts';
import type { Metric, Need } from '../../reports/metrics/metric.ts';
import { endsWithAnswer } from '../../reports/words/answer-meaning.ts';
import { isLatencyStatistic, neededCount } from '../../reports/words/quantile.ts';
import { ROUTES } from '../../sim/adapters/our-shop/routes.ts';
import { didYouMean } from '../mistakes/nearest.ts';
import { givenBy } from '../scenario/axis-values.ts';
import type { ComparedMetric, Scenario, Threshold } from '../scenario/scenario.ts';
import { targetOf } from '../targets/find-target.ts';

type Measurable = { latencies: string[]; values: string[] };

/** Latencies have the statistics mean, p50, …, max; plain values have `value`. */
export function measurableMetrics(scenario: Scenario, catalogue: readonly Metric[] = METRICS): Measurable {
  const has: Record<Need, boolean> = {
    broker: givenBy(targetOf(scenario).axes, scenario).includes('broker'),
    growth: scenario.growth.model !== 'none' && scenario.intake.through === 'none',
    intake: scenario.intake.through === 'topics',
    fault: scenario.fault !== undefined,
    search: scenario.capacity !== undefined,
  };
  return namesOf(
    catalogue.filter(({ needs }) => needs === undefined || has[needs]),
    Object.values(ROUTES).filter((route) => has.growth || route !== ROUTES.signUp),
  );
}

/** Names as a result has them, those of each route among them. */
function namesOf(metrics: readonly Metric[], routes: readonly { name: string }[]): Measurable {
  const latencies = metrics.filter((metric) => metric.kind === 'latency');
  const perRoute = latencies.filter(({ isPerRoute }) => isPerRoute === true);
  return {
    latencies: [
      ...latencies.map(({ name }) => name),
      ...routes.flatMap((route) => perRoute.map(({ name }) => `${name}/${route.name}`)),
    ],
    values: metrics.filter(({ kind }) => kind !== 'latency').map(({ name }) => name),
  };
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
): string[] {
  const hasBroker = (name: string) =>
    cells.some(
      ({ variant, scenario }) =>
        variant === name && givenBy(targetOf(scenario).axes, scenario).includes('broker'),
    );
  const crossing = (comparison?.pairs ?? []).filter(
    ({ baseline, candidate }) => hasBroker(baseline) !== hasBroker(candidate),
  );
  return (comparison?.primary ?? [])
    .filter(({ metric }) => endsWithAnswer(metric))
    .flatMap(({ metric }) =>
      crossing.map(
        ({ baseline, candidate }) =>
          `comparison.primary: ${metric} of ${candidate} against ${baseline} would set 202 “taken in” beside 201 “placed”. Needed: order.confirmed.`,
      ),
    );
}

function figureMistakes(
  where: string,
  { metric, statistic }: Pick<ComparedMetric, 'metric' | 'statistic'>,
  { latencies, values }: Measurable,
): string[] {
  const isLatency = latencies.includes(metric);
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
    const isOfOrders = load.arrivals === 'orders' && metric === 'order.confirmed';
    if (!isOfOrders || !isLatencyStatistic(statistic)) return [];
    const orders = capacity.leastPerSecond * capacity.probeSeconds;
    const needed = neededCount(statistic);
    return orders >= needed
      ? []
      : [
          `capacity.leastPerSecond=${capacity.leastPerSecond} for capacity.probeSeconds=${capacity.probeSeconds} makes about ${Math.round(orders)} orders, too few for ${name}. Needed: ${needed}; raise either.`,
        ];
  });
}
