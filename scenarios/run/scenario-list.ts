// The list of scenarios with their questions and how long they take.
import type { Scenario } from '../scenario.ts';
import { expectedSeconds, planCells } from './cell-plan.ts';
import { clockTime } from './live-view.ts';

/** One block per scenario, ready to print. */
export function describeScenarios(scenarios: readonly Scenario[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = scenarios.map(
    (scenario) =>
      `  ${scenario.name.padEnd(width)}  ${scenario.question}\n  ${' '.repeat(width)}  about ${clockTime(expectedSeconds(planCells(scenario, 1)))} min, warm\n`,
  );
  return `Scenarios (npm run scenario -- NAME):\n\n${lines.join('\n')}\nThe first run also fetches Kafka and builds the data set, which takes longer.\n`;
}
