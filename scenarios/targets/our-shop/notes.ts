// What a reader of a run against our shop must know of its figures: of a comparison or a search only what differs in it.
import { arrivalKindOf } from '../../scenario/arrival-rate.ts';
import { axes, orderTransports } from '../../scenario/axes.ts';
import { axisNotes, variedAxes } from '../../scenario/axis-values.ts';
import type { Scenario } from '../../scenario/scenario.ts';

/** A sentence each; `cells` are the scenario as its single runs, or the variants of its search, have it. */
export function notesOfOurShop(scenario: Scenario, cells: readonly Scenario[]): string[] {
  const { shop, capacity, comparison } = scenario;
  const varied = variedAxes(axes, cells);
  const isAboutOne = capacity === undefined && (comparison === undefined || comparison.pairs.length === 0);
  // Nothing is said of orders where nobody places any.
  const single = axes.filter((axis) => axis !== orderTransports || arrivalKindOf(scenario.load).placesOrders);
  const connections = `${shop.databaseConnections} connections to PostgreSQL`;
  const whatever =
    (isAboutOne && single.includes(orderTransports)) || varied.includes(orderTransports)
      ? ', whatever the transport'
      : '';
  const onOneClock = 'Stages are compared on the machine’s one monotonic clock.';
  if (capacity === undefined) {
    return [
      ...axisNotes(isAboutOne ? single : varied, cells),
      `All shop processes together hold ${connections}${whatever}.`,
      onOneClock,
    ];
  }
  const shares = varied.includes(orderTransports)
    ? ': with Kafka a quarter of them the consumer, the rest in equal parts the API processes'
    : '; the API processes hold equal parts';
  return [
    ...varied.flatMap(({ comparedOn }) => comparedOn?.search ?? []),
    `All shop processes together hold at most ${connections}${shares}.`,
    ...(Math.max(...capacity.apiProcesses) > 1
      ? [
          'Several API processes take requests and sockets from the generator in turn, as behind a balancer that costs nothing; outcomes reach a socket on any of them through Redis.',
        ]
      : []),
    onOneClock,
  ];
}
