// Which metrics a run of a scenario can measure at all, so that a limit on any other is a mistake before anything starts and
// not a run without a verdict after it.
import { endsWithAnswer } from '../../reports/words/answer-meaning.ts';
import { isLatencyStatistic, neededCount } from '../../reports/words/quantile.ts';
import { ROUTES } from '../../sim/adapters/our-shop/routes.ts';
import { didYouMean } from '../mistakes/nearest.ts';
import type { ComparedMetric, Scenario, Threshold } from '../scenario/scenario.ts';

type Measurable = { latencies: string[]; values: string[] };

/** Latencies have the statistics mean, p50, …, max; plain values have `value`. */
export function measurableMetrics(scenario: Scenario): Measurable {
  const hasBroker = scenario.orders.transport === 'kafka';
  const hasGrowth = scenario.growth.model !== 'none';
  const isSearch = scenario.capacity !== undefined;
  const routes = Object.values(ROUTES).filter((route) => hasGrowth || route !== ROUTES.signUp);
  return {
    latencies: [
      'http.response',
      'http.service',
      'order.accepted',
      'order.confirmed',
      'stage.http',
      ...(hasBroker ? ['stage.broker', 'stage.consumer'] : []),
      'stage.commit',
      'stage.push',
      ...(hasGrowth ? ['signUp.confirmed'] : []),
      ...routes.flatMap(({ responseMetric, serviceMetric }) => [responseMetric, serviceMetric]),
    ],
    values: [
      'orders.perSecond',
      'orders.perHour',
      'orders.attempted',
      'orders.confirmed',
      'orders.rejected',
      'orders.failed',
      'orders.unanswered',
      'sessions.conversionRatio',
      'sessions.noFreePersonRatio',
      'http.failedRatio',
      'cpu.perOrderMs',
      'database.cpuPerOrderMs',
      ...(hasBroker ? ['kafka.lag'] : []),
      ...(hasGrowth ? ['signUps.planned', 'signUps.confirmed'] : []),
      ...(scenario.fault === undefined ? [] : ['fault.recoverySeconds']),
      ...(isSearch ? ['load.keptUpRatio', 'capacity.perSecond'] : []),
    ],
  };
}

/** What the limits, the search and the comparison of one cell's scenario ask for and cannot get, a sentence each. */
export function metricMistakes(scenario: Scenario): string[] {
  const known = measurableMetrics(scenario);
  const limits = Object.entries(scenario.thresholds).flatMap(([name, threshold]) => [
    ...figureMistakes(`thresholds.${name}`, threshold, known),
    ...boundMistakes(name, threshold),
  ]);
  const primary = (scenario.comparison?.primary ?? []).flatMap((figure) =>
    figureMistakes('comparison.primary', figure, known),
  );
  return [...limits, ...primary, ...keepsMistakes(scenario)];
}

/** A verdict on a time that ends with the shop's answer would set 202 "taken in" beside 201 "placed". */
export function answerMistakes(
  { comparison }: Scenario,
  cells: readonly { variant: string; scenario: Scenario }[],
): string[] {
  const transportOf = (name: string) =>
    cells.find(({ variant }) => variant === name)?.scenario.orders.transport;
  const crossing = (comparison?.pairs ?? []).filter(
    ({ baseline, candidate }) => (transportOf(baseline) === 'kafka') !== (transportOf(candidate) === 'kafka'),
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
