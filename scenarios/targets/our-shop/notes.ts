// What a reader of a run against our shop must know of its figures.
import { axes, orderTransports } from '../../scenario/axes.ts';
import { axisNotes } from '../../scenario/axis-values.ts';
import type { Scenario } from '../../scenario/scenario.ts';

/** A sentence each; `cells` are the scenario as its single runs have it. */
export function notesOfOurShop(scenario: Scenario, cells: readonly Scenario[]): string[] {
  const { shop, capacity } = scenario;
  const { databaseConnections } = shop;
  const onOneClock = 'Order stages are compared on the machine’s one monotonic clock.';
  if (capacity === undefined) {
    return [
      ...axisNotes(axes, cells),
      `All shop processes together hold ${databaseConnections} connections to PostgreSQL, whatever the transport.`,
      onOneClock,
    ];
  }
  return [
    orderTransports.comparedOn.search,
    `All shop processes together hold at most ${databaseConnections} connections to PostgreSQL: with Kafka a quarter of them the consumer, the rest in equal parts the API processes.`,
    ...(Math.max(...capacity.apiProcesses) > 1
      ? [
          'Several API processes take requests and sockets from the generator in turn, as behind a balancer that costs nothing; outcomes reach a socket on any of them through Redis.',
        ]
      : []),
    onOneClock,
  ];
}
