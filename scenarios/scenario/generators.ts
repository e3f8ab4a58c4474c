// How many generators divide a scenario's plan among them, and what cannot be divided.
import type { Scenario } from './scenario.ts';

/** What of the scenario one generator alone can do, in a line; none when all is well. */
export function generatorMistakes({
  generator,
  cacheReplay,
}: Pick<Scenario, 'generator' | 'cacheReplay'>): string[] {
  const { count = 1 } = generator;
  if (count === 1 || cacheReplay === undefined) return [];
  return [
    `generator.count=${count}: the reads of this scenario are noted in one file, in the order in which they were answered. Needed: 1.`,
  ];
}
