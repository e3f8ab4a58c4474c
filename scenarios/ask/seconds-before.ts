// How long a comparison takes before its first block: the search for its capacity, and the runs that nobody measures.
import { capacitySearchOf } from '../capacity/capacity-of-levels.ts';
import { searchDuration } from '../capacity/describe-search.ts';
import { warmUpCells } from '../plan/cell-plan.ts';
import { expectedSeconds } from '../plan/expected-time.ts';
import { capacityPlannedWith, needsCapacity } from '../plan/levels-of-capacity.ts';
import type { Scenario } from '../scenario/scenario.ts';

export type SecondsBefore = { search: number; warmUp: number };

/** 0 for what a scenario does not have; of the runs that nobody measures as many as there may be. */
export function secondsBefore(scenario: Scenario): SecondsBefore {
  const round = warmUpCells(scenario, 0, capacityPlannedWith(scenario), 0);
  const { mostRounds = 0 } = scenario.comparison?.warmUp ?? {};
  return {
    search: needsCapacity(scenario)
      ? searchDuration(capacitySearchOf(scenario), scenario.shop.apiProcesses).expectedSeconds
      : 0,
    warmUp: mostRounds * expectedSeconds(round, 0),
  };
}
