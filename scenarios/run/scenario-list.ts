// The list of scenarios with their questions and how long they take.
import type { Scenario } from '../scenario.ts';
import { clockTime } from './live-view.ts';

/** One block per scenario, ready to print. */
export function describeScenarios(scenarios: readonly Scenario[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = scenarios.map(
    ({ name, question, expectedSeconds }) =>
      `  ${name.padEnd(width)}  ${question}\n  ${' '.repeat(width)}  about ${clockTime(expectedSeconds)} min, warm\n`,
  );
  return `Scenarios (npm run scenario -- NAME):\n\n${lines.join('\n')}\nThe first run also fetches Kafka and builds the data set, about a minute more.\n`;
}
