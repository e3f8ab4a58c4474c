// Whether the people of a scenario tell the shop what they do, and what the shop is told of it.
import type { ShopEnvironment } from '../../system/contract/processes.ts';
import { arrivalKindOf } from './arrival-rate.ts';
import type { Scenario } from './scenario.ts';

/** True where shoppers come who are to tell; who comes for a single order or request does nothing worth telling. */
export function sendsActions({ behaviour, load }: Scenario): boolean {
  return behaviour.send === 'on' && arrivalKindOf(load).script === 'shopper';
}

/**
 * How long a shopper's client gathers actions before it tells them: as pages that feed statistics do, for a second; where the person
 * waits for what the action brings, hardly at all.
 */
export function actionsGatherMs(scenario: Scenario): number {
  return awaitsLists(scenario) ? 50 : 1_000;
}

/**
 * Actions go the way that orders go; where nobody tells any, there is nothing to consume. Lists are worked out from their topic, and
 * rules look at it, whichever way orders go.
 */
export function behaviourEnvironment(scenario: Scenario): Partial<ShopEnvironment> {
  if (awaitsLists(scenario) || scenario.rules.active === 'on') return { BEHAVIOUR_TRANSPORT: 'kafka' };
  if (!sendsActions(scenario)) return {};
  return { BEHAVIOUR_TRANSPORT: scenario.orders.transport === 'kafka' ? 'kafka' : 'direct' };
}

function awaitsLists({ load, recommendations }: Scenario): boolean {
  return recommendations.engine !== 'none' || arrivalKindOf(load).awaitsLists === true;
}
