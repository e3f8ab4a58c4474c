// What a reader of a run against our shop must know of its figures: of a comparison or a search only what differs in it.
import { arrivalKindOf } from '../../scenario/arrival-rate.ts';
import { axes, orderTransports } from '../../scenario/axes.ts';
import { axisNotes, variedAxes } from '../../scenario/axis-values.ts';
import type { Scenario } from '../../scenario/scenario.ts';

const BEHIND_NGINX =
  'Behind nginx a request goes to the API process with the fewest connections, over HTTP/1.1 and kept-alive connections on either side; all shoppers come from one address, so its limit of sign-ins for each address is off. Without it shoppers take the processes in turn, at no cost.';

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
  const balanced = cells.some(({ shop: { balancer } }) => balancer === 'nginx') ? [BEHIND_NGINX] : [];
  const onOneClock = 'Stages are compared on the machine’s one monotonic clock.';
  if (capacity === undefined) {
    return [
      ...axisNotes(isAboutOne ? single : varied, cells),
      ...balanced,
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
