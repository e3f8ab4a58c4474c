// A scenario with what it assigns itself, for its variants, levels and probes.
import { applyOverrides } from '../scenario/overrides.ts';
import type { Scenario } from '../scenario/scenario.ts';

/**
 * The scenario with assignments that it makes itself.
 * @throws Error when one of them is wrong
 */
export function assigned(scenario: Scenario, assignments: readonly string[]): Scenario {
  const result = applyOverrides(scenario, assignments);
  if (result.kind === 'ok') return result.scenario;
  throw new Error(`Scenario ${scenario.name} has variants that cannot run: ${result.mistakes.join(' ')}`);
}
