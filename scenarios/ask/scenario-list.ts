// The list of scenarios with their questions and how long they take.

import { wrapLine } from '../../reports/format/wrap.ts';
import { searchesCapacity } from '../capacity/configurations.ts';
import { searchDuration } from '../capacity/describe-search.ts';
import { clockTime } from '../cell/clock-time.ts';
import { planCells } from '../plan/cell-plan.ts';
import { expectedSeconds } from '../plan/expected-time.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { secondsBefore } from './seconds-before.ts';

/** Seconds that a scenario takes, warm. */
export function durationOf(scenario: Scenario, coreCount: number): number {
  if (searchesCapacity(scenario)) return searchDuration(scenario, coreCount).expectedSeconds;
  const { search, warmUp } = secondsBefore(scenario);
  return expectedSeconds(planCells(scenario, 1)) + search + warmUp;
}

/**
 * One block per scenario, ready to print.
 * @param columns of the terminal; left out: nothing is broken
 */
export function describeScenarios(
  scenarios: readonly Scenario[],
  coreCount: number,
  columns?: number,
): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = scenarios.map(
    (scenario) =>
      `${wrapLine(`  ${scenario.name.padEnd(width)}  ${scenario.question}`, columns, width + 4)}\n  ${' '.repeat(width)}  about ${clockTime(durationOf(scenario, coreCount))} min, warm\n`,
  );
  return `Scenarios (npm run scenario -- NAME):\n\n${lines.join('\n')}\nThe first run also fetches Kafka and builds the data set, which takes longer.\n`;
}
