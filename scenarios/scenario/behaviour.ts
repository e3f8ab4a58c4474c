// Whether the people of a scenario tell the shop what they do, and what the shop is told of it.
import type { ShopEnvironment } from '../../system/contract/processes.ts';
import { arrivalKindOf } from './arrival-rate.ts';
import type { Scenario } from './scenario.ts';

/** True where shoppers come who are to tell; who comes for a single order or request does nothing worth telling. */
export function sendsActions({ behaviour, load }: Scenario): boolean {
  return behaviour.send === 'on' && arrivalKindOf(load).script === 'shopper';
}

/**
 * Actions go the way that orders go; where nobody tells any, there is nothing to consume. Lists are worked out from their topic,
 * whichever way orders go.
 */
export function behaviourEnvironment(scenario: Scenario): Partial<ShopEnvironment> {
  const { engine } = scenario.recommendations;
  if (engine !== 'none' || arrivalKindOf(scenario.load).awaitsLists === true)
    return { BEHAVIOUR_TRANSPORT: 'kafka' };
  if (!sendsActions(scenario)) return {};
  return { BEHAVIOUR_TRANSPORT: scenario.orders.transport === 'kafka' ? 'kafka' : 'direct' };
}
