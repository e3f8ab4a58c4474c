// What a scenario gives that metrics may need: orders, a broker in their path, a cache, people who sign up, actions that are
// told, counters that are watched, lists that somebody waits for, a fault, a search.
import type { Need } from '../../reports/metrics/metric.ts';
import { arrivalKindOf } from '../scenario/arrival-rate.ts';
import { givenBy } from '../scenario/axis-values.ts';
import { sendsActions } from '../scenario/behaviour.ts';
import { browserCountOf } from '../scenario/browsers.ts';
import { watchesCounters } from '../scenario/counters.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { targetOf } from '../targets/find-target.ts';

/** Whether the scenario's runs can measure what needs this. */
export function meets(scenario: Scenario, need: Need): boolean {
  switch (need) {
    case 'orders':
      return arrivalKindOf(scenario.load).placesOrders;
    case 'broker':
    case 'cache':
    case 'rules':
      return givenBy(targetOf(scenario).axes, scenario).includes(need);
    case 'recommendations':
      return (
        arrivalKindOf(scenario.load).awaitsLists === true &&
        givenBy(targetOf(scenario).axes, scenario).includes('recommendations')
      );
    case 'growth':
      return scenario.growth.model !== 'none' && scenario.intake.through === 'none';
    case 'intake':
      return scenario.intake.through === 'topics';
    case 'behaviour':
      return sendsActions(scenario);
    case 'counters':
      return watchesCounters(scenario);
    case 'fault':
      return scenario.fault !== undefined;
    case 'browsers':
      return browserCountOf(scenario.load) > 0;
    case 'search':
      return scenario.capacity !== undefined;
  }
}
