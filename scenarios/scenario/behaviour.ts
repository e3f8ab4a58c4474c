// Whether the people of a scenario tell the shop what they do, and what the shop is told of it.
import type { ShopEnvironment } from '../../system/contract/processes.ts';
import { arrivalKindOf } from './arrival-rate.ts';
import type { Scenario } from './scenario.ts';

/** Where nobody tells anything, there is nothing to consume. The engines read the actions from their topic. */
export function behaviourEnvironment({ load }: Scenario): Partial<ShopEnvironment> {
  return arrivalKindOf(load).awaitsLists === true ? { BEHAVIOUR_TRANSPORT: 'kafka' } : {};
}
