// Whether the pages of a scenario's people show live counters.
import { arrivalKindOf } from './arrival-rate.ts';
import type { Scenario } from './scenario.ts';

/** True where shoppers come who open pages; who comes for a single order or request looks at none. */
export function watchesCounters({ counters, load }: Scenario): boolean {
  return counters.watch === 'on' && arrivalKindOf(load).script === 'shopper';
}
